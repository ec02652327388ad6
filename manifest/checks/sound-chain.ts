/** Recordings that a recorder cut into several files, with a hole between two of them. */
import type { Issue } from '../documents/issue.ts';
import { groupSounds } from '../sync/candidates.ts';
import { soundGaps } from '../sync/chain.ts';
import { clipAt, type Check } from './check.ts';

export const soundChain: Check = {
  id: 'sound-chain',
  title: 'A recording in several files has no hole',
  why: 'What was said while the recorder changed files is on no file.',
  needs: [],
  run(handoff) {
    const sounds = handoff.clips.filter((clip) => clip.kind === 'sound');
    return soundGaps(groupSounds(sounds)).map(({ before, after, samples }): Issue => {
      const rate = before.tech.sampleRate!;
      const tenths = Math.round((samples * 10) / rate);
      return {
        code: 'sound-chain-gap',
        severity: 'warning',
        at: clipAt(handoff, after),
        clips: [before.path, after.path],
        message: `${after.path} goes on from ${before.path}, and ${samples} samples (${Math.floor(tenths / 10)}.${tenths % 10} s) are missing between them; sync takes them for two sounds.`,
        fix: 'look for a file that was not copied, or a second recorder that has the stretch',
      };
    });
  },
};
