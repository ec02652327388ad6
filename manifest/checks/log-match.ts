/** The log against the clips: rows with no clip, clips with no row, two rows for one clip, sheets that disagree. */
import type { Clip, Handoff, LogEntry } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { comparable, takeLabel } from '../identity.ts';
import { placeLabels } from '../log/match.ts';
import { takesOf, takeWord } from '../log/take.ts';
import { clipAt, type Check } from './check.ts';

function rowAt(entry: LogEntry): string {
  return `${entry.sheet} row ${entry.row}`;
}

function rowName(entry: LogEntry): string {
  const take = takeLabel(entry) || entry.soundKind || '';
  const what = takesOf(entry.take).length > 1 ? 'takes' : 'take';
  return (
    [take && `${what} ${take}`, entry.file ?? entry.soundFile].filter(Boolean).join(', ') ||
    'nothing it names'
  );
}

/** Remarks on one file are said together: a screening brings hundreds of them. */
function orphanRows(handoff: Handoff): Issue[] {
  const remarks = new Map<string, LogEntry[]>();
  const issues = handoff.log.entries.flatMap((entry): Issue[] => {
    const says = entry.file || entry.soundFile || entry.take || entry.soundKind === 'wild';
    if (entry.clips.length > 0 || !says || entry.about === 'nothing') return [];
    if (entry.about === 'comment') {
      const key = `${entry.sheet}\n${entry.file ?? ''}`;
      remarks.set(key, [...(remarks.get(key) ?? []), entry]);
      return [];
    }
    const at = rowAt(entry);
    const message = `${at} speaks of ${rowName(entry)}, and no such clip is in the handoff.`;
    const fix = 'look for the missing file, or correct scene, take and camera in the row';
    return [{ code: 'log-row-no-clip', severity: 'warning', at, clips: [], message, fix }];
  });
  for (const [first, ...more] of remarks.values()) {
    const at = rowAt(first!);
    const count = more.length === 0 ? `${at} is a remark` : `${at} and ${more.length} more are remarks`;
    const message = `${count} on ${rowName(first!)}, and no such clip is in the handoff.`;
    const fix = 'name the clip in the sheet as the file is named; remarks on a cut belong to the cut';
    issues.push({ code: 'log-row-no-clip', severity: 'warning', at, clips: [], message, fix });
  }
  return issues;
}

/** Takes are logged; B-roll, rejects and clips that no name places are not asked for. */
function expectsRow(clip: Clip): boolean {
  return !clip.broll && clip.pick !== 'rejected' && !!(clip.identity.scene && clip.identity.take);
}

/** Pictures are asked for where a log speaks of takes or pictures, sounds where a report speaks of their roll. */
function unloggedClips(handoff: Handoff): Issue[] {
  const { entries } = handoff.log;
  const logged = new Set(entries.flatMap((entry) => (entry.about === 'comment' ? [] : entry.clips)));
  const pictures = entries.some((entry) => entry.about === undefined || entry.about === 'picture');
  const rolls = new Set(
    entries.flatMap((entry) =>
      entry.about === 'sound' && entry.soundRoll ? [comparable(entry.soundRoll)] : [],
    ),
  );
  return handoff.clips.flatMap((clip): Issue[] => {
    const { soundRoll } = clip.identity;
    const asked =
      clip.kind === 'picture'
        ? pictures
        : clip.kind === 'sound' && !!soundRoll && rolls.has(comparable(soundRoll));
    if (!asked || !expectsRow(clip) || logged.has(clip.id)) return [];
    const at = clipAt(handoff, clip);
    const where = clip.kind === 'sound' ? `the report of roll ${soundRoll}` : 'the log';
    const message = `${clip.path} (take ${takeLabel(clip.identity)}) has no row in ${where}.`;
    const fix = 'add a row for it, or say that it was not meant to be kept';
    return [{ code: 'log-clip-no-row', severity: 'warning', at, clips: [clip.path], message, fix }];
  });
}

/**
 * Two rows of one sheet for one clip. Rows of several sheets are not: the script, the camera and the sound recordist each write one.
 * Nor are two rows that name two sound files of one recording, as a report of mono files or of two recorders does.
 */
