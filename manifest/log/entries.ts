/** Log sheets → log entries: ids that survive a sorted or corrected sheet, and the clips each row speaks of. */
import type { Handoff, LogEntry, Note, Witness } from '../documents/handoff.ts';
import type { LogRow, LogSheet } from '../documents/log.ts';
import { fileName } from '../documents/paths.ts';
import { sha256Hex } from '../canonical.ts';
import { comparable } from '../identity.ts';
import { fromFlicks, FLICKS_PER_SECOND } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import { LogMatcher, type Matchable } from './match.ts';

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
  ]);
}

/**
 * The log as it is now: sheets that were read again replace what they said before, others keep their word, and every row
 * looks for its clips anew. `rateOf` gives a clip's rate, at which offsets in seconds become frames.
 */
export function logEntries(
  known: Handoff['log'],
  sheets: LogSheet[],
  clips: Matchable[],
  rateOf: (clipId: string) => Rate | undefined,
): Handoff['log'] {
  const matcher = new LogMatcher(clips);
  const readAgain = new Set(sheets.map((sheet) => sheet.path));
  const kept = known.entries
    .filter((entry) => !readAgain.has(entry.sheet))
    .map((entry) => ({ ...entry, clips: matcher.find(entry) }));
  const giveId = idGiver(new Set(kept.map((entry) => entry.id)));
  const fresh = sheets.flatMap((sheet) =>
    sheet.rows.map((row) => entryOf(row, sheet.path, giveId(row), matcher, rateOf)),
  );
  return {
    ...known,
    sheets: [
      ...known.sheets.filter((sheet) => !readAgain.has(sheet.path)),
      ...sheets.map(({ path, reader, rows, issues }) => ({
        path,
        reader,
        rows: rows.length,
        ...(issues && issues.length > 0 ? { issues } : {}),
      })),
    ],
    entries: [...kept, ...fresh],
  };
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
  matcher: LogMatcher,
  rateOf: (clipId: string) => Rate | undefined,
): LogEntry {
  const clips = matcher.find(row);
  const rate = clips.map(rateOf).find(Boolean);
  const counts: Record<string, number> = {};
  const notes = row.notes.map(({ offsetSeconds, ...note }): Note => {
    counts[note.kind] = (counts[note.kind] ?? 0) + 1;
    const offset =
      offsetSeconds === undefined || !rate
        ? {}
        : { offset: fromFlicks(offsetSeconds * FLICKS_PER_SECOND, rate.num, rate.den) };
    return { id: `${id}.${note.kind}${counts[note.kind]}`, ...note, ...offset };
  });
  return { ...row, id, sheet, notes, clips };
}

/** What the log says of each clip, by clip id. Where two rows speak of one clip, the first word stands. */
export function logWitnesses(entries: LogEntry[]): Map<string, Witness> {
  const witnesses = new Map<string, Witness>();
  for (const entry of entries)
    for (const clip of entry.clips) {
      const { scene, setup, take, camera, reel, soundRoll, pick, soundKind } = entry;
      const said = Object.entries({ scene, setup, take, camera, reel, soundRoll, pick, soundKind }).filter(
        ([, value]) => value !== undefined,
      );
      witnesses.set(clip, { ...(Object.fromEntries(said) as Witness), ...witnesses.get(clip) });
    }
  return witnesses;
}
