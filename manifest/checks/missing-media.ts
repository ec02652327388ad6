/** Media that the manifest lists and the drive does not hold, or holds with another size. */
import type { Issue } from '../documents/issue.ts';
import { received, type Expectation } from '../received.ts';
import { clipAt, type Check } from './check.ts';

/** Who else than the manifest expects it, in a sentence. */
function alsoNamed(expected: Expectation[]): string {
  const others = expected.filter(({ by }) => by !== 'manifest').map(({ from }) => from);
  if (others.length === 0) return '';
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return ` ${others.slice(0, 3).join(', ')}${more} ${others.length === 1 ? 'names' : 'name'} it too.`;
}

export const missingMedia: Check = {
  id: 'media-missing',
  title: 'Every file of the handoff is there',
  why: 'A file that was never copied is found now, not on the day of the mix.',
  needs: ['disk'],
  run(handoff, facts) {
    const { disk } = facts;
    const gone = handoff.clips.some((clip) => disk?.[clip.id]?.size === null);
    const answer = gone ? received(handoff, facts) : null;
    const expected = new Map(answer?.missing.map((item) => [item.clip, item.expected]));
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
            message: `${clip.path} is in the manifest and not on the drive (root "${clip.root}").${alsoNamed(expected.get(clip.id) ?? [])}`,
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
