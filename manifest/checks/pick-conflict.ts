/** A take that one witness wants and another forbids. Where they disagree about more than that, the check `witness` says it all at once. */
import type { Issue } from '../documents/issue.ts';
import { contradictions, WITNESSES } from '../witnesses.ts';
import { clipAt, type Check } from './check.ts';

const SAID = {
  log: { rejected: 'the log rejects it', wanted: 'the log circles it' },
  media: { rejected: 'its own metadata rejects it', wanted: 'its own metadata circles it' },
  name: { rejected: 'it is named as not to be used', wanted: 'its name picks it' },
};

export const pickConflict: Check = {
  id: 'pick-conflict',
  title: 'Nobody circled a take that must not be used',
  why: 'Either the take of the day lands among the rejects, or a reject lands in the film.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip): Issue[] => {
      const [pick, ...more] = contradictions(clip);
      if (pick?.field !== 'pick' || more.length > 0) return [];
      const words = WITNESSES.flatMap((name) => {
        const says = pick.says[name];
        return says === undefined ? [] : [SAID[name][says === 'rejected' ? 'rejected' : 'wanted']];
      });
      return [
        {
          code: 'pick-conflict',
          severity: 'warning',
          at: clipAt(handoff, clip),
          clips: [clip.path],
          message: `${clip.path}: ${words.join(', ')}; it is treated as ${pick.counts}.`,
          fix: 'ask who was right, then mend the name or the log',
        },
      ];
    }),
};
