/**
 * Keywords, of which an editor's clip has one list for Baton's and a person's own together. A step names Baton's alone: what is in its
 * `after` and not in its `before` is put in, what is in `before` and not in `after` is taken out, every other word is a person's.
 */
import type { Clip, LogEntry } from '../documents/handoff.ts';

/** Signs of Baton's own among the keywords, which no tag of a log may be. */
export const SIGN_WORDS = { good: 'Good Take', unsynced: 'Unsynced' };
const RESERVED = new Set(Object.values(SIGN_WORDS));

/** The words of a list as editors write it, with commas between; each once. */
export function wordsOf(list: string | undefined): string[] {
  const words = (list ?? '').split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

/** What the handoff knows a clip by: its scene, and the tags of its rows in the log. */
export function wantedKeywords(clip: Clip, entries: LogEntry[]): string[] {
  const { scene } = clip.identity;
  const said = [...(scene ? [`Scene ${scene}`] : []), ...entries.flatMap((entry) => entry.tags ?? [])];
  const words = said.map((word) => word.replace(/[\s,]+/g, ' ').trim());
  return [...new Set(words.filter((word) => word !== '' && !RESERVED.has(word)))];
}

export interface KeywordChange {
  before: string;
  after: string;
  /** Whether there is something to write. */
  writes: boolean;
  /** Words of Baton's that a person took out since: they stay out. */
  left: string[];
}

/** `now` is all that stands on the clip, `base` Baton's own as last written; undefined = nothing yet. */
export function keywordChange(
  wanted: string[],
  now: string | undefined,
  base: string | undefined,
): KeywordChange {
  const [there, own] = [new Set(wordsOf(now)), wordsOf(base)];
  const wants = new Set(wanted);
  const left = own.filter((word) => wants.has(word) && !there.has(word));
  const known = [...new Set([...own, ...wanted])];
  const drops = own.some((word) => !wants.has(word) && there.has(word));
  const adds = wanted.some((word) => !there.has(word) && !own.includes(word));
  // A word that a person took out is on both sides, so that it is neither put in nor taken out.
  const before = known.filter((word) => there.has(word) || left.includes(word));
  return { before: before.join(','), after: wanted.join(','), writes: drops || adds, left };
}

/** The list as it is to be, a person's words first and as they were. */
export function keywordsAfter(now: string, { before, after }: { before: string; after: string }): string {
  const [had, gets] = [new Set(wordsOf(before)), new Set(wordsOf(after))];
  const kept = wordsOf(now).filter((word) => gets.has(word) || !had.has(word));
  const added = [...gets].filter((word) => !had.has(word) && !kept.includes(word));
  return [...kept, ...added].join(',');
}

/** Of the words that a step names, those that stand there: what taking it back needs to know. */
export function keywordsOfStep(now: string, { before, after }: { before: string; after: string }): string {
  const there = new Set(wordsOf(now));
  return wordsOf(`${before},${after}`)
    .filter((word) => there.has(word))
    .join(',');
}

/** Two writes as one: what stood there before the first, and what a person put there between the two. */
export function joinedKeywords(
  last: { before: string | null; after: string } | undefined,
  before: string,
  after: string,
): { before: string; after: string } {
  if (!last) return { before, after };
  const own = new Set(wordsOf(last.after));
  const theirs = wordsOf(before).filter((word) => !own.has(word));
  return { before: wordsOf([last.before ?? '', ...theirs].join(',')).join(','), after };
}

/** What takes a change back: Baton's words that are still there go, and those that it took out come again. Null for nothing to do. */
export function keywordsBack(
  now: string | undefined,
  change: { before: string | null; after: string },
): { before: string; after: string } | null {
  const [there, was, own] = [wordsOf(now), wordsOf(change.before ?? ''), wordsOf(change.after)];
  const going = own.filter((word) => there.includes(word) && !was.includes(word));
  const coming = was.filter((word) => !own.includes(word) && !there.includes(word));
  return going.length + coming.length === 0 ? null : { before: going.join(','), after: coming.join(',') };
}
