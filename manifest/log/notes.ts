/** Key moments in what people write: a note stands at a timecode, at an offset, or at the clip's start, and keeps who said it. */
import type { Note } from '../documents/handoff.ts';
import type { LogNote } from '../documents/log.ts';

type Kind = Note['kind'];

const TIMECODE = String.raw`\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.]\d{2,3}`;
/** `01:02:03:10`, `@45s`, `at 0:12`, and `10:04:12` without frames, which is a timecode too. A bare `2:35` is an aspect ratio. */
const PLACE = new RegExp(
  [
    String.raw`[([]?(?:(?<![\p{L}\d])(?:at|tc|bei|ab)\s*|@\s*)?(?<![\d:;.,])(?<timecode>${TIMECODE})(?![:;.]?\d)[)\]]?`,
    String.raw`(?:@\s*|(?<![\p{L}\d])(?:at|bei|ab|à|a los|aos)\s+)(?<minutes>\d{1,3}):(?<seconds>[0-5]\d)(?![:;.]?\d)`,
    String.raw`(?:@\s*|(?<![\p{L}\d])at\s+)(?<only>\d{1,5})(?:[.,]\d{1,3})?\s*s(?:ecs?|econds?|ek)?(?![\p{L}\d])`,
    String.raw`[([]?(?:(?<![\p{L}\d])(?:at|tc|bei|ab)\s*|@\s*)?(?<![\d:;.,])(?<clock>[0-2]\d:[0-5]\d:[0-5]\d)(?![:;.]?\d)[)\]]?`,
  ].join('|'),
  'giu',
);
const NEXT_LINE = /\r\n|[\r\n\v\f\u2028\u2029]/;
/** Longer than any remark with a place in it; beyond, text is kept whole. */
const LONGEST = 8 * 1024;

const ROLES: [Kind, string][] = [
  [
    'director',
    'dir|director|regie|regisseur|regisseurin|réal|real|réalisateur|realisateur|réalisatrice|regia|regista|directora|diretor|diretora|direção|realizador|realizadora',
  ],
  [
    'camera',
    'dp|dop|d\\.p\\.|cam|camera|kamera|chef[- ]op|image|cámara|camara|câmera|foto|fotografía|fotografia|1st ac|ac',
  ],
  ['sound', 'sound|snd|audio|mixer|sound mixer|boom op|ton|tonmeister|son|sonido|suono|fonico|som'],
  [
    'script',
    'script|scripty|script sup|script supervisor|ss|continuity|cont|scripte|continuidad|edizione|continuidade|anschluss',
  ],
  ['vfx', 'vfx|vfx sup|vfx supervisor'],
];
const KIND_OF_ROLE = new Map(
  ROLES.flatMap(([kind, words]) => words.split('|').map((word): [string, Kind] => [word, kind])),
);
const WHO = new RegExp(
  String.raw`^(?<role>${ROLES.map(([, words]) => words).join('|')})\.?(?:\s*\((?<name>[^()]{1,40})\))?\s*(?::|\s[-–—]\s|[–—])\s*(?=\S)`,
  'iu',
);

/** A cell holds one note, or several: one a line, or one for each place it names. `author` said what names nobody else. */
export function readNotes(cell: string, kind: Kind, author?: string): LogNote[] {
  const notes: LogNote[] = [];
  for (const line of NEXT_LINE.test(cell) ? cell.split(NEXT_LINE) : [cell]) {
    const text = line.trim();
    if (text === '') continue;
    if (text.length > LONGEST) notes.push({ kind, text, ...(author ? { author } : {}) });
    else notes.push(...readLine(text, kind, author));
  }
  return notes;
}

interface Piece {
  text: string;
  place: Pick<LogNote, 'timecode' | 'offsetSeconds'>;
}

interface Found {
  start: number;
  end: number;
  place: Piece['place'];
}

function readLine(line: string, kind: Kind, author: string | undefined): LogNote[] {
  const who = whoSaid(line, kind, author);
  return piecesOf(who.text).map(({ text, place }) => {
    const own = whoSaid(text, who.kind, who.author);
    return {
      kind: own.kind,
      text: own.text || 'mark',
      ...(own.author ? { author: own.author } : {}),
      ...place,
    };
  });
}

