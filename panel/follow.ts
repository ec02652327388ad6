/**
 * What follows from a manifest, a project and a sequence, worked out by the panel's heavy part: the plan, what could be taken back,
 * what is new, the cut list. Of a state as it stands: inside change() every clip would be wrapped.
 */
import type { Receipt } from '../manifest/documents/receipt.ts';
import type { Handoff } from '../manifest/documents/handoff.ts';
import type { ProjectSnapshot, SequenceSnapshot } from '../manifest/documents/snapshot.ts';
import type { Bench } from './commands/command.ts';
import type { Far, Planned } from './heavy/answers.ts';
import type { PanelState, Store } from './state.ts';
import { Troubles } from './troubles.ts';

/** From this many clips on, what is being done is said. */
const MANY = 2000;

export function isLarge({ opened }: Pick<PanelState, 'opened'>): boolean {
  return (opened?.handoff?.clips.length ?? 0) >= MANY;
}

/** Says what the work in hand is at. */
export function say(store: Store, doing: string, far?: Far): void {
  store.change((state) => {
    if (!state.work) return;
    state.work.doing = doing;
    if (far) state.work.progress = { done: far.done, total: far.total, current: '' };
    else delete state.work.progress;
  });
}

type Follows = Pick<
  PanelState,
  'plan' | 'troubles' | 'revertable' | 'interrupted' | 'news' | 'cutList' | 'formats'
>;

/** Rejects with Stopped once the signal says so. */
export async function follow(bench: Bench, state: PanelState, signal?: AbortSignal): Promise<Follows> {
  const made = await planSoon(bench, state, state.project, signal);
  const cutList = await cutOf(bench, state, state.sequence);
  const formats = state.formats.length > 0 ? state.formats : await bench.heavy.ask(null, { ask: 'formats' });
  return { ...planFollows(state.opened?.handoff ?? null, made), cutList, formats };
}

export function planFollows(
  handoff: Handoff | null,
  made: Planned | null,
): Omit<Follows, 'cutList' | 'formats'> {
  const troubles = new Troubles();
  if (!handoff || !made) return { plan: null, troubles, revertable: [], interrupted: null, news: null };
  const open = new Set(made.revertable);
  const receipts = receiptsIn(handoff);
  return {
    plan: made.plan,
    troubles,
    revertable: receipts.filter(({ id }) => open.has(id)),
    interrupted: receipts.find(({ id }) => id === made.interrupted) ?? null,
    news: made.news,
  };
}

/** Oldest first. Those that are asked for by id were read through their schema by the heavy part. */
function receiptsIn({ history }: Handoff): Receipt[] {
  return history.flatMap(({ receipt }) => (isReceipt(receipt) ? [receipt] : []));
}

function isReceipt(value: unknown): value is Receipt {
  return typeof value === 'object' && value !== null && 'id' in value;
}

/** The plan for what is open against a project as read; null where one of them is missing. */
export async function planSoon(
  bench: Bench,
  state: PanelState,
  project: ProjectSnapshot | null,
  signal?: AbortSignal,
): Promise<Planned | null> {
  const { opened, editor, bins: policy, flags } = state;
  if (!opened?.handoff || !project || !editor) return null;
  if (isLarge(state))
    say(bench.store, `Planning for ${opened.handoff.clips.length.toLocaleString('en-GB')} clips`);
  const asked = { project, policy, flags, importable: editor.importable };
  return bench.heavy.ask(opened, { ask: 'plan', asked }, { signal });
}

/** Null where no sequence is open. */
export async function cutOf(
  { heavy }: Bench,
  { opened }: PanelState,
  sequence: SequenceSnapshot | null,
): Promise<PanelState['cutList']> {
  return opened?.handoff && sequence ? heavy.ask(opened, { ask: 'cut', sequence }) : null;
}
