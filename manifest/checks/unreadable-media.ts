/** Media whose header could not be read at scan (empty, cut short, something else by that name), or says odd things. */
import { isUnusable } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

/** Problems that are not the file's. */
const FIXES: Record<string, string> = {
  'needs-ffprobe': 'install ffmpeg, or set FFPROBE_PATH to an ffprobe, then scan again',
  'not-read': 'scan again',
  misnamed: 'give it the suffix of what it is, then scan again',
};

export const unreadableMedia: Check = {
  id: 'media-unreadable',
  title: 'Every file can be read',
  why: 'A copy that broke off looks like a clip until an editor opens it.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip): Issue[] => {
      if (!clip.problem) return [];
      const unusable = isUnusable(clip);
      return [
        {
          code: unusable ? 'media-unreadable' : `media-${clip.problem.code}`,
          severity: unusable ? 'error' : 'warning',
          at: clipAt(handoff, clip),
          clips: [clip.path],
          message: `${clip.path}: ${clip.problem.message}.`,
          fix: unusable
            ? 'copy it again from the original, then scan again'
            : (FIXES[clip.problem.code] ?? 'ask the camera department how it was recorded'),
        },
      ];
    }),
};
