/** Which column of a log sheet is what, by the headings people give them (English and German). */
import type { Note } from '../documents/handoff.ts';

export type LogColumn =
  | 'scene'
  | 'setup'
  | 'take'
  | 'camera'
  | 'reel'
  | 'soundRoll'
  | 'file'
  | 'sound'
  | 'circled'
  | 'good'
  | 'startTc'
  | 'endTc'
  | { note: Note['kind'] };

const HEADINGS: [LogColumn, string][] = [
  ['scene', 'scene, sc, scene no, scene number, scene #, szene, sz, bild, szene nr'],
  ['setup', 'setup, slate, slate no, slate #, shot, einstellung, einst'],
  ['take', 'take, tk, take no, take #, take nr, klappe'],
  ['camera', 'camera, cam, kamera, kam, camera id'],
  [
    'reel',
    'reel, camera roll, cam roll, camroll, roll, card, mag, tape, kamerarolle, karte, rolle, reel name',
  ],
  ['soundRoll', 'sound roll, soundroll, sr, sound roll #, tonrolle, ton rolle'],
  ['file', 'file, filename, file name, clip, clip name, clipname, picture file, dateiname, datei, clipdatei'],
  ['sound', 'sound, audio, ton, sound type, sync, sync/mos, mos'],
  ['circled', 'circled, circle, circled take, print, printed, kopierer, kopieren, kop, k, select, selected'],
  ['good', 'good, good take, ok, gut'],
  [
    'startTc',
    'tc in, start tc, tc start, start timecode, timecode in, in, start, timecode, tc, tc anfang, anfang',
  ],
  ['endTc', 'tc out, end tc, tc end, end timecode, timecode out, out, end, tc ende, ende'],
  [
    { note: 'director' },
    'director, director notes, director note, director comments, regie, regienotizen, anmerkungen regie',
  ],
  [{ note: 'camera' }, 'camera notes, dp notes, dop notes, dp, dop, kameranotizen, kamera notizen'],
  [{ note: 'sound' }, 'sound notes, audio notes, ton notizen, tonnotizen, mixer notes'],
  [
    { note: 'script' },
    'script notes, script, script supervisor, continuity, continuity notes, anschluss, script notizen',
  ],
  [{ note: 'vfx' }, 'vfx, vfx notes'],
  [
    { note: 'note' },
    'notes, note, comments, comment, remarks, remark, notizen, notiz, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen',
  ],
];

const BY_HEADING = new Map<string, LogColumn>(
  HEADINGS.flatMap(([column, names]) => names.split(', ').map((name): [string, LogColumn] => [name, column])),
);

/** `Director's Notes:` → `director notes`. */
function plain(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/['’]s?\b/g, '')
    .replace(/[_.:]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a heading means; null for a column that is carried along untouched. */
export function columnOf(heading: string): LogColumn | null {
  return BY_HEADING.get(plain(heading)) ?? null;
}

/** A header row names at least a take or a file: without either no row could be told from another. */
export function isHeader(cells: string[]): boolean {
  const columns = cells.map(columnOf);
  const has = (wanted: LogColumn) => columns.includes(wanted);
  return has('file') || (has('scene') && has('take')) || (has('setup') && has('take'));
}
