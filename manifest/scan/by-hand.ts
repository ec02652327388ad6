/** Says what a person changed in the manifest and a scan left as it is. */
import type { Issue } from '../documents/issue.ts';
import { rateLabel, type Rate } from '../time/rate.ts';
import type { ByHand } from './as-read.ts';

/** Values told in a sentence; all are counted. */
const TOLD = 5;

/** One issue for all that stays, one for all that both sides changed, one for all that could not stay. */
export function byHandIssues(changes: readonly ByHand[]): Issue[] {
  const lost = changes.filter((each) => each.lost !== undefined);
  const both = changes.filter((each) => each.both && each.lost === undefined);
  const stay = changes.filter((each) => !each.both && each.lost === undefined);
  return [
    ...issueOf(lost, {
      code: 'scan-by-hand-lost',
      severity: 'warning',
      what: 'changed by hand cannot stay',
      fix: 'correct it in the manifest by hand',
    }),
    ...issueOf(both, {
      code: 'scan-by-hand-both',
      severity: 'warning',
      what: 'changed by hand, and changed in the file or the sheet since; the hand’s stays',
      fix: 'take the value out of the manifest, or make it the same, where the file or the sheet is right',
    }),
    ...issueOf(stay, {
      code: 'scan-by-hand',
      severity: 'note',
      what: 'changed by hand stays as it is',
    }),
  ];
}

function issueOf(
  changes: readonly ByHand[],
  { what, ...issue }: Pick<Issue, 'code' | 'severity' | 'fix'> & { what: string },
): Issue[] {
  if (changes.length === 0) return [];
  const told = changes.slice(0, TOLD).map(sentence);
  const more = changes.length > TOLD ? `; and ${changes.length - TOLD} more` : '';
  const count = changes.length === 1 ? '1 value' : `${changes.length} values`;
  return [
    {
      ...issue,
      at: changes[0]!.at,
      clips: [...new Set(changes.flatMap((each) => each.clips))],
      message: `${count} ${what}: ${told.join('; ')}${more}.`,
    },
  ];
}

function sentence({ at, field, hand, read, lost }: ByHand): string {
  if (field === 'row' || field === 'note') return `${at}: ${word(hand)} is in no sheet any more`;
  const now = read === undefined ? 'nothing' : word(read);
  return `${at}: ${field} ${hand === undefined ? 'taken out' : word(hand)} (read: ${now})${lost ? `, because ${lost}` : ''}`;
}

function word(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 60)}"`;
  if (typeof value === 'object' && value !== null && 'num' in value && 'den' in value)
    return rateLabel(value as Rate);
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
