/**
 * Walks a plan against an editor: in chunks small enough that the editor repaints, reading every write back, with progress,
 * cancel, and a receipt that is complete at every moment. Decides nothing: what to do stands in the plan.
 */
import { suffix } from '../manifest/documents/paths.ts';
import type { Plan, Step } from '../manifest/documents/plan.ts';
import type { Receipt, ReceiptStep, StepResult } from '../manifest/documents/receipt.ts';
import { HostError } from './call.ts';
import { endOfChunk, FIRST, nextSize } from './chunks.ts';
import type { Editor } from './contract.ts';

export interface Progress {
  done: number;
  total: number;
  /** What is being written: a bin or a file, for people. */
  current: string;
}

export interface ApplyOptions {
  /** Called, and waited for, before the first write, with the receipt that will grow. */
  onStart?(receipt: Receipt): void | Promise<void>;
  /**
   * Called, and waited for, before each write, with the receipt so far and what is about to be written: if nothing more is heard of
   * it, a caller who kept this knows what may stand in the project, and what stood there before.
   */
  onIntent?(receipt: Receipt, pending: ReceiptStep[]): void | Promise<void>;
  /** Called before each chunk and once at the end. */
  onProgress?(progress: Progress): void;
  /** Called, and waited for, after each chunk: where a caller saves its state and the receipt so far. */
  onChunk?(receipt: Receipt): void | Promise<void>;
  /** Aborting stops before the next chunk; what is done stays done and stands in the receipt. */
  signal?: AbortSignal;
  /** Steps in a chunk at most. */
  chunk?: number;
  /** Milliseconds to wait before each further look for media that an editor shows late. */
  patience?: number[];
  /** Milliseconds by any clock that only goes forward. */
  now?(): number;
}

/** Steps in a chunk at most, where neither caller nor editor says; a call of more would be too long a text for Premiere. */
const MOST = 200;
/** Steps noted at once after a stop: as many as a caller sends in one message and a page takes without a pause. */
const NOTED = 500;
const PATIENCE = [50, 250, 1000];

export async function applyPlan(plan: Plan, editor: Editor, options: ApplyOptions = {}): Promise<Receipt> {
  const about = await editor.about();
  const at = new Date();
  const receipt: Receipt = {
    kind: 'receipt',
    version: 1,
    id: `receipt-${at.toISOString().replace(/\D/g, '').slice(0, 14)}-${Math.random().toString(36).slice(2, 8)}`,
    plan: plan.manifest,
    ...(plan.reverts ? { reverts: plan.reverts } : {}),
    host: { editor: about.editor, editorVersion: about.editorVersion, adapter: about.adapter },
    project: about.project,
    at: at.toISOString(),
    steps: [],
  };
  await options.onStart?.(receipt);
  const walk = new Walk(editor, receipt, options);
  const refused = await whyRefused(plan, editor);
  if (refused !== null) receipt.stopped = refused;
  const steps = about.soundLast ? soundLast(plan.steps) : plan.steps;
  const most = options.chunk ?? about.chunk ?? MOST;
  const sizes = new Map<Step['kind'], number>();
  for (let done = 0, end = 0; done < steps.length; done = end) {
    const { kind } = steps[done]!;
    const size = sizes.get(kind) ?? Math.min(FIRST, most);
    // What is no longer tried is only noted.
    end =
      receipt.stopped === undefined ? endOfChunk(steps, done, size) : Math.min(done + NOTED, steps.length);
    options.onProgress?.({ done, total: steps.length, current: nameOf(steps[done]!) });
    const ms = await walk.take(steps.slice(done, end));
    if (ms !== null) sizes.set(kind, nextSize({ size, steps: end - done, ms }, most));
    await options.onChunk?.(receipt);
    await repaint();
  }
  options.onProgress?.({ done: plan.steps.length, total: plan.steps.length, current: '' });
  return receipt;
}

