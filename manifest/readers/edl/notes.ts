/** The lines under an edit: names, speeds, markers and what else editors write there, in the spellings they use. */
import { decimalOf } from '../../cdl.ts';
import type { CutGrade, Rgb } from '../../documents/cutlist.ts';
import { parseAud } from './channels.ts';
import { isTimecode, LONGEST_LINE } from './edit.ts';
import { parseMotion, type Motion } from './motion.ts';

export type NoteLine =
  | { kind: 'title'; text: string }
  /** `drop` null = it names no count; `rest` is what is glued to it. */
  | { kind: 'fcm'; drop: boolean | null; rest: string }
  | { kind: 'from' | 'to' | 'key' | 'file' | 'sourceFile' | 'reel' | 'called' | 'effect'; text: string }
  | { kind: 'reelIs'; short: string; full: string }
  | { kind: 'motion'; reel: string; motion: Motion; at: string }
  | { kind: 'aud'; tracks: number[] }
  | { kind: 'patch'; source: number; record: number }
  | { kind: 'locator'; at: string; colour: string; text: string }
  | { kind: 'marker'; note: string; name: string; colour: string; duration: number }
  | { kind: 'sourceTimecode'; rate: string; in: string; out: string }
  | { kind: 'cutAt'; at: string }
  | { kind: 'is'; what: string }
  | { kind: 'freeze' }
  | { kind: 'tableSource'; reel: string }
  /** Null = it is not three times three numbers, or one. */
  | { kind: 'grade'; grade: CutGrade | null }
  | { kind: 'outgoingAt'; at: string }
  /** A comment that says nothing the cut list has a place for. */
  | { kind: 'comment'; text: string }
  /** No comment, and not understood. */
  | { kind: 'other'; text: string };

type Make = (match: RegExpExecArray) => NoteLine | null;
const text =
  (kind: 'from' | 'to' | 'key' | 'file' | 'sourceFile' | 'reel' | 'called' | 'effect'): Make =>
  (match) => ({ kind, text: match[1]!.trim() });

const TRIPLE = String.raw`\(([^()]{5,120})\)`;
const SOP = new RegExp(String.raw`^\s*:?\s*${TRIPLE}\s*${TRIPLE}\s*${TRIPLE}\s*$`);
const SAT = /^\s*:?\s*(\S+)\s*$/;

/** By the first word, so that a line is held against one or two patterns only. Lines have lost their star and outer space. */
const PATTERNS: Record<string, [RegExp, Make][]> = {
  TITLE: [[/^TITLE:(.*)$/i, (match) => ({ kind: 'title', text: match[1]!.trim() })]],
  FCM: [[/^FCM:(.*)$/i, fcm]],
  FROM: [
    [/^FROM CLIP NAME\s*:(.*)$/i, text('from')],
    [/^FROM (?:CLIP|FILE)\s*:(.*)$/i, text('file')],
  ],
  TO: [[/^TO CLIP NAME\s*:(.*)$/i, text('to')]],
  KEY: [[/^KEY CLIP NAME\s*:(.*)$/i, text('key')]],
  SOURCE: [
    [/^SOURCE FILE\s*:(.*)$/i, text('sourceFile')],
    [/^SOURCE TC AT ([^:]+): (\S+) (\S+)$/i, sourceTimecode],
  ],
  EVENT: [[/^EVENT NAME\s*:(.*)$/i, text('called')]],
  REEL: [
    [/^REEL (\S+) IS (.*)$/i, (match) => ({ kind: 'reelIs', short: match[1]!, full: match[2]!.trim() })],
    [/^REEL\s*:(.*)$/i, text('reel')],
  ],
  FINAL: [
    [
      /^FINAL CUT PRO REEL:(.*)REPLACED BY:(.*)$/i,
      (match) => ({ kind: 'reelIs', short: match[2]!.trim(), full: match[1]!.trim() }),
    ],
  ],
  EFFECT: [[/^EFFECT NAME\s*:(.*)$/i, text('effect')]],
  EFFECTS: [[/^EFFECTS NAME IS(.*)$/i, text('effect')]],
  M2: [[/^M2\s+(.*)$/i, motionLine]],
  AUD: [[/^AUD((?:\s+\d{1,2}){1,24})$/i, aud]],
  PATCH: [
    [
      /FROM SOURCE (\d{1,2}) TO RECORD (\d{1,2})$/i,
      (match) => ({ kind: 'patch', source: Number(match[1]), record: Number(match[2]) }),
    ],
  ],
  LOC: [[/^LOC:\s*(\S+)\s*(.*)$/i, locator]],
  CUT: [[/^CUT AT (\S+)$/i, (match) => ({ kind: 'cutAt', at: match[1]! })]],
  FREEZE: [[/^FREEZE FRAME$/i, () => ({ kind: 'freeze' })]],
  '>>>': [[/^>>> SOURCE (\S+)/i, (match) => ({ kind: 'tableSource', reel: match[1]! })]],
  OUTGOING: [[/^OUTGOING CLIP BEGINS AT (\S+)$/i, (match) => ({ kind: 'outgoingAt', at: match[1]! })]],
  ASC_SOP: [[/^ASC_SOP(.*)$/i, (match) => ({ kind: 'grade', grade: sopOf(match[1]!) })]],
  ASC_SAT: [[/^ASC_SAT(.*)$/i, (match) => ({ kind: 'grade', grade: satOf(match[1]!) })]],
};

/** Comments of Baton's own lists that say what an event is. */
const SAYINGS = new Set([
  'TITLE',
  'NESTED SEQUENCE',
  'ADJUSTMENT LAYER',
  'MULTICAM CLIP',
  'ITEM OF UNKNOWN KIND',
  'CLIP IS DISABLED',
  'NO SOURCE',
]);

