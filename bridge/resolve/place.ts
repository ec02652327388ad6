/** Where items lie: moved to their bins, and taken out of the project, never the media. */
import type { MoveStep, RemoveItemStep } from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { Ask } from './ask.ts';
import { ensureBin } from './bins.ts';
import { failed, itemOf, left, verified } from './result.ts';
import { binWords, findEntry, folderAt, forget, sameBin, type Entry, type Pool } from './session.ts';
import { usedBy } from './usage.ts';

type Told = Map<unknown, StepResult>;

function grouped<S>(steps: { step: S; entry: Entry; bin: string[] }[]) {
  const groups = new Map<string, typeof steps>();
  for (const one of steps) {
    const key = JSON.stringify(one.bin);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

export async function moveAll(
  ask: Ask,
  pool: Pool,
  steps: { step: MoveStep; entry: Entry }[],
  told: Told,
): Promise<void> {
  const wanted = steps.filter(({ step, entry }) => {
    const there = sameBin(entry.bin, step.after.bin);
    if (there) told.set(step, verified(step, itemOf(entry)));
    return !there;
  });
  for (const group of grouped(wanted.map((one) => ({ ...one, bin: one.step.after.bin })))) {
    const { bin } = group[0]!;
    const folder = await ensureBin(ask, pool, bin);
    const count = async () => (folder ? (await ask.objects(folder.handle, 'GetClipList')).length : 0);
    const had = await count();
    if (folder)
      await ask.any(
        pool.media,
        'MoveClips',
        group.map(({ entry }) => entry.handle),
        folder.handle,
      );
    const moved = (await count()) >= had + group.length && folder !== null;
    for (const { step, entry } of group) {
      const more = { ...itemOf(entry), before: { bin: entry.bin } };
      told.set(
        step,
        moved
          ? verified(step, more)
          : failed(step, `it is still in ${binWords(entry.bin)}; plan again to move it`, more),
      );
      if (moved) entry.bin = bin;
    }
  }
}

export async function removeAll(ask: Ask, pool: Pool, steps: RemoveItemStep[], told: Told): Promise<void> {
  const going: { step: RemoveItemStep; entry: Entry; bin: string[] }[] = [];
  const used = await usedBy(ask, pool);
  for (const step of steps) {
    const entry = findEntry(pool, step.target, { byIdOnly: true });
    const timelines = entry && used.get(entry.id);
    if (!entry) told.set(step, verified(step));
    else if (timelines)
      told.set(step, left(step, `the timeline "${timelines[0]}" uses it; it stays`, itemOf(entry)));
    else going.push({ step, entry, bin: entry.bin });
  }
  for (const group of grouped(going)) {
    const folder = folderAt(pool, group[0]!.bin);
    const count = async () => (folder ? (await ask.objects(folder, 'GetClipList')).length : 0);
    const had = await count();
    await ask.any(
      pool.media,
      'DeleteClips',
      group.map(({ entry }) => entry.handle),
    );
    const gone = (await count()) <= had - group.length;
    for (const { step, entry } of group) {
      const more = { ...itemOf(entry), before: { bin: entry.bin } };
      if (gone) forget(pool, entry);
      told.set(
        step,
        gone ? verified(step, more) : failed(step, 'Resolve did not take it out of the project', more),
      );
    }
  }
}
