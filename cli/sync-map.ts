/** `baton sync --map`: a sequence per scene with picture and sound where timecode puts them, for import into Premiere. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeNew } from '../bridge/local/atomic.ts';
import { fileSafe } from '../bridge/local/cuts.ts';
import type { SyncVerdict } from '../manifest/documents/sync.ts';
import type { Loss } from '../manifest/documents/issue.ts';
import { DEFAULT_OPTIONS } from '../manifest/exports/export.ts';
import { xmeml } from '../manifest/exports/xmeml.ts';
import { syncMap, type SyncMapOptions } from '../manifest/syncmap.ts';
import { CannotDo, type OptionValues, type Output } from './command.ts';
import type { Opened } from './roots.ts';

export interface WrittenMap {
  files: { scene: string; path: string }[];
  losses: Loss[];
  leftOut: { clip: string; why: string }[];
}

/** Null where nobody asked for one. */
export async function writeSyncMap(
  { handoff, roots }: Opened,
  verdicts: SyncVerdict[],
  options: OptionValues,
  output: Output,
): Promise<WrittenMap | null> {
  const asked = options['map'] as string | undefined;
  const unsynced = (options['unsynced'] as string | undefined) ?? 'marked';
  if (asked === undefined) {
    if (options['unsynced'] !== undefined) throw new CannotDo('--unsynced goes with --map');
    return null;
  }
  if (unsynced !== 'marked' && unsynced !== 'left-out')
    throw new CannotDo(`--unsynced is marked or left-out, not "${unsynced}"`);
  const base = resolve(asked).replace(/\.xml$/i, '');
  const made = syncMap(handoff, verdicts, { roots, unsynced: unsynced satisfies SyncMapOptions['unsynced'] });
  const map: WrittenMap = { files: [], losses: [], leftOut: made.leftOut };
  await mkdir(dirname(base), { recursive: true });
  for (const { scene, cutList, losses } of made.scenes) {
    const written = xmeml.write(cutList, { ...DEFAULT_OPTIONS, handoff, roots });
    if ('refused' in written) throw new CannotDo(`the sync map of scene ${scene}: ${written.refused}`);
    const path = `${base}${made.scenes.length > 1 ? `-${fileSafe(scene || 'no scene')}` : ''}.xml`;
    await writeNew(path, written.files[0]!.text).catch((error: unknown) => {
      throw new CannotDo(`${path} was not written: ${(error as Error).message}`);
    });
    map.files.push({ scene, path });
    map.losses.push(...losses, ...written.losses);
    output.say(path);
  }
  for (const { clip, why } of made.leftOut) output.say(`left out of the sync map  ${clip}\n  ${why}`);
  return map;
}