/** An editor that shares our thread draws only while nobody holds it. */
function repaint(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Taking an import back needs nothing settled; nor does a plan that brings nothing in. */
async function whyRefused({ reverts, rate, steps }: Plan, editor: Editor): Promise<string | null> {
  if (reverts || !editor.prepare || !steps.some(({ kind }) => kind === 'import')) return null;
  return (await editor.prepare(rate ? { rate } : {})).refused;
}

const SOUND = new Set(['wav', 'bwf', 'aif', 'aiff', 'mp3', 'm4a', 'aac', 'flac', 'caf', 'w64']);

/** The imports of sound after all other imports; everything else keeps its place. */
function soundLast(steps: Step[]): Step[] {
  const late = (step: Step) => (step.kind === 'import' && SOUND.has(suffix(step.target.path)) ? 1 : 0);
  const imports = steps.filter(({ kind }) => kind === 'import').sort((a, b) => late(a) - late(b));
  return steps.map((step) => (step.kind === 'import' ? imports.shift()! : step));
}

/** The state of one walk: items found so far, clips whose import failed, and whether the wire is still up. */
class Walk {
  private readonly items = new Map<string, string>();
  private readonly failedClips = new Map<string, string>();
  private ms: number | null = null;

  private readonly editor: Editor;
  private readonly receipt: Receipt;
  private readonly options: ApplyOptions;

  constructor(editor: Editor, receipt: Receipt, options: ApplyOptions) {
    this.editor = editor;
    this.receipt = receipt;
    this.options = options;
  }

  /** Milliseconds the editor was called for; null where it was not. */
  async take(chunk: Step[]): Promise<number | null> {
    this.ms = null;
    if (this.options.signal?.aborted) this.receipt.stopped ??= 'cancelled';
    const { stopped } = this.receipt;
    const steps = chunk.map((step) => this.aimed(step));
    const reasons = steps.map((step) => stopped ?? this.whySkip(step));
    const tried = steps.filter((_, index) => reasons[index] === null);
    if (tried.length > 0) await this.options.onIntent?.(this.receipt, tried.map(pendingStep));
    const results = tried.length > 0 ? await this.write(tried) : [];
    const byId = new Map(results.map((result) => [result.id, result]));
    steps.forEach((step, index) => {
      const reason = reasons[index];
      this.note(
        step,
        reason === null ? byId.get(step.id)! : { id: step.id, result: 'skipped', reason: reason! },
      );
    });
    return this.ms;
  }

  /** The step with the editor's id of its item, once an import of this walk has made it. */
  private aimed(step: Step): Step {
    if (!('clip' in step.target) || step.target.item) return step;
    const item = this.items.get(step.target.clip);
    return item ? ({ ...step, target: { ...step.target, item } } as Step) : step;
  }

  private whySkip(step: Step): string | null {
    if (!('clip' in step.target) || step.kind === 'import') return null;
    return this.failedClips.get(step.target.clip) ?? null;
  }

  /** One result for each step. A wire that fails leaves the chunk unverified, and stops the walk: nothing more is risked. */
  private async write(steps: Step[]): Promise<StepResult[]> {
    try {
      const now = this.options.now ?? (() => performance.now());
      const before = now();
      const results = await this.editor.apply(steps);
      this.ms = now() - before;
      return await this.lookAgain(steps, complete(steps, results));
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.receipt.stopped = error.message;
      const reason = `${error.message} Whether it was written is not known; plan again to see.`;
      return steps.map(({ id }) => ({ id, result: 'unverified', reason }));
    }
  }

  /** Media on slow storage can appear after the call that imported it has returned. */
  private async lookAgain(steps: Step[], results: StepResult[]): Promise<StepResult[]> {
    const byId = new Map(results.map((result) => [result.id, result]));
    for (const wait of this.options.patience ?? PATIENCE) {
      const open = steps.filter((step) => byId.get(step.id)!.result === 'unverified');
      if (open.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, wait));
      for (const result of await this.editor.readBack(open))
        if (result.result === 'verified')
          byId.set(result.id, { ...byId.get(result.id), ...result, reason: undefined });
    }
    return steps.map((step) => byId.get(step.id)!);
  }

  private note(step: Step, result: StepResult): void {
    const { id, kind, target, after } = step;
    const { result: word, reason, before, found, item } = result;
    const entry: ReceiptStep = { id, kind, target, after, result: word };
    if (reason) entry.reason = reason;
    const was = before ?? plannedBefore(step);
    if (was) entry.before = was;
    if (found) entry.found = true;
    if (item) entry.item = item;
    this.receipt.steps.push(entry);
    if (step.kind !== 'import') return;
    if (item) this.items.set(step.target.clip, item);
    if (word === 'failed' || word === 'unverified')
      this.failedClips.set(
        step.target.clip,
        `${step.target.path} was not imported, so there is nothing to write to.`,
      );
  }
}

/** A step of which it is not known whether it was written. What the plan saw before it is what goes back. */
function pendingStep(step: Step): ReceiptStep {
  const { id, kind, target, after } = step;
  const reason = 'It was being written when the import was interrupted.';
  const entry: ReceiptStep = { id, kind, target, after, result: 'unverified', reason };
  const was = plannedBefore(step);
  if (was) entry.before = was;
  return entry;
}

/** The plan says nothing of what an item of the project does not have; of one that is new, nobody knows what the editor gave it. */
function plannedBefore(step: Step): ReceiptStep['before'] {
  if ('before' in step && step.before) return step.before;
  if (!('clip' in step.target) || !step.target.item) return undefined;
  if (step.kind === 'set-metadata') return { metadata: {} };
  return step.kind === 'set-label' ? { label: null } : undefined;
}

/** An editor that forgets a step has not written it as far as anyone can tell. */
function complete(steps: Step[], results: StepResult[]): StepResult[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return steps.map(
    ({ id }) =>
      byId.get(id) ?? { id, result: 'unverified', reason: 'The editor gave no answer about this step.' },
  );
}

function nameOf(step: Step): string {
  return 'clip' in step.target ? step.target.path : step.target.bin.join('/');
}

export interface ReceiptCounts {
  verified: number;
  unverified: number;
  failed: number;
  skipped: number;
}

export function countResults(receipt: Receipt): ReceiptCounts {
  const counts: ReceiptCounts = { verified: 0, unverified: 0, failed: 0, skipped: 0 };
  for (const step of receipt.steps) counts[step.result]++;
  return counts;
}
