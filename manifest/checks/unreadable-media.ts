/** Media whose header could not be read at scan: empty, cut short, or something else by that name. */
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

export const unreadableMedia: Check = {
  id: 'media-unreadable',
  title: 'Every file can be read',
  why: 'A copy that broke off looks like a clip until an editor opens it.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip): Issue[] =>
      clip.problem
        ? [
            {
              code: 'media-unreadable',
              severity: 'error',
              at: clipAt(handoff, clip),
              clips: [clip.path],
              message: `${clip.path}: ${clip.problem.message} (${clip.problem.code}).`,
              fix: 'copy it again from the original',
            },
          ]
        : [],
    ),
};
