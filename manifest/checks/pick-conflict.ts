/** A take that one witness wants and another forbids. */
import type { Issue } from '../documents/issue.ts';
import { clipAt, type Check } from './check.ts';

export const pickConflict: Check = {
  id: 'pick-conflict',
  title: 'Nobody circled a take that must not be used',
  why: 'Either the take of the day lands among the rejects, or a reject lands in the film.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip): Issue[] => {
      const { name, log, media } = clip.witnesses ?? {};
      const wanted = [log?.pick, media?.pick].some((pick) => pick === 'circled' || pick === 'good');
      if (name?.pick !== 'rejected' || !wanted) return [];
      return [
        {
          code: 'pick-conflict',
          severity: 'warning',
          at: clipAt(handoff, clip),
          clips: [clip.path],
          message: `${clip.path} is named as not to be used, and ${log?.pick ? 'the log' : 'its own metadata'} circles it; it is treated as rejected.`,
          fix: 'ask who was right, then mend the name or the log',
        },
      ];
    }),
};