/** Under nearly every edit of a long list. */
const FROM = /^\* FROM CLIP NAME:(.*)$/;

/** `line` has no line end and is not blank. */
export function parseNote(line: string): NoteLine {
  const trimmed = line.slice(0, LONGEST_LINE).trim();
  const from = FROM.exec(trimmed);
  if (from) return { kind: 'from', text: from[1]!.trim() };
  const body = trimmed.replace(/^[*\s]+/, '');
  const starred = trimmed.startsWith('*');
  if (starred && SAYINGS.has(body)) return { kind: 'is', what: body };
  const first = /^[^\s:(]+/.exec(body)?.[0].toUpperCase() ?? '';
  // The note of a marker may begin with any word.
  const marker = starred || first === 'LOC' ? null : pipeMarker(trimmed);
  if (marker) return marker;
  for (const [pattern, make] of Object.hasOwnProperty.call(PATTERNS, first) ? PATTERNS[first]! : []) {
    const match = pattern.exec(body);
    const made = match ? make(match) : null;
    if (made) return made;
  }
  if (!starred) {
    const entry = tableMarker(line);
    if (entry) return entry;
    if (/^(?:DLEDL:|REM\b)/i.test(trimmed)) return { kind: 'comment', text: trimmed };
  }
  return { kind: starred ? 'comment' : 'other', text: starred ? body : trimmed };
}

/** `(r g b)(r g b)(r g b)`, with commas, spaces and a colon as lists have them. */
function sopOf(line: string): CutGrade | null {
  const [, ...groups] = SOP.exec(line.slice(0, 400)) ?? [];
  const [slope, offset, power] = groups.map((group): Rgb | null => {
    const numbers = group
      .trim()
      .split(/[\s,]+/)
      .map(decimalOf);
    const [red, green, blue] = numbers;
    return numbers.length === 3 && red != null && green != null && blue != null ? [red, green, blue] : null;
  });
  return slope && offset && power ? { sop: { slope, offset, power } } : null;
}

function satOf(line: string): CutGrade | null {
  const sat = decimalOf(SAT.exec(line.slice(0, 400))?.[1] ?? '');
  return sat === null ? null : { sat };
}

/** Old consoles and converters put other words here (`FILM`, `DIGITAL TV 24P`), and glue other lines to it. */
function fcm(match: RegExpExecArray): NoteLine {
  const said = /^\s*(NON[\s-]*)?DROP(?:[\s-]*FRAME)?(.*)$/i.exec(match[1]!);
  if (!said) return { kind: 'fcm', drop: null, rest: '' };
  return { kind: 'fcm', drop: said[1] === undefined, rest: said[2]!.trim() };
}

function motionLine(match: RegExpExecArray): NoteLine | null {
  const words = match[1]!.split(/\s+/);
  const at = words.pop()!;
  const motion = parseMotion(words.pop() ?? '');
  return motion && isTimecode(at) ? { kind: 'motion', reel: words.join(' '), motion, at } : null;
}

function aud(match: RegExpExecArray): NoteLine | null {
  const tracks = parseAud(match[1]!.trim().split(/\s+/));
  return tracks && { kind: 'aud', tracks };
}

function sourceTimecode(match: RegExpExecArray): NoteLine {
  return { kind: 'sourceTimecode', rate: match[1]!, in: match[2]!, out: match[3]! };
}

/** Colours that locators have in Avid's lists and in those made after their example. */
export const LOCATOR_COLOURS = new Set(
  'RED GREEN BLUE CYAN MAGENTA YELLOW WHITE BLACK PINK ORANGE PURPLE FUCHSIA ROSE LAVENDER SKY MINT LEMON SAND COCOA CREAM GREY GRAY'.split(
    ' ',
  ),
);

function locator(match: RegExpExecArray): NoteLine | null {
  const at = match[1]!;
  if (!isTimecode(at) && !/^\d{1,9}$/.test(at)) return null;
  const words = match[2]!.trim();
  const first = /^\S*/.exec(words)![0];
  if (!LOCATOR_COLOURS.has(first.toUpperCase())) return { kind: 'locator', at, colour: '', text: words };
  return { kind: 'locator', at, colour: first.toLowerCase(), text: words.slice(first.length).trim() };
}

/** Resolve: `note |C:ResolveColorYellow |M:name |D:frames`; others leave some of the fields out. */
function pipeMarker(line: string): NoteLine | null {
  if (!/\|[CMD]:/.test(line)) return null;
  const [note, ...fields] = line.split('|');
  const field = (letter: string) =>
    fields
      .find((each) => each.startsWith(`${letter}:`))
      ?.slice(2)
      .trim() ?? '';
  const duration = Number(field('D'));
  return {
    kind: 'marker',
    note: note!.trim(),
    name: field('M'),
    colour: field('C')
      .replace(/^ResolveColor/i, '')
      .toLowerCase(),
    duration: Number.isSafeInteger(duration) && duration > 0 ? duration : 1,
  };
}

/** Avid's table of markers at the end of a list: user, timecode, track, colour, text, divided by tabs. */
function tableMarker(line: string): NoteLine | null {
  const cells = line.split('\t').map((cell) => cell.trim());
  const at = cells.findIndex(isTimecode);
  if (at < 0 || cells.length < at + 3 || !/^(?:[VADT]\d{1,2}|TC\d?)$/i.test(cells[at + 1]!)) return null;
  return { kind: 'locator', at: cells[at]!, colour: cells[at + 2]!.toLowerCase(), text: cells[at + 3] ?? '' };
}
