/** Premiere as an editor: Baton's steps go out as ops, what Premiere says comes back as snapshots and results. */
import type { Step } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import { HostError } from '../call.ts';
import type { Editor, EditorAbout } from '../contract.ts';
import { IMPORTABLE } from './importable.ts';
import { judge, judgeAgain, nameOf } from './judge.ts';
import { readProject } from './project.ts';
import { checked, RAW } from './raw.ts';
import { sender, type Send, type Transport } from './send.ts';
import { readSequence } from './sequence.ts';
import { show } from './show.ts';
import { intoCalls, toOp, type CallSize } from './steps.ts';
import { watching } from './watch.ts';
import type { RawResult, WireOp } from './wire.ts';

export type { Transport } from './send.ts';

export interface PremiereOptions {
  /** `cep` or `stand-in`. */
  adapter: string;
  /** Milliseconds; see SendOptions. */
  readMs: number;
  writeMs: number;
  wakeMs: number;
  call: CallSize;
}

const defaults: PremiereOptions = {
  adapter: 'cep',
  readMs: 45_000,
  writeMs: 120_000,
  wakeMs: 2_000,
  call: { characters: 200_000, ops: 200 },
};

export function premiereEditor(transport: Transport, options: Partial<PremiereOptions> = {}): Editor {
  const chosen = { ...defaults, ...options };
  const wire = sender(transport, chosen);
  const watched = transport.listen && watching(wire, transport.listen);
  const send = watched ? watched.send : wire;
  return {
    ...editorOver(send, chosen),
    show: (asked) => show(send, asked),
    ...(watched ? { watch: watched.watch } : {}),
  };
}

/** The same over any wire that answers Premiere's methods. */
export function editorOver(send: Send, chosen: Pick<PremiereOptions, 'adapter' | 'call'>): Editor {
  return {
    about: () => about(send, chosen.adapter),
    snapshot: () => readProject(send),
    apply: (steps) => apply(send, steps, chosen),
    readBack: (steps) => readBack(send, steps, chosen.call),
    sequences: async () => checked('sequences', RAW.sequences, await send('sequences', {})),
    sequence: (id) => readSequence(send, id ?? null),
    exportInterchange: (sequence, path) => exportXml(send, sequence, path),
  };
}

async function about(send: Send, adapter: string): Promise<EditorAbout> {
  const raw = checked('about', RAW.about, await send('about', {}));
  return {
    editor: 'premiere',
    editorVersion: raw.version,
    adapter,
    project: raw.project,
    importable: IMPORTABLE,
    lacks: [
      {
        what: 'undo',
        message:
          'Premiere gives scripts no undo groups: each change is an undo step of its own, and an import cannot be undone.',
      },
      {
        what: 'interchange',
        message: 'Premiere cannot write EDL or FCPXML from a script; Baton writes them itself.',
      },
    ],
  };
}

interface Asked {
  step: Step;
  op: WireOp;
}

/** One op list over as many calls as it takes; what each step came to, by id. */
async function ask(
  send: Send,
  method: 'apply' | 'readBack',
  asked: Asked[],
  size: CallSize,
): Promise<[Asked, RawResult][]> {
  const answers: [Asked, RawResult][] = [];
  for (const call of intoCalls(asked, size)) {
    const kind = method === 'apply' ? 'write' : 'read';
    const raw = checked(method, RAW.results, await send(method, { ops: call.map((one) => one.op) }, kind));
    if (raw.length !== call.length) {
      throw new HostError('host-threw', method, `Premiere answered ${raw.length} of ${call.length} steps.`);
    }
    for (const [i, result] of raw.entries()) answers.push([call[i]!, result]);
  }
  return answers;
}

/** Steps in Premiere's terms; the others are refused here, without asking. */
function translate(steps: Step[], results: Map<Step, StepResult>): Asked[] {
  const asked: Asked[] = [];
  for (const step of steps) {
    const translated = toOp(step);
    if ('op' in translated) asked.push({ step, op: translated.op });
    else
      results.set(step, { id: step.id, result: 'failed', reason: `${nameOf(step)}: ${translated.refused}` });
  }
  return asked;
}

/**
 * Bins first, then imports, then everything that needs the items: the order within each is kept, and no kind depends on
 * a later one. An import that Premiere shows late is unverified here; `readBack` finds it.
 */
async function apply(
  send: Send,
  steps: Step[],
  options: Pick<PremiereOptions, 'call'>,
): Promise<StepResult[]> {
  const results = new Map<Step, StepResult>();
  const asked = translate(steps, results);
  const bins = asked.filter((one) => one.step.kind === 'make-bin');
  const imports = asked.filter((one) => one.step.kind === 'import');
  const rest = asked.filter((one) => one.step.kind !== 'make-bin' && one.step.kind !== 'import');
  for (const [one, raw] of await ask(send, 'apply', [...bins, ...imports], options.call)) {
    results.set(one.step, judge(one.step, raw));
  }
  const missing = new Set(
    steps.filter((step) => step.kind === 'import' && notThere(results.get(step)!)).map(clipOf),
  );
  const ready = rest.filter(({ step }) => {
    if (!missing.has(clipOf(step))) return true;
    results.set(step, {
      id: step.id,
      result: 'skipped',
      reason: `${nameOf(step)}: its import did not succeed`,
    });
    return false;
  });
  for (const [one, raw] of await ask(send, 'apply', ready, options.call))
    results.set(one.step, judge(one.step, raw));
  return steps.map((step) => results.get(step)!);
}

/** A file that is in the project, if in another bin, can still be labelled and annotated. */
function notThere(result: StepResult): boolean {
  return result.result !== 'verified' && result.item === undefined;
}

function clipOf(step: Step): string | null {
  return 'clip' in step.target ? step.target.clip : null;
}

async function readBack(send: Send, steps: Step[], size: CallSize): Promise<StepResult[]> {
  const results = new Map<Step, StepResult>();
  const asked = translate(steps, results);
  for (const [one, raw] of await ask(send, 'readBack', asked, size))
    results.set(one.step, judgeAgain(one.step, raw));
  return steps.map((step) => results.get(step)!);
}

async function exportXml(
  send: Send,
  sequence: string,
  path: string,
): Promise<{ path: string; format: 'fcp7-xml' }> {
  const raw = checked(
    'exportFcp7Xml',
    RAW.exported,
    await send('exportFcp7Xml', { id: sequence, path }, 'write'),
  );
  if (raw.exists) return { path, format: 'fcp7-xml' };
  const said = raw.said ? 'Premiere said yes, but' : 'Premiere refused:';
  throw new HostError(
    'refused',
    'exportFcp7Xml',
    `${said} there is no file at ${path}. Is the folder there, and may it be written to?`,
  );
}
