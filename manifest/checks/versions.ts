/** Versions of one thing: two that are both V02, and holes between the lowest and the highest. */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName, stem, suffix } from '../documents/paths.ts';
import { clipAt, type Check } from './check.ts';

/** `SCENE_05_V03_comp`, `title v2`: what stands before the version, its number, and what stands after it. */
const VERSION =
  /^(?<before>.*?)[_\-. ]v(?:er(?:sion)?)?[_\-. ]?(?<number>\d{1,3})(?=$|[_\-. ])(?<after>.*)$/i;

interface Versioned {
  clip: Clip;
  number: number;
}

export const versions: Check = {
  id: 'version',
  title: 'Every version is there once',
  why: 'Of two V02 one is the wrong one, and nobody can see which; a V02 that is missing may be the one that was approved.',
  needs: [],
  run(handoff) {
    return [...families(handoff.clips).values()].flatMap((family): Issue[] => {
      const issues: Issue[] = [];
      const byNumber = new Map<number, Clip[]>();
      for (const { clip, number } of family) byNumber.set(number, [...(byNumber.get(number) ?? []), clip]);
      for (const [number, clips] of byNumber) {
        const [first, second] = clips;
        // The same file twice is a copy, and has its own check.
        if (!second || clips.every((clip) => isCopyOf(clip, first!))) continue;
        const message = `${clips.map(({ path }) => path).join(' and ')} are both version ${number} of one thing.`;
        issues.push({
          code: 'version-twice',
          severity: 'warning',
          at: clipAt(handoff, second),
          clips: clips.map(({ path }) => path),
          message,
          fix: 'ask which of them counts, and give the other the next number',
        });
      }
      const numbers = [...byNumber.keys()].sort((a, b) => a - b);
      const holes = missing(numbers);
      if (holes.length > 0) {
        const newest = family.find(({ number }) => number === numbers[numbers.length - 1])!.clip;
        const message = `${newest.path} has versions ${numbers.join(', ')} beside it, and no ${holes.join(', ')}.`;
        issues.push({
          code: 'version-missing',
          severity: 'note',
          at: clipAt(handoff, newest),
          clips: family.map(({ clip }) => clip.path),
          message,
          fix: 'ask whether it was left out on purpose',
        });
      }
      return issues;
    });
  },
};

/** By root, name without version, suffix and kind: a picture and its sound may both be V03. */
function families(clips: Clip[]): Map<string, Versioned[]> {
  const found = new Map<string, Versioned[]>();
  for (const clip of clips) {
    const parts = VERSION.exec(stem(clip.path))?.groups;
    if (!parts) continue;
    const { before = '', number = '', after = '' } = parts;
    const plain = (text: string) =>
      text
        .toUpperCase()
        .replace(/[_\-. ]+/g, ' ')
        .trim();
    if (plain(before) === '') continue;
    const key = [clip.root, clip.kind, plain(before), plain(after), suffix(clip.path)].join('\n');
    const family = found.get(key);
    const one = { clip, number: Number(number) };
    if (family) family.push(one);
    else found.set(key, [one]);
  }
  return found;
}

function isCopyOf(clip: Clip, other: Clip): boolean {
  if (clip === other) return true;
  const group = ({ id, duplicateOf }: Clip) => duplicateOf?.clip ?? id;
  return (
    group(clip) === group(other) || (fileName(clip.path) === fileName(other.path) && clip.size === other.size)
  );
}

/** Numbers that are not there between the lowest and the highest; at most ten, so that V1 and V900 are no list of 898. */
function missing(numbers: number[]): string[] {
  const holes: string[] = [];
  for (const [at, number] of numbers.entries())
    for (let hole = (numbers[at - 1] ?? number) + 1; hole < number; hole++) {
      if (holes.length === 10) return [...holes, '…'];
      holes.push(`V${String(hole).padStart(2, '0')}`);
    }
  return holes;
}
