/** The log against the clips: rows with no clip, clips with no row, two rows for one clip. */
import type { Clip, Handoff, LogEntry } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { takeLabel } from '../identity.ts';
import { clipAt, type Check } from './check.ts';

function rowAt(entry: LogEntry): string {
  return `${entry.sheet} row ${entry.row}`;
}

function rowName(entry: LogEntry): string {
  const take = takeLabel(entry) || entry.soundKind || '';
  return [take && `take ${take}`, entry.file].filter(Boolean).join(', ') || 'nothing it names';
}

function orphanRows(handoff: Handoff): Issue[] {
  return handoff.log.entries.flatMap((entry): Issue[] => {
    const says = entry.file || entry.take || entry.soundKind === 'wild';
    if (entry.clips.length > 0 || !says) return [];
    const at = rowAt(entry);
    const message = `${at} speaks of ${rowName(entry)}, and no such clip is in the handoff.`;
    const fix = 'look for the missing file, or correct scene, take and camera in the row';
    return [{ code: 'log-row-no-clip', severity: 'warning', at, clips: [], message, fix }];
  });
}

/** Takes are logged; B-roll, rejects and clips that no name places are not asked for. */
function expectsRow(clip: Clip): boolean {
  return (
    clip.kind === 'picture' &&
    !clip.broll &&
    clip.pick !== 'rejected' &&
    !!(clip.identity.scene && clip.identity.take)
  );
}

function unloggedClips(handoff: Handoff): Issue[] {
  const logged = new Set(handoff.log.entries.flatMap((entry) => entry.clips));
  return handoff.clips.flatMap((clip): Issue[] => {
    if (!expectsRow(clip) || logged.has(clip.id)) return [];
    const at = clipAt(handoff, clip);
    const message = `${clip.path} (take ${takeLabel(clip.identity)}) has no row in the log.`;
    const fix = 'add a row for it, or say that it was not meant to be kept';
    return [{ code: 'log-clip-no-row', severity: 'warning', at, clips: [clip.path], message, fix }];
  });
}

function doubledRows(handoff: Handoff): Issue[] {
  const first = new Map<string, LogEntry>();
  const paths = new Map(handoff.clips.map((clip) => [clip.id, clip.path]));
  return handoff.log.entries.flatMap((entry) =>
    entry.clips.flatMap((clip): Issue[] => {
      const earlier = first.get(clip);
      if (!earlier) {
        first.set(clip, entry);
        return [];
      }
      const path = paths.get(clip) ?? clip;
      const at = rowAt(entry);
      const message = `${at} and ${rowAt(earlier)} both speak of ${path}; notes of both are kept, and the first row's marks count.`;
      return [
        { code: 'log-row-twice', severity: 'warning', at, clips: [path], message, fix: 'join the two rows' },
      ];
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
      : [...orphanRows(handoff), ...unloggedClips(handoff), ...doubledRows(handoff)],
};
