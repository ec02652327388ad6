/** Sidecars that say other than the media they lie beside: one of the two belongs to another clip, or was written by hand. */
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

const WORDS: Record<string, string> = {
  startTc: 'start timecode',
  rate: 'frame rate',
  durationFrames: 'length in frames',
  recordedOn: 'day of recording',
};

export const sidecar: Check = {
  id: 'sidecar',
  title: 'Sidecars agree with their media',
  why: 'A sidecar of another clip brings that clip’s timecode, scene and take.',
  needs: [],
  run(handoff) {
    return handoff.clips.flatMap((clip) =>
      (clip.disagreements ?? []).map(({ field, counts, other, from }): Issue => ({
        code: 'sidecar-disagrees',
        severity: 'warning',
        at: clipAt(handoff, clip),
        clips: [clip.path],
        message: `${from} says ${WORDS[field] ?? field} ${other}, and ${clip.path} itself ${counts}; its own word counts.`,
        fix: 'see whether the file belongs to this clip',
      })),
    );
  },
};
