/** Picture and sound that carry no timecode, so that nothing can be compared. */
import { isUnusable, type Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

/** MOS and B-roll need no sound, wild tracks no picture; what is broken or rejected has its own word. */
function needsTimecode(clip: Clip): boolean {
  if (isUnusable(clip) || clip.pick === 'rejected' || clip.broll) return false;
  if (clip.kind === 'picture') return clip.soundKind !== 'mos';
  return clip.kind === 'sound' && clip.soundKind !== 'wild';
}

export const noTimecode: Check = {
  id: 'no-timecode',
  title: 'Picture and sound carry timecode',
  why: 'Without it, sound is laid by ear, take by take.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip): Issue[] => {
      const has = clip.kind === 'picture' ? clip.tech.startTc : clip.tech.startSamples;
      if (!needsTimecode(clip) || has !== undefined) return [];
      const what = clip.kind === 'picture' ? 'timecode track' : 'time reference (bext or iXML)';
      return [
        {
          code: 'no-timecode',
          severity: 'warning',
          at: clipAt(handoff, clip),
          clips: [clip.path],
          message: `${clip.path} has no ${what}; its sync cannot be checked.`,
          fix: 'sync it by the slate, or ask the camera or sound department for a file with timecode',
        },
      ];
    }),
};
