/** Carries steps out in Resolve, kind by kind, and looks again at steps that could not be confirmed. */
import type { Step, StepKind } from '../../manifest/documents/plan.ts';
import { STEP_KINDS } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { Ask } from './ask.ts';
import { makeBin, removeBin } from './bins.ts';
import { importAll } from './import.ts';
import { setLabel, setMetadata, wrongFields } from './item.ts';
import { writeMarkers, type MarkerStep } from './markers.ts';
import { findNote, markerOf, readMarks } from './notes.ts';
import { moveAll, removeAll } from './place.ts';
import { clipRate } from './rates.ts';
import { failed, itemOf, unverified, verified } from './result.ts';
import {
  assertAnswering,
  assertMeant,
  findEntry,
  folderAt,
  sameBin,
  type Entry,
  type Pool,
  type Session,
} from './session.ts';
import { clipColour } from './words.ts';

export async function applySteps(ask: Ask, session: Session, steps: Step[]): Promise<StepResult[]> {
  let pool = await session.pool();
  assertMeant(session, pool);
  // Somebody may have worked in Resolve since the pool was walked.
  if (steps.some((step) => isUnknown(pool, step))) pool = await session.walk();
  const told = new Map<unknown, StepResult>();
  const touches = steps.some(({ kind }) => kind === 'make-bin' || kind === 'import' || kind === 'move');
  const current = touches ? await ask.object(pool.media, 'GetCurrentFolder') : null;
  for (const kind of STEP_KINDS) {
    const of = steps.filter((step) => step.kind === kind && !told.has(step));
    if (of.length > 0) await applyKind(ask, pool, kind, of, told);
  }
  if (current) await ask.any(pool.media, 'SetCurrentFolder', current);
  // A dialog makes later calls fail for no reason of their own; what then looks failed is not known.
  if ([...told.values()].some(({ result }) => result === 'failed' || result === 'unverified'))
    await assertAnswering(ask, 'apply');
  return steps.map((step) => told.get(step)!);
}

function isUnknown(pool: Pool, step: Step): boolean {
  if (!('clip' in step.target)) return false;
  const { item } = step.target;
  return (
    step.kind !== 'import' && (item === undefined ? !findEntry(pool, step.target) : !pool.entries.has(item))
  );
}

type Of<Kind extends StepKind> = Extract<Step, { kind: Kind }>;

async function applyKind(
  ask: Ask,
  pool: Pool,
  kind: StepKind,
  steps: Step[],
  told: Map<unknown, StepResult>,
): Promise<void> {
  if (kind === 'make-bin')
    for (const step of steps as Of<'make-bin'>[]) told.set(step, await makeBin(ask, pool, step));
  else if (kind === 'remove-bin')
    for (const step of steps as Of<'remove-bin'>[]) told.set(step, await removeBin(ask, pool, step));
  else if (kind === 'import') await importAll(ask, pool, steps as Of<'import'>[], told);
  else if (kind === 'remove-item') await removeAll(ask, pool, steps as Of<'remove-item'>[], told);
  else if (kind === 'move') {
    const moves = onItems(pool, steps as Of<'move'>[], told);
    await moveAll(ask, pool, moves, told);
  } else if (kind === 'set-label')
    for (const { step, entry } of onItems(pool, steps as Of<'set-label'>[], told))
      told.set(step, await setLabel(ask, entry, step));
  else if (kind === 'set-metadata')
    for (const { step, entry } of onItems(pool, steps as Of<'set-metadata'>[], told))
      told.set(step, await setMetadata(ask, entry, step));
  else await applyMarkers(ask, pool, steps as MarkerStep[], told);
}

/** The steps whose items are there; the others are told. */
function onItems<S extends Step>(
  pool: Pool,
  steps: S[],
  told: Map<unknown, StepResult>,
): { step: S; entry: Entry }[] {
  const found: { step: S; entry: Entry }[] = [];
  for (const step of steps) {
    const entry = 'clip' in step.target ? findEntry(pool, step.target) : undefined;
    if (entry) found.push({ step, entry });
    else
      told.set(
        step,
        step.kind === 'remove-marker' ? verified(step) : failed(step, 'it is not in the project'),
      );
  }
  return found;
}

/** All of one kind on one clip together: they may share a frame. */
async function applyMarkers(
  ask: Ask,
  pool: Pool,
  steps: MarkerStep[],
  told: Map<unknown, StepResult>,
): Promise<void> {
  const byEntry = new Map<Entry, MarkerStep[]>();
  for (const { step, entry } of onItems(pool, steps, told))
    byEntry.set(entry, [...(byEntry.get(entry) ?? []), step]);
  for (const [entry, of] of byEntry) {
    const results = await writeMarkers(ask, entry, of);
    of.forEach((step, at) => told.set(step, results[at]!));
  }
}

export async function readBackSteps(ask: Ask, session: Session, steps: Step[]): Promise<StepResult[]> {
  const pool = await session.walk();
  const results: StepResult[] = [];
  for (const step of steps) {
    const entry =
      'clip' in step.target
        ? findEntry(pool, step.target, { byIdOnly: step.kind.startsWith('remove') })
        : undefined;
    const wrong = await whatIsWrong(ask, pool, step, entry);
    const more = entry ? itemOf(entry) : {};
    results.push(wrong === null ? verified(step, more) : unverified(step, wrong, more));
  }
  return results;
}

/** Null where the step's effect stands in the project. */
async function whatIsWrong(
  ask: Ask,
  pool: Pool,
  step: Step,
  entry: Entry | undefined,
): Promise<string | null> {
  if (step.kind === 'make-bin')
    return folderAt(pool, step.after.bin) ? null : 'the bin is not in the project';
  if (step.kind === 'remove-bin') return folderAt(pool, step.target.bin) ? 'the bin is still there' : null;
  if (step.kind === 'remove-item') return entry ? 'it is still in the project' : null;
  if (!entry) return step.kind === 'remove-marker' ? null : 'it is not in the project';
  if (step.kind === 'import' || step.kind === 'move')
    return sameBin(entry.bin, step.after.bin) ? null : `it is in ${entry.bin.join('/') || 'the top bin'}`;
  if (step.kind === 'set-label') {
    const now = String(entry.properties['Clip Color'] ?? '');
    return now === clipColour(step.after.label) ? null : `Resolve shows the clip colour ${now || 'none'}`;
  }
  if (step.kind === 'set-metadata') {
    const wrong = await wrongFields(ask, entry, step);
    return wrong.length > 0 ? wrong.join('; ') : null;
  }
  const { marks } = readMarks(await ask.dict(entry.handle, 'GetMarkers'));
  const id = step.kind === 'remove-marker' ? step.after.gone : step.after.marker.id;
  const now = findNote(marks, id);
  if (step.kind === 'remove-marker') return now ? 'the marker is still there' : null;
  const read = now && markerOf(now.note, now.frame, clipRate(entry.properties));
  const { frame, name, comment } = step.after.marker;
  return read && read.frame === frame && read.name === name && read.comment === comment
    ? null
    : 'the marker is not as it was written';
}
