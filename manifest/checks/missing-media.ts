/** Media that the manifest lists and the drive does not hold, or holds with another size. */
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

export const missingMedia: Check = {
  id: 'media-missing',
  title: 'Every file of the handoff is there',
  why: 'A file that was never copied is found now, not on the day of the mix.',
  needs: ['disk'],
  run(handoff, { disk }) {
    return handoff.clips.flatMap((clip): Issue[] => {
      const fact = disk?.[clip.id];
      if (!fact || fact.size === clip.size) return [];
      const at = clipAt(handoff, clip);
      if (fact.size === null)
        return [
          {
            code: 'media-missing',
            severity: 'error',
            at,
            clips: [clip.path],
            message: `${clip.path} is in the manifest and not on the drive (root "${clip.root}").`,
            fix: 'copy it again from the camera original, or scan again if it was moved',
          },
        ];
      return [
        {
          code: 'media-changed',
          severity: 'error',
          at,
          clips: [clip.path],
          message: `${clip.path} is ${fact.size} bytes and was ${clip.size} when it was scanned.`,
          fix: 'compare it with the original; scan again if the change was meant',
        },
      ];
    });
  },
};
