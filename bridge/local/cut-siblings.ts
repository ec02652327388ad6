/** Finds the lists that belong to an EDL beside it (NAME_V2.edl, NAME_PART2.edl), and says which were read and which were not. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { belongs, joinLists, siblingOf, type Sibling } from '../../manifest/readers/edl/siblings.ts';

export interface Joined {
  cut: CutList;
  issues: Issue[];
}

/**
 * `readOne` gives the cuts of a list; what it throws is no list. Files in `apart` are left alone. A list with a title of its own is
 * another cut (`_V2` is also what people call a second version), and is named.
 */
export async function withSiblings(
  path: string,
  main: CutList,
  apart: readonly string[],
  readOne: (path: string) => Promise<{ cuts: CutList[]; issues: Issue[] }>,
): Promise<Joined> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const found = names
    .flatMap((name) => {
      const place = siblingOf(basename(path), name);
      return place && !apart.includes(join(folder, name)) ? [{ name, ...place }] : [];
    })
    .sort((a, b) => a.track - b.track || a.part - b.part);
  const siblings: Sibling[] = [];
  const issues: Issue[] = [];
  const joined: string[] = [];
  for (const { name, track } of found) {
    const read = await readOne(join(folder, name)).catch(() => null);
    const [cut, another] = read?.cuts ?? [];
    if (!read || !cut || another) continue;
    if (!belongs(main, { cut, track })) {
      issues.push(
        note(
          path,
          `${name} beside it was not read with it: its title, “${cut.name}”, is not that of the same cut`,
        ),
      );
      continue;
    }
    siblings.push({ cut, track });
    issues.push(...read.issues);
    joined.push(`${name} as V${track}`);
  }
  if (joined.length > 0)
    issues.unshift(
      note(
        path,
        `read with it were ${joined.join(', ')}, of the same cut by their titles (--alone leaves them)`,
      ),
    );
  return { cut: joinLists(main, siblings), issues };
}

function note(path: string, message: string): Issue {
  const at = basename(path);
  return { code: 'edl-siblings', severity: 'note', at, clips: [], message: `${at}: ${message}.` };
}
