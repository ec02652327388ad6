/** What a scan says of the files it knows nothing of: they stay on the drive, and somebody may miss them. */
import type { Grouped } from '../../manifest/cards/group/group.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { isList } from './hash/tree.ts';

/** Kinds told; all files are counted. */
const TOLD = 8;

export function structureIssues(groups: readonly Grouped<{ path: string }>[]): Issue[] {
  // A hash list is no clip and no riddle either.
  const other = groups.flatMap((group) => group.other).filter(({ path }) => !isList(path));
  if (other.length === 0) return [];
  const kinds = new Map<string, number>();
  for (const { path } of other) kinds.set(suffix(path), (kinds.get(suffix(path)) ?? 0) + 1);
  const sorted = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const told = sorted
    .slice(0, TOLD)
    .map(([kind, count]) => `${count} ${kind ? `.${kind}` : 'without a suffix'}`);
  const more = sorted.length > TOLD ? ` and ${sorted.length - TOLD} more kinds` : '';
  const count = other.length === 1 ? '1 file is' : `${other.length} files are`;
  return [
    {
      code: 'scan-other',
      severity: 'note',
      at: other[0]!.path,
      clips: [],
      message: `${count} of no kind Baton knows, and not in the manifest: ${told.join(', ')}${more}.`,
    },
  ];
}
