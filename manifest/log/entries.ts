/** Log sheets → log entries: ids that survive a sorted or corrected sheet, and the clips each row speaks of. */
import type { Clip, Handoff, LogEntry, Note, Witness } from '../documents/handoff.ts';
import { carry } from '../carry.ts';
import type { LogNote, LogRow, LogSheet } from '../documents/log.ts';
import { fileName } from '../documents/paths.ts';
import { sha256Hex } from '../canonical.ts';
import { comparable } from '../identity.ts';
import { fromFlicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import type { ByHand } from '../scan/as-read.ts';
import type { Rate } from '../time/rate.ts';
import { timecodeToFrame } from '../time/timecode.ts';
import { carriedEntry, keptRow } from './by-hand.ts';
import { keptMappings } from './mappings.ts';
import { LogMatcher, type Convention, type Matchable, type Speaking } from './match.ts';
import { takesOf } from './take.ts';

/**
 * A row is known by what it speaks of, not by where it stands: sorting a sheet, adding rows above or mending a note must not
 * make new notes of old ones. Rows that speak of the same thing are told apart by their order.
 */
function rowKey(row: LogRow): string {
  return JSON.stringify([
    comparable(row.scene ?? row.setup),
    comparable(row.take),
    comparable(row.camera),
    row.file ? fileName(row.file.replaceAll('\\', '/')).toLowerCase() : '',
    row.soundKind === 'wild',
    // Remarks on one file are told apart by what they say.
    ...(row.about === 'comment' ? row.notes.map((note) => note.text) : []),
  ]);
}

/**
 * The log as it is now: sheets that were read again replace what they said before, others keep their word, and every row
 * looks for its clips anew. `rateOf` gives a clip's rate, at which offsets in seconds become frames; `say` hears what was changed by
 * hand and stays.
 */
export function logEntries(
  known: Handoff['log'],
  sheets: LogSheet[],
  clips: Matchable[],
  rateOf: (clipId: string) => Rate | undefined,
  say: (change: ByHand) => void = () => {},
): Handoff['log'] {
  const matcher = new LogMatcher(clips);
  const again = readAgain(sheets);
  const kept = keptEntries(
    known.entries.filter((entry) => !again(entry.sheet)),
    matcher,
  );
  const giveId = idGiver(new Set(kept.map((entry) => entry.id)));
  const before = new Map(known.entries.map((entry) => [entry.id, entry]));
  const fresh = sheets.flatMap((sheet) => {
    const convention = matcher.convention(sheet.rows);
    const find = (row: Speaking) => matcher.find(row, convention);
    return sheet.rows.map((row) => {
      const now = entryOf(row, sheet.path, giveId(row), find, rateOf);
      const { entry, other } = carriedEntry(now, before.get(now.id), say);
      return other ? { ...entry, clips: find(entry) } : entry;
    });
  });
  const there = new Set([...kept, ...fresh].map((entry) => entry.id));
  const byHand = keptEntries(
    known.entries.filter((entry) => !there.has(entry.id) && keptRow(entry, say)),
    matcher,
  );
  const mappings = keptMappings(known.mappings, sheets, again);
  const { mappings: _before, ...others } = known;
  return {
    ...others,
    ...(mappings ? { mappings } : {}),
    sheets: [
      ...known.sheets.filter((sheet) => !again(sheet.path)),
      ...sheets.map(({ path, reader, rows, issues }) => {
        const now = { path, reader, rows: rows.length, ...(issues && issues.length > 0 ? { issues } : {}) };
        const old = known.sheets.find((sheet) => sheet.path === path);
        return carry(old, now, ['path', 'reader', 'rows', 'issues']);
      }),
    ],
    entries: [...kept, ...fresh, ...byHand],
  };
}

/** Whether a sheet was read this time, or lay in a workbook that was: a sheet taken out of a workbook speaks no more. */
function readAgain(sheets: LogSheet[]): (path: string) => boolean {
  const paths = new Set(sheets.map((sheet) => sheet.path));
  const books = [...new Set(sheets.flatMap((sheet) => sheet.workbook ?? []))];
  return (path) => paths.has(path) || books.some((book) => path.startsWith(`${book}#`));
}

/** Rows of sheets that were not read this time look for their clips anew, sheet by sheet. */
function keptEntries(entries: LogEntry[], matcher: LogMatcher): LogEntry[] {
  const bySheet = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    const list = bySheet.get(entry.sheet);
    if (list) list.push(entry);
    else bySheet.set(entry.sheet, [entry]);
  }
  const conventions = new Map<string, Convention>(
    [...bySheet].map(([sheet, rows]) => [sheet, matcher.convention(rows)]),
  );
  return entries.map((entry) => ({ ...entry, clips: matcher.find(entry, conventions.get(entry.sheet)) }));
}