function doubledRows(handoff: Handoff): Issue[] {
  const first = new Map<string, LogEntry>();
  const paths = new Map(handoff.clips.map((clip) => [clip.id, clip.path]));
  return handoff.log.entries.flatMap((entry) => {
    if (entry.about === 'comment') return [];
    const issues = entry.clips.flatMap((clip): Issue[] => {
      const key = `${entry.sheet}\n${clip}`;
      const earlier = first.get(key);
      if (!earlier) {
        first.set(key, entry);
        return [];
      }
      if (entry.about === 'sound' && entry.file && earlier.file && entry.file !== earlier.file) return [];
      const path = paths.get(clip) ?? clip;
      const at = rowAt(entry);
      const message = `${at} and ${rowAt(earlier)} both speak of ${path}; notes of both are kept, and the first row's marks count.`;
      const fix = 'join the two rows';
      return [{ code: 'log-row-twice', severity: 'warning', at, clips: [path], message, fix }];
    });
    return issues;
  });
}

const PICKED = new Set(['circled', 'good']);

/** What one sheet says of a clip and another denies. */
function contradiction(a: LogEntry, b: LogEntry): string | null {
  const [here, there] = [placeLabels(a), placeLabels(b)];
  // `72` with setup `A` is `72A`, and a British slate stands beside its scene: only labels that share nothing are at odds.
  if (here.length > 0 && there.length > 0 && !here.some((label) => there.includes(label)))
    return `scene ${a.scene ?? a.setup}, the other scene ${b.scene ?? b.setup}`;
  const single = takesOf(a.take).length === 1 && takesOf(b.take).length === 1;
  if (single && takeWord(a.take!) !== takeWord(b.take!)) return `take ${a.take}, the other take ${b.take}`;
  const [one, two] = [a.pick ?? '', b.pick ?? ''];
  if ((PICKED.has(one) && two === 'rejected') || (PICKED.has(two) && one === 'rejected'))
    return `${one}, the other ${two}`;
  return null;
}

function disagreements(handoff: Handoff): Issue[] {
  const first = new Map<string, LogEntry>();
  const paths = new Map(handoff.clips.map((clip) => [clip.id, clip.path]));
  return handoff.log.entries.flatMap((entry) => {
    if (entry.about === 'comment') return [];
    for (const clip of entry.clips) {
      const earlier = first.get(clip);
      if (!earlier) first.set(clip, entry);
      const against = earlier && earlier.sheet !== entry.sheet ? contradiction(earlier, entry) : null;
      if (!against) continue;
      const at = rowAt(entry);
      const path = paths.get(clip) ?? clip;
      const message = `${rowAt(earlier!)} and ${at} do not agree about ${path}: the first says ${against}. The first counts.`;
      const fix = 'ask who was right, then mend the other sheet';
      return [{ code: 'log-rows-disagree', severity: 'warning' as const, at, clips: [path], message, fix }];
    }
    return [];
  });
}

/** The same remarks about the same clips in two sheets: one of them is a copy, and every note stands twice. */
function copiedSheets(handoff: Handoff): Issue[] {
  const bySheet = new Map<string, Set<string>>();
  for (const entry of handoff.log.entries)
    for (const note of entry.notes) {
      const said = bySheet.get(entry.sheet) ?? new Set();
      for (const clip of entry.clips) said.add(`${clip}\n${note.text}`);
      bySheet.set(entry.sheet, said);
    }
  const sheets = [...bySheet];
  return sheets.flatMap(([sheet, said], at) =>
    sheets.slice(0, at).flatMap(([earlier, before]): Issue[] => {
      const both = [...said].filter((note) => before.has(note)).length;
      if (both < 2 || both * 2 < Math.min(said.size, before.size)) return [];
      const message = `${sheet} and ${earlier} say the same ${both} times of the same clips; each of these notes stands twice.`;
      const fix = 'keep one of the two sheets on the drive, or name it with --log';
      return [{ code: 'log-sheet-twice', severity: 'warning', at: sheet, clips: [], message, fix }];
    }),
  );
}

export const logMatch: Check = {
  id: 'log',
  title: 'The log and the clips agree',
  why: 'A row with no clip is a take that did not arrive; a clip with no row is one nobody chose.',
  needs: [],
  run: (handoff) =>
    handoff.log.entries.length === 0
      ? []
      : [
          ...orphanRows(handoff),
          ...unloggedClips(handoff),
          ...doubledRows(handoff),
          ...disagreements(handoff),
          ...copiedSheets(handoff),
        ],
};
