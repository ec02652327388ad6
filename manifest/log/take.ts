/** Cells that say more than one thing: `72A-3*`, `27/7`, `WT 49`, `2PK`, `3 VFX`, takes `1-3`, clips `A001C003-C007`. */
import type { LogNote } from '../documents/log.ts';
import type { Pick } from '../documents/handoff.ts';
import { comparable } from '../identity.ts';

/** Longer cells are sentences, not labels. */
const LONGEST_LABEL = 60;
/** A range that goes further is a mistake, not a list of takes or clips. */
const MOST_TAKES = 100;
const MOST_CLIPS = 200;

export interface TakeCell {
  take?: string;
  pick?: Pick;
  wild?: true;
  mos?: true;
  /** What else the cell said. */
  notes: LogNote[];
  /** One of several takes is marked, and a row has one mark for all: kept as written, and to be said. */
  unclear?: true;
}

const WILD =
  /^(?:wt|wild(?:\s?tracks?)?|nt|nurton)(?![a-z])[\s_.-]*(?<after>\w*)$|^(?<before>\d+[a-z]{0,2}?)[\s_-]*(?:wt|wild(?:\s?track)?|nt)(?:[\s_-]*\d+)?$/i;
const CIRCLED_DIGITS = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
/** Words after a take's number that are marks; they may touch it, as in `3NG`. */
const MARKS: [RegExp, Omit<TakeCell, 'take' | 'notes'>][] = [
  [/[\s(-]*(?<![a-z])(?:ng|n\.g\.?|no good|fs|false start)\)?$/i, { pick: 'rejected' }],
  [/[\s(-]*(?<![a-z])(?:ok|good|gut)\)?$/i, { pick: 'good' }],
  [/[\s(-]*(?<![a-z])(?:print|circled?|circ|kop(?:ierer)?)\)?$/i, { pick: 'circled' }],
  [/[\s(-]*(?<![a-z])alt\)?$/i, { pick: 'alternate' }],
  [/[\s(-]*(?<![a-z])m\.?o\.?s\.?\)?$/i, { mos: true }],
];
const VFX = /[\s(-]*(?<![a-z])vfx\)?$/i;
const WORDED = /^(\d+[a-z]?)[\s,;:–-]+(?!\d)(?!(?:pk|pu|p\/u|pick)(?![a-z]))(?=.*\p{L}{2})(.+)$/iu;