/** Gives each row its id: the row's key, and which of its likes it is. */
function idGiver(taken: Set<string>): (row: LogRow) => string {
  const likes = new Map<string, number>();
  return (row) => {
    const key = rowKey(row);
    for (let nth = (likes.get(key) ?? 0) + 1; ; nth++) {
      const id = `log-${sha256Hex(`${key}\n${nth}`).slice(0, 12)}`;
      if (taken.has(id)) continue;
      likes.set(key, nth);
      return id;
    }
  };
}

function entryOf(
  row: LogRow,
  sheet: string,
  id: string,
  find: (row: Speaking) => string[],
  rateOf: (clipId: string) => Rate | undefined,
): LogEntry {
  const clips = find(row);
  const rate = clips.map(rateOf).find(Boolean);
  const counts: Record<string, number> = {};
  const notes = row.notes.map((note): Note => {
    counts[note.kind] = (counts[note.kind] ?? 0) + 1;
    return { id: `${id}.${note.kind}${counts[note.kind]}`, ...placed(note, rate) };
  });
  return { ...row, id, sheet, notes, clips };
}

/** Seconds and labels from the clip's start become frames at the clip's rate, which a sheet does not know. */
function placed(
  { offsetSeconds, offsetLabel, ...note }: LogNote,
  rate: Rate | undefined,
): LogNote & Pick<Note, 'offset'> {
  if (offsetSeconds !== undefined && rate)
    return { ...note, offset: fromFlicks(offsetSeconds * FLICKS_PER_SECOND, rate.num, rate.den) };
  if (offsetLabel === undefined) return note;
  // An offset is a count, so nothing is dropped from it.
  const read = rate ? timecodeToFrame(offsetLabel, { ...rate, drop: false }) : null;
  if (read?.ok) return { ...note, offset: read.frame };
  // Where there is no clip the frames that were given too are kept; a label that is none is kept to be said.
  return note.offset === undefined && rate ? { ...note, timecode: offsetLabel } : note;
}

/**
 * What the log says of each clip, by clip id. Where two rows speak of one clip, the first word stands. A row of several takes
 * does not say which is which, and a remark on a file is no witness to what it is.
 */
export function logWitnesses(
  entries: LogEntry[],
  clips: Pick<Clip, 'id' | 'kind'>[] = [],
): Map<string, Witness> {
  const sounds = new Set(clips.filter((clip) => clip.kind === 'sound').map((clip) => clip.id));
  const witnesses = new Map<string, Witness>();
  for (const entry of entries) {
    if (entry.about === 'comment' || entry.clips.length === 0) continue;
    const { scene, setup, camera, reel, soundRoll, pick, soundKind } = entry;
    const take = takesOf(entry.take).length > 1 ? undefined : entry.take;
    for (const clip of entry.clips) {
      // The camera and its roll are the picture's, of which a row may name the sound file too.
      const seen = sounds.has(clip) ? {} : { camera, reel };
      const said = Object.entries({ scene, setup, take, soundRoll, pick, soundKind, ...seen }).filter(
        ([, value]) => value !== undefined,
      );
      witnesses.set(clip, { ...(Object.fromEntries(said) as Witness), ...witnesses.get(clip) });
    }
  }
  return witnesses;
}