function placesIn(text: string): Found[] {
  // Most remarks hold no digit at all, and the pattern is long.
  if (!/\d[:;.]\d|@\s*\d|\bat\s+\d/i.test(text)) return [];
  return [...text.matchAll(PLACE)].map((match) => {
    const { timecode, minutes, seconds, only, clock } = match.groups!;
    const start = match.index;
    const found = { start, end: start + match[0].length };
    if (timecode) return { ...found, place: { timecode } };
    if (clock) return { ...found, place: { timecode: `${clock}:00` } };
    const offsetSeconds = only === undefined ? Number(minutes) * 60 + Number(seconds) : Number(only);
    return { ...found, place: { offsetSeconds } };
  });
}

/** A remark ends where punctuation stands before the next place. */
function piecesOf(text: string): Piece[] {
  const places = placesIn(text);
  if (places.length === 0) return [{ text: trimmed(text), place: {} }];
  const starts = places.filter(
    ({ start }) => start > 0 && /[;|,.!?]\s*$/.test(text.slice(Math.max(0, start - 20), start)),
  );
  const bounds = [0, ...starts.map(({ start }) => start), text.length];
  const pieces: Piece[] = [];
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [from, to] = [bounds[at]!, bounds[at + 1]!];
    const here = places.filter(({ start }) => start >= from && start < to);
    for (const piece of clausePieces(text, from, to, here)) {
      const before = pieces[pieces.length - 1];
      // "boom in shot, 01:02:03:10": the place belongs to what was said before it.
      if (piece.text === '' && before && Object.keys(before.place).length === 0) before.place = piece.place;
      else pieces.push(piece);
    }
  }
  return pieces;
}

/** Places lead what is said of them, or follow it; one in the middle of a sentence is left standing in it. */
function clausePieces(text: string, from: number, to: number, places: Found[]): Piece[] {
  const [first, last] = [places[0], places[places.length - 1]];
  if (!first || !last) return [{ text: trimmed(text.slice(from, to)), place: {} }];
  const nextStart = (at: number) => places[at + 1]?.start ?? to;
  if (first.start === from)
    return places.map(({ end, place }, at) => ({ text: trimmed(text.slice(end, nextStart(at))), place }));
  if (trimmed(text.slice(last.end, to)) === '')
    return places.map(({ start, place }, at) => ({
      text: trimmed(text.slice(places[at - 1]?.end ?? from, start)),
      place,
    }));
  return places.map(({ end, place }, at) => ({
    text: trimmed(text.slice(at === 0 ? from : end, nextStart(at))),
    place,
  }));
}

const AROUND = new Set([' ', '\t', '\u00a0', '-', '–', ',', ';', '|']);

/** Without the punctuation that parts a remark from its place or from the next. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && (AROUND.has(text[start]!) || text[start] === ':') && !isSign(text, start)) start++;
  while (end > start && AROUND.has(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** The minus of `-2 stops` is what the remark says, not what parts it from its place. */
function isSign(text: string, at: number): boolean {
  return /^[-–][.,]?\d/.test(text.slice(at, at + 3)) && (at === 0 || /\s/.test(text[at - 1]!));
}

/** `Dir: lovely`, `DP (Ana) - flare`: whose word it is, and the word. */
function whoSaid(
  text: string,
  kind: Kind,
  author: string | undefined,
): { kind: Kind; author?: string; text: string } {
  // Without a colon or a dash nobody is named, and the pattern is long.
  const match = /[:–—]|\s-\s/.test(text.slice(0, 80)) ? WHO.exec(text) : null;
  if (!match) return { kind, text, ...(author ? { author } : {}) };
  const name = match.groups!['name']?.trim() ?? author;
  const said = kindOfRole(match.groups!['role']!) ?? kind;
  return { kind: said, text: text.slice(match[0].length).trim(), ...(name ? { author: name } : {}) };
}

/** The department a word names: `DP`, `Regie`, `Script supervisor`; null for a person's name. */
export function kindOfRole(word: string): Kind | null {
  return KIND_OF_ROLE.get(word.trim().toLowerCase().replace(/\.$/, '')) ?? null;
}
