/** The cuts that every format keeps a golden of, and the losses that stand in a file beside each. */
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { filmCut, midnightCut } from './cutlist-samples.ts';

export const goldenCuts: [string, CutList][] = [
  ['film', filmCut()],
  ['midnight', midnightCut()],
];

export function lossText(losses: readonly Loss[]): string {
  return losses
    .map(({ what, where, count, message }) => `${what} | ${where} | ${count} | ${message}\n`)
    .join('');
}
