/** What each column of a log sheet is taken for: by its heading, by a heading much like a known one, else by its cells. */
import type { ColumnChoice, Confidence, LogMeaning, SheetColumn } from '../documents/log.ts';
import { HEADINGS, NUMBER_WORDS, WHOLE_HEADINGS } from './headings.ts';

const BY_HEADING = new Map<string, LogMeaning>(
  (Object.entries(HEADINGS) as [LogMeaning, string][]).flatMap(([meaning, names]) =>
    names.split(', ').map((name): [string, LogMeaning] => [name, meaning]),
  ),
);
/** The same with the words in one fixed order, so that "Notes (DP)" is "DP notes". */
const BY_WORDS = new Map([...BY_HEADING].map(([name, meaning]) => [inOrder(name.split(' ')), meaning]));

function inOrder(words: string[]): string {
  return [...words].sort().join(' ');
}

/** Longer than any heading; a longer cell is text. */
const LONGEST_HEADING = 80;

/** `Director's Notes:` → `director notes`, `N° de Scène` → `de scene`, `Scene #` → `scene`. */
export function plainHeading(heading: string): string {
  if (heading.length > LONGEST_HEADING) return '';
  const bare = heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/['’]s?(?![a-z])/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (WHOLE_HEADINGS.has(bare)) return bare;
  const words = bare.split(' ');
  const telling = words.filter((word) => !NUMBER_WORDS.has(word));
  // "No" alone is a heading of its own, if a poor one.
  return (telling.length > 0 ? telling : words).join(' ');
}

/** What a heading is known to mean; null where it is not, and the column is carried along untouched. */
export function columnOf(heading: string): LogMeaning | null {
  return byHeading(plainHeading(heading));
}

function byHeading(plain: string): LogMeaning | null {
  return BY_HEADING.get(plain) ?? BY_WORDS.get(inOrder(plain.split(' '))) ?? null;
}

interface Proposal {
  meaning: LogMeaning;
  confidence: Confidence;
  why: string;
}

/** `A Cam Clip`, `Clip B`, `Camera C file`: one of several cameras' columns. */
const CAMERA_LETTER =
  /^(?:[a-h] (?:camera |cam |kamera )?|(?:camera|cam|kamera) [a-h] )|(?: (?:camera |cam )?[a-h])$/;

/** What a heading says, and how surely. Null where only the cells could tell. */
function proposeByHeading(heading: string): Proposal | null {
  const plain = plainHeading(heading);
  if (plain === '') return null;
  const shown = JSON.stringify(heading.trim());
  const known = byHeading(plain);
  if (known) return { meaning: known, confidence: 'sure', why: `${shown} is a heading for ${known}` };
  const likely = (meaning: LogMeaning | null | undefined, why: string): Proposal | null =>
    meaning ? { meaning, confidence: 'likely', why } : null;
  const withoutCamera = plain.replace(CAMERA_LETTER, '').trim();
  const ofCamera = withoutCamera === plain ? null : byHeading(withoutCamera);
  const words = plain.split(' ');
  const meanings = new Set(words.map((word) => BY_HEADING.get(word)));
  const outside = plainHeading(heading.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  return (
    (ofCamera === 'file' || ofCamera === 'reel'
      ? likely(ofCamera, `${shown} is ${ofCamera} of one camera`)
      : null) ??
    // "Scene / Szene": every word means the same.
    likely(meanings.size === 1 ? [...meanings][0] : null, `every word of ${shown} means the same`) ??
    likely(
      outside === plain ? null : byHeading(outside),
      `${shown} is a known heading but for what stands in brackets`,
    ) ??
    within(words, shown) ??
    misspelt(plain, shown)
  );
}

/** The longest known heading of two words or more that stands in this one: "Camera A Roll Name" holds "camera roll". */
function within(words: string[], shown: string): Proposal | null {
  let best: { name: string; meaning: LogMeaning; length: number } | null = null;
  for (const [name, meaning] of BY_HEADING) {
    const parts = name.split(' ');
    if (parts.length < 2 || parts.length <= (best?.length ?? 1)) continue;
    if (parts.every((part) => words.includes(part))) best = { name, meaning, length: parts.length };
  }
  return best && { meaning: best.meaning, confidence: 'likely', why: `${shown} holds "${best.name}"` };
}

function misspelt(plain: string, shown: string): Proposal | null {
  if (plain.length < 5) return null;
  for (const [name, meaning] of BY_HEADING)
    if (plain === `${name}s` || (plain.length >= 6 && oneApart(plain, name)))
      return { meaning, confidence: 'likely', why: `${shown} is "${name}" but for one letter` };
  return null;
}

/** One letter more, less or other. */
function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

const MEDIA_NAME =
  /\.(mov|mp4|m4v|mxf|avi|mts|r3d|braw|ari|arx|wav|bwf|mp3|aiff?)$|^[A-Z]\d{3}_?(\d{8}_)?C\d{3}(_|$)/i;
const TIMECODE_CELL = /^\d{2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2,3}$/;

/** A guess from the cells, made for the two kinds that nothing else looks like. */
function proposeByCells(cells: string[]): Proposal | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const most = (pattern: RegExp) =>
    filled.length >= 2 && filled.filter((cell) => pattern.test(cell)).length * 4 >= filled.length * 3;
  if (most(MEDIA_NAME))
    return { meaning: 'file', confidence: 'guess', why: 'its cells look like file names' };
  if (most(TIMECODE_CELL)) return { meaning: 'start', confidence: 'guess', why: 'its cells are timecodes' };
  return null;
}

/** More than one column may mean these; of the others the surest, then the leftmost, is taken. */
const SHARED = (meaning: LogMeaning) =>
  meaning.startsWith('note:') ||
  ['note', 'file', 'circled', 'good', 'rejected', 'status', 'mos', 'wild', 'tags'].includes(meaning);
const ORDER: Confidence[] = ['chosen', 'sure', 'likely', 'guess'];
const SAMPLES = 3;

export interface ProposeOptions {
  /** What was decided before, by heading; a heading that occurs twice is decided in order. */
  chosen?: ColumnChoice[];
  /** Headings that mean something else in this format than elsewhere, by their plain form. */
  own?: ReadonlyMap<string, LogMeaning | null>;
}

/** `rows` are the sheet's first rows below the headings. One column out for each heading in. */
export function proposeColumns(
  headings: string[],
  rows: string[][],
  { chosen = [], own = new Map() }: ProposeOptions = {},
): SheetColumn[] {
  const decided = new Map<string, ColumnChoice[]>();
  for (const choice of chosen) {
    const key = plainHeading(choice.heading);
    decided.set(key, [...(decided.get(key) ?? []), choice]);
  }
  const seen = new Map<string, number>();
  const columns = headings.map((heading, at): SheetColumn => {
    const cells = rows.map((row) => row[at] ?? '');
    const samples = cells
      .filter((cell) => cell.trim() !== '')
      .slice(0, SAMPLES)
      .map((cell) => cell.trim().slice(0, 60));
    // A column without a heading is chosen by its place.
    const key = plainHeading(heading) || `column ${at + 1}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const choices = decided.get(key);
    const choice = choices?.[Math.min(nth, choices.length - 1)];
    if (choice)
      return { heading, meaning: choice.meaning, confidence: 'chosen', why: 'chosen by a person', samples };
    if (own.has(key)) {
      const why = `"${heading.trim()}" in this kind of sheet`;
      return { heading, meaning: own.get(key) ?? null, confidence: 'sure', why, samples };
    }
    const proposal = proposeByHeading(heading) ?? proposeByCells(cells);
    return proposal
      ? { heading, ...proposal, samples }
      : { heading, meaning: null, confidence: 'sure', why: 'no heading Baton knows; carried along', samples };
  });
  return withoutRivals(columns);
}

/** Two columns for one meaning would overwrite each other: the others are carried along, and say so. */
function withoutRivals(columns: SheetColumn[]): SheetColumn[] {
  const holder = new Map<LogMeaning, number>();
  columns.forEach(({ meaning, confidence }, at) => {
    if (!meaning || SHARED(meaning)) return;
    const held = holder.get(meaning);
    if (held === undefined || ORDER.indexOf(confidence) < ORDER.indexOf(columns[held]!.confidence))
      holder.set(meaning, at);
  });
  const guessed = (column: SheetColumn) => column.confidence === 'guess';
  const named = columns.some((column) => column.meaning === 'file' && !guessed(column));
  return columns.map((column, at) => {
    const { meaning } = column;
    if (!meaning) return column;
    const winner = holder.get(meaning);
    if (winner !== undefined && winner !== at)
      return {
        ...column,
        meaning: null,
        why: `${meaning} is read from ${JSON.stringify(columns[winner]!.heading)}`,
      };
    if (meaning === 'file' && named && guessed(column))
      return { ...column, meaning: null, why: 'file names are read from another column' };
    return column;
  });
}

/** How many different meanings a row of cells has as headings; a header row has the most. */
export function headingCount(cells: string[]): number {
  return new Set(cells.map(columnOf).filter(Boolean)).size;
}

/** A header row names at least a take or a file: without either no row could be told from another. */
export function isHeader(cells: string[]): boolean {
  const columns = new Set(cells.map(columnOf));
  const place = columns.has('scene') || columns.has('setup');
  return columns.has('file') || columns.has('scene-take') || (place && columns.has('take'));
}
