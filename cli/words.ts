/** Words that several commands need: a count with its noun, and the nearest of some words to one that was mistyped. */

/** `1 clip`, `2 clips`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The word that is at most two keystrokes away, fewest first, and not most of what was typed; absent where none is. */
export function nearest(given: string, words: readonly string[]): string | undefined {
  const [first] = words
    .map((word) => ({ word, away: keystrokes(given.toLowerCase(), word) }))
    .filter(({ word, away }) => away <= 2 && away < word.length && away * 2 <= given.length)
    .sort((a, b) => a.away - b.away);
  return first?.word;
}

/** Levenshtein's distance: letters put in, left out or changed. */
function keystrokes(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[to.length]!;
}