/** `3*` is take 3, circled; `3 VFX` take 3 and a note; `2PK` a pickup, which is a recording of its own; `WT 1` a wild track. */
export function readTake(cell: string): TakeCell {
  // Nearly every take is a bare number.
  if (/^\d{1,4}$/.test(cell)) return { take: cell, notes: [] };
  if (cell.length > LONGEST_LABEL) return { take: cell.trim(), notes: [] };
  const { rest, starred } = unstarred(cell.trim());
  const read: TakeCell = { ...(starred ? { pick: 'circled' } : {}), notes: [] };
  // A star may stand before another mark: `3* NG`.
  const marked = unstarred(takeMarks(rest, read));
  if (marked.starred) read.pick = read.pick ? stronger(read.pick, 'circled') : 'circled';
  const text = marked.rest;
  const unmarked = text.replace(/[*★⭐✓✔]/gu, '');
  if (unmarked !== text && takesOf(unmarked).length > 1) return { take: unmarked, unclear: true, notes: [] };
  if ((starred || marked.starred) && takesOf(text).length > 1)
    return { ...read, take: text, pick: 'unknown', unclear: true };
  const wild = WILD.exec(text)?.groups;
  if (wild) return { ...read, wild: true, ...(wild['after'] || wild['before'] ? { take: text } : {}) };
  const plain = text
    .replace(/^(?:take|tk|klappe|prise|toma|ciak|t)[\s.#]*(?=\d)|^#\s*/i, '')
    .replace(/(\d)\.$/, '$1');
  const worded = takesOf(plain).length === 1 ? WORDED.exec(plain) : null;
  if (!worded) return plain === '' ? read : { ...read, take: plain };
  return { ...read, take: worded[1]!, notes: [...read.notes, { kind: 'note', text: worded[2]!.trim() }] };
}

/** Takes the marks off a take's end, one after the other, and gives back what is left. */
function takeMarks(text: string, into: TakeCell): string {
  for (const [pattern, mark] of MARKS) {
    const match = pattern.exec(text);
    // Alone in its cell it is no mark on a take.
    if (!match || match.index === 0) continue;
    const pick = mark.pick && into.pick ? { pick: stronger(into.pick, mark.pick) } : {};
    Object.assign(into, mark, pick);
    return takeMarks(text.slice(0, match.index).trim(), into);
  }
  const vfx = VFX.exec(text);
  if (!vfx || vfx.index === 0) return text;
  into.notes.push({ kind: 'vfx', text: 'VFX' });
  return takeMarks(text.slice(0, vfx.index).trim(), into);
}

function stronger(a: Pick, b: Pick): Pick {
  return a === 'rejected' || b === 'rejected' ? 'rejected' : a;
}

/** Stars, circled digits, and brackets that stand for a circle on paper. */
function unstarred(text: string): { rest: string; starred: boolean } {
  const digit = CIRCLED_DIGITS.indexOf(text);
  if (digit >= 0 && text.length === 1) return { rest: String(digit + 1), starred: true };
  const bracketed = /^\(\s*(\d{1,3}[a-z]?)\s*\)$|^\[\s*(\d{1,3}[a-z]?)\s*\]$/i.exec(text);
  if (bracketed) return { rest: (bracketed[1] ?? bracketed[2])!, starred: true };
  const rest = text.replace(/^[*★⭐✓✔]+\s*|\s*[*★⭐✓✔]+\uFE0F?$/gu, '');
  return rest === text ? { rest, starred: false } : { rest: rest.trim(), starred: rest !== '' };
}

/** Pickups by one word, so that `2PK`, `2 PU` and `2 Pickup` are one take; other labels as comparable() has them. */
export function takeWord(take: string): string {
  return comparable(take.replace(/\s+/g, '').replace(/p\/u|pick-?ups?|pk/gi, 'PU'));
}

/** The takes a cell names: `1-3`, `1, 2, 5`, `1+2`, `3 bis 5`. One take is a list of one. */
export function takesOf(take: string | undefined): string[] {
  const text = take?.trim() ?? '';
  if (text === '') return [];
  if (text.length > LONGEST_LABEL || /^\d{1,4}$/.test(text)) return [text];
  const takes: string[] = [];
  for (const part of text.split(/\s*[,;+&]\s*|\s+(?:and|und|et|y|e)\s+/i)) {
    const range = /^(\d{1,4})\s*(?:-|–|—|to|thru|through|bis|à|al|hasta)\s*(\d{1,4})$/i.exec(part);
    const [from, to] = [Number(range?.[1]), Number(range?.[2])];
    if (range && from < to && to - from < MOST_TAKES)
      for (let at = from; at <= to; at++) takes.push(String(at));
    else if (/^\d{1,4}\s?[a-z/]{0,7}$/i.test(part)) takes.push(part);
    else return [text];
  }
  return takes.length === 0 ? [text] : takes;
}

export interface SceneTake {
  scene: string;
  setup?: string;
  take: string;
}

const SCENE_TAKE =
  /^(?:(?:scene|sc|szene|slate|shot|plan|s)[\s.#]*)?(?<scene>\d+[A-Z]{0,3}|[A-Z]{1,3}\d+[A-Z]{0,3})(?:\s*[-/_–]\s*(?<setup>[A-Z]{1,3}|\d{1,3}[A-Z]{0,2}))?(?:\s*[-/_–.]\s*|\s+|(?=t(?:ake|k)?[\s.#]*\d))(?:(?:take|tk|t|klappe|prise)[\s.#]*)?(?<take>\d{1,3}(?![\d:])[^:]{0,20})$/i;

/** `72A-3*` → 72A, 3*; `27/7` → 27, 7; `72/A/3` → 72, A, 3. Null where a cell is not scene and take together. */
export function splitSceneTake(cell: string): SceneTake | null {
  const text = cell.trim();
  if (text.length > LONGEST_LABEL) return null;
  const groups = SCENE_TAKE.exec(text)?.groups;
  if (!groups) return null;
  const { scene, setup, take } = groups;
  return { scene: scene!, ...(setup ? { setup } : {}), take: take!.trim() };
}

/** `49WT`, `WT 49`: a wild track of scene 49. Null for a scene that is just one. */
export function readWildScene(cell: string): { scene?: string } | null {
  const wild = cell.length > LONGEST_LABEL ? null : WILD.exec(cell.trim())?.groups;
  if (!wild) return null;
  const scene = wild['after'] || wild['before'];
  return scene ? { scene } : {};
}

const RANGE =
  /^(?<head>[^\n]*?)(?<from>\d{1,8})\s*(?:-|–|—|\.\.\.?|→|\s(?:to|thru|bis|à|hasta)\s)\s*(?<again>[^\d\n]*(?:\d+[^\d\n]+)*)(?<to>\d{1,8})(?<end>\.\w{2,4})?$/;

/** Names of files or clips in a cell: one; several parted by commas or lines; or a range `A001C003-C007`. Never empty for a filled cell. */
export function filesOf(cell: string | undefined): string[] {
  const text = cell?.trim() ?? '';
  if (text === '') return [];
  const parts = text
    .split(/\s*[;\n\r|]\s*|\s*[,+&]\s+|,(?=[A-Z]\d{3})/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return [...new Set([text, ...parts, ...parts.flatMap(clipRange)])];
}

function clipRange(text: string): string[] {
  if (text.length > LONGEST_LABEL) return [];
  const groups = RANGE.exec(text)?.groups;
  if (!groups) return [];
  const { head = '', from = '', again = '', to = '', end = '' } = groups;
  if (!head.toLowerCase().endsWith(again.toLowerCase())) return [];
  const [first, last] = [Number(from), Number(to)];
  if (!(first < last && last - first < MOST_CLIPS)) return [];
  return Array.from(
    { length: last - first + 1 },
    (_, at) => `${head}${String(first + at).padStart(from.length, '0')}${end}`,
  );
}
