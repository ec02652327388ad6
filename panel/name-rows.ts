/** Proposed file names as rows: what would be renamed, with why and what goes along, then what keeps its name and why. */
import type { ProposedName } from '../bridge/desk.ts';
import type { Refusal } from '../manifest/patterns/rename.ts';
import type { ShownNames } from './state.ts';

export type NameRow =
  | { key: string; heading: string; rename?: undefined; refused?: undefined }
  | { key: string; heading?: undefined; rename: ProposedName; refused?: undefined }
  | { key: string; heading?: undefined; rename?: undefined; refused: Refusal };

/** `filter` is lower case. */
export function nameRows({ names, about }: Pick<ShownNames, 'names' | 'about'>, filter: string): NameRow[] {
  const told = about && new Set(about);
  const shown = (path: string, ...texts: string[]) =>
    (!told || told.has(path)) &&
    (filter === '' || [path, ...texts].some((text) => text.toLowerCase().includes(filter)));
  const renames = names.renames.filter(({ from, to, why }) => shown(from, to, why));
  const refused = names.refused.filter(({ path, message }) => shown(path, message));
  const under = (heading: string, rows: NameRow[]): NameRow[] =>
    rows.length === 0 ? [] : [{ key: heading, heading: `${heading} · ${rows.length}` }, ...rows];
  return [
    ...under(
      'Would be renamed',
      renames.map((rename) => ({ key: rename.clip, rename })),
    ),
    ...under(
      'Keep their names',
      refused.map((each) => ({ key: each.clip, refused: each })),
    ),
  ];
}

/** How many files, companions counted, the chosen clips are. */
export function filesOf({ names, chosen }: ShownNames): number {
  const own = new Set(chosen);
  return names.renames.reduce((sum, { clip, along }) => (own.has(clip) ? sum + 1 + along.length : sum), 0);
}

/** Lists that know one of the chosen clips by its present name. */
export function listsOf({ names, chosen }: ShownNames): string[] {
  const own = new Set(chosen);
  const known = new Set(names.renames.flatMap(({ clip, lists }) => (own.has(clip) ? lists : [])));
  return names.lists.filter((_list, at) => known.has(at));
}
