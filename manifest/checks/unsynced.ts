/** Picture whose sound is not there or does not fit, and sound that belongs to no picture, by comparing timecode. */
import { isUnusable, type Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { isUnsynced, type SyncVerdict, type SyncWord } from '../documents/sync.ts';
import { sync } from '../sync.ts';
import { clipAt, type Check } from './check.ts';

const FIXES: Partial<Record<SyncWord, string>> = {
  'no-sound': 'find the sound file, or mark the take MOS in the log',
  'rate-mismatch': 'ask which rate was meant; one of the two machines was set differently',
  ambiguous: 'say in the log or the file name which sound belongs to the take',
  partial: 'look for the rest of the sound, or live with what is there',
  'no-overlap': 'sync it by the slate, and tell the sound department about the clock',
  orphan: 'say in the log or the name which take it belongs to, or mark it as a wild track',
};

/** `no-timecode` has a check of its own; rejected takes and B-roll are not synced. */
function matters(clip: Clip, verdict: SyncVerdict): boolean {
  return (
    isUnsynced(verdict.verdict) &&
    verdict.verdict !== 'no-timecode' &&
    clip.pick !== 'rejected' &&
    !clip.broll
  );
}

export const unsynced: Check = {
  id: 'unsynced',
  title: 'Every picture has its sound, in sync by timecode',
  why: 'Sound that does not fit is better flagged than laid by guess.',
  needs: [],
  run(handoff) {
    const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
    return sync(handoff).flatMap((verdict): Issue[] => {
      const clip = clips.get(verdict.clipId)!;
      if (isUnusable(clip) || !matters(clip, verdict)) return [];
      const fix = FIXES[verdict.verdict];
      return [
        {
          code: `unsynced-${verdict.verdict}`,
          severity: 'warning',
          at: clipAt(handoff, clip),
          clips: [clip.path, ...verdict.sound],
          message: `${clip.path}: ${verdict.reason}`,
          ...(fix ? { fix } : {}),
        },
      ];
    });
  },
};
