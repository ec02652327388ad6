/** Reels that are one reel in an EDL, whose reel column holds eight characters. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { reelBase, reelKey } from '../exports/edl/reels.ts';
import type { Check } from './check.ts';

const WIDTH = 8;

export const reels: Check = {
  id: 'reel',
  title: 'Reels differ in their first eight characters',
  why: 'The online conforms by reel and timecode: two rolls under one name, and it takes whichever it finds first.',
  needs: [],
  run(handoff) {
    return [...byShortName(handoff)].flatMap(([short, full]): Issue[] => {
      if (full.size < 2) return [];
      const names = [...full.values()].map(({ name }) => name);
      const clips = [...full.values()].flatMap((each) => each.clips);
      const message = `Reels ${names.join(' and ')} are both ${short} in a CMX3600 EDL, which holds ${WIDTH} characters.`;
      return [
        {
          code: 'reel-collision',
          severity: 'warning',
          at: names[0]!,
          clips: clips.map(({ path }) => path),
          message,
          fix: 'Baton tells them apart in its own lists and writes a table beside them (or use --reels 32); agree with the online before others write theirs',
        },
      ];
    });
  },
};

/** Eight characters → the reels that begin so, by their name in capitals. */
function byShortName({ clips }: Handoff): Map<string, Map<string, { name: string; clips: Clip[] }>> {
  const found = new Map<string, Map<string, { name: string; clips: Clip[] }>>();
  for (const clip of clips) {
    const reel = clip.kind === 'sound' ? clip.identity.soundRoll : clip.identity.reel;
    if (!reel?.trim()) continue;
    const key = reelKey(reel);
    const short = reelBase(key, WIDTH);
    const full = found.get(short) ?? new Map<string, { name: string; clips: Clip[] }>();
    found.set(short, full);
    const known = full.get(key);
    if (known) known.clips.push(clip);
    else full.set(key, { name: reel.trim(), clips: [clip] });
  }
  return found;
}
