/**
 * Bringing media in: pictures before sound, one call a bin, nothing that is there already. What came in is known by its path, because
 * Resolve drops what it cannot read without a word and the answers then shift.
 */
import { aroundNumber } from '../../manifest/cards/group/frames.ts';
import { comparablePath, suffix } from '../../manifest/documents/paths.ts';
import type { BinPath, ClipTarget, ImportStep } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { Ask } from './ask.ts';
import { ensureBin } from './bins.ts';
import { failed, itemOf, unverified, verified } from './result.ts';
import {
  assertAnswering,
  binWords,
  findEntry,
  keep,
  readEntry,
  sameBin,
  type Entry,
  type Pool,
} from './session.ts';
import { IMPORTABLE, isSoundSuffix } from './words.ts';

type Results = Map<ImportStep, StepResult>;

export async function importAll(
  ask: Ask,
  pool: Pool,
  steps: ImportStep[],
  results: Map<unknown, StepResult>,
): Promise<void> {
  const told = results as Results;
  const wanted: ImportStep[] = [];
  for (const step of steps) {
    const known = already(pool, step) ?? (await whyNot(ask, step));
    if (known) told.set(step, known);
    else wanted.push(step);
  }
  // A WAV takes its rate from the project for ever; the pictures settle that first.
  for (const sound of [false, true])
    for (const group of byBin(wanted.filter(({ target }) => isSoundSuffix(suffix(target.path)) === sound)))
      await importBin(ask, pool, group, told);
}

function already(pool: Pool, step: ImportStep): StepResult | null {
  const entry = findEntry(pool, step.target);
  if (!entry) return null;
  if (sameBin(entry.bin, step.after.bin)) return verified(step, { ...itemOf(entry), found: true });
  return failed(
    step,
    `it is in the project already, in ${binWords(entry.bin)}; plan again to move it`,
    itemOf(entry),
  );
}

async function whyNot(ask: Ask, step: ImportStep): Promise<StepResult | null> {
  const ending = suffix(step.target.path);
  if (ending === '') return failed(step, 'a file without a suffix cannot be imported');
  if (!IMPORTABLE.includes(ending)) return failed(step, `Resolve does not import .${ending}`);
  return (await ask.exists(step.target.file)) ? null : failed(step, 'the file is not there');
}

function byBin(steps: ImportStep[]): ImportStep[][] {
  const groups = new Map<string, ImportStep[]>();
  for (const step of steps) {
    const key = JSON.stringify(step.after.bin);
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()];
}

async function importBin(ask: Ask, pool: Pool, steps: ImportStep[], told: Results): Promise<void> {
  const { bin } = steps[0]!.after;
  const folder = await ensureBin(ask, pool, bin);
  if (!folder || !(await ask.yes(pool.media, 'SetCurrentFolder', folder.handle))) {
    await assertAnswering(ask, 'SetCurrentFolder');
    for (const step of steps) told.set(step, failed(step, `${binWords(bin)} could not be made or opened`));
    return;
  }
  const count = async () => (await ask.objects(folder.handle, 'GetClipList')).length;
  const had = await count();
  const files = [
    ...new Map(
      steps
        .filter(({ target }) => !target.frames)
        .map(({ target }) => [comparablePath(target.file), target.file]),
    ).values(),
  ];
  const made: Entry[] = [];
  if (files.length > 0) made.push(...(await bring(ask, pool, files, bin)));
  for (const { target } of steps.filter(({ target: { frames } }) => frames))
    made.push(...(await bring(ask, pool, [asSequence(target)], bin)));
  for (const entry of made) keep(pool, entry);
  const listed = made.length === 0 || (await count()) >= had + made.length;
  if (made.length === 0) await assertAnswering(ask, 'ImportMedia');
  for (const step of steps) told.set(step, judged(pool, step, made, listed));
}

type Asked = string | { FilePath: string; StartIndex: number; EndIndex: number };

async function bring(ask: Ask, pool: Pool, files: Asked[], bin: BinPath): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const item of await ask.objects(pool.media, 'ImportMedia', files))
    entries.push({ ...(await readEntry(ask, item, bin)), memory: new Map() });
  return entries;
}

/** Resolve wants a printf pattern and its ends. */
function asSequence({ file, frames }: ClipTarget): Asked {
  const { before, after } = aroundNumber(file, frames!);
  return {
    FilePath: `${before}%0${frames!.digits}d${after}`,
    StartIndex: frames!.first,
    EndIndex: frames!.last,
  };
}

function judged(pool: Pool, step: ImportStep, made: Entry[], listed: boolean): StepResult {
  const entry = findEntry(pool, step.target);
  if (entry && listed) return verified(step, itemOf(entry));
  if (entry)
    return unverified(
      step,
      `Resolve took it and does not list it in ${binWords(step.after.bin)}`,
      itemOf(entry),
    );
  const name = lastPart(step.target.file);
  const strays = made.filter(({ file }) => lastPart(file) === name);
  if (strays.length === 1)
    return unverified(step, `Resolve gives its path as ${strays[0]!.file}`, itemOf(strays[0]!));
  return failed(
    step,
    'Resolve did not import it and gives no reason: can this edition read it, and is no dialog open?',
  );
}

const lastPart = (path: string) => path.split(/[/\\]/).pop()!;
