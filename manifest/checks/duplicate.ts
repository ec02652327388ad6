/** One file several times on the drive: which copies there are, which one stands for all, and where they contradict each other. */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { copiesIn, otherTake, proofOfAll, PROOF_WORDS, renamedCopies, type Copies } from '../duplicates.ts';
import { takeLabel } from '../identity.ts';
import { clipAt, type Check } from './check.ts';

/** Paths told in a sentence; `clips` holds all. */
const NAMED = 5;

export const duplicate: Check = {
  id: 'duplicate',
  title: 'Every file is there once',
  why: 'A take that is imported twice is logged, synced and cut twice, and nobody knows which one is in the film.',
  needs: [],
  run: (handoff) => [
    ...copiesIn(handoff).map((copies): Issue => {
      const [first, ...others] = copies.clips as [Clip, ...Clip[]];
      const named = others.slice(0, NAMED).map((clip) => clip.path);
      const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
      const where = `${first.path} is there ${times(copies.clips.length)}, also as ${named.join(', ')}${more} (${PROOF_WORDS[copies.proof]})`;
      const against = contradiction(copies);
      return {
        code: against === null ? 'duplicate' : 'duplicate-conflict',
        severity: against === null ? 'note' : 'warning',
        at: clipAt(handoff, first),
        clips: copies.clips.map((clip) => clip.path),
        message: `${where}. ${against ?? `${first.path} stands for all; the others are kept out of the project.`}`,
        fix: against === null ? fixFor(copies) : 'ask which is right, and mend the other',
      };
    }),
    ...renamedCopies(handoff).map((clips): Issue => {
      const [first, ...others] = clips as [Clip, ...Clip[]];
      const takes = others.some((clip) => otherTake(first, clip));
      const named = others.slice(0, NAMED).map((clip) => clip.path);
      const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
      return {
        code: takes ? 'duplicate-conflict' : 'duplicate-renamed',
        severity: takes ? 'warning' : 'note',
        at: clipAt(handoff, first),
        clips: clips.map((clip) => clip.path),
        message: `${first.path} is there under ${clips.length} names, also as ${named.join(', ')}${more} (${PROOF_WORDS[proofOfAll(clips)]})${takes ? ', and the names are of different takes' : ''}. Each is brought in.`,
        fix: 'ask which name is right, and take the other away or mend it',
      };
    }),
  ],
};

const times = (count: number) => (count === 2 ? 'twice' : `${count} times`);

function contradiction({ clips }: Copies): string | null {
  const first = clips[0]!;
  const other = clips.find((clip) => otherTake(first, clip));
  if (other)
    return `But ${first.path} is take ${takeLabel(first.identity)} and ${other.path} is take ${takeLabel(other.identity)}; both are brought in.`;
  const wanted = clips.find(({ pick }) => pick === 'circled' || pick === 'good');
  const rejected = clips.find(({ pick }) => pick === 'rejected');
  return wanted && rejected
    ? `But ${rejected.path} is not to be used and ${wanted.path} is ${wanted.pick}; ${first.path} stands for all.`
    : null;
}

function fixFor({ proof }: Copies): string {
  return proof === 'hash'
    ? 'nothing has to be done; the others may be taken off the drive'
    : 'prove it with baton scan --duplicates before taking any off the drive';
}
