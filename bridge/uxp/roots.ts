/**
 * Where the manifest's roots lie, by `.baton/roots.json`. UXP does not tell this machine's name, so of all the places written there
 * the one that is here counts; without any, a root is the manifest's own folder.
 */
import { z } from 'zod';
import { joinRoot } from '../../manifest/documents/paths.ts';
import { folderOf, look, readText, within, type UxpFs } from './fs.ts';

const Roots = z.looseObject({ machines: z.record(z.string(), z.record(z.string(), z.string().min(1))) });

const absolute = (path: string) => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path);

export async function readRoots(
  fs: UxpFs,
  manifest: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const home = folderOf(manifest);
  const written = await remembered(fs, within(home, '.baton', 'roots.json'));
  const places: Record<string, string> = {};
  for (const name of names) {
    places[name] = home;
    for (const machine of written) {
      const place = machine[name];
      if (place === undefined) continue;
      const there = absolute(place) ? place : joinRoot(home, place);
      if (!(await look(fs, there))?.isDirectory()) continue;
      places[name] = there;
      break;
    }
  }
  return places;
}

async function remembered(fs: UxpFs, path: string): Promise<Record<string, string>[]> {
  try {
    const read = Roots.safeParse(JSON.parse((await readText(fs, path)) ?? ''));
    return read.success ? Object.values(read.data.machines) : [];
  } catch {
    return [];
  }
}
