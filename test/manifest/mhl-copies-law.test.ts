/** Laws of judging copies: every path is told once at each place, and what is called proven is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { list, compare } from './mhl-copies-stage.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd/a', 'd/b', 'e/f/a', 'e/f/z');
const word = fc.constantFrom('', 'A', 'AA', 'BB', 'CC', 'DDD');
const tree = fc.dictionary(name, word, { noNullPrototype: true, maxKeys: 7 });

describe('laws', () => {
  it('every path that is there or should be is told exactly once at each place', () => {
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 3 }),
        tree,
        fc.boolean(),
        tree,
        (trees, listed, isListed, clips) => {
          const sizes = Object.fromEntries(Object.entries(clips).map(([path, text]) => [path, text.length]));
          const verdicts = compare(trees, isListed ? [list(listed)] : [], sizes);
          for (const [index, there] of trees.entries()) {
            const at = index === 0 ? 'media' : `copy${index}`;
            const told = verdicts
              .filter((each) => each.place === at)
              .flatMap(({ path, now }) => (now === undefined ? [path] : [path, now]));
            const wanted = new Set([
              ...Object.keys(there),
              ...(isListed ? Object.keys(listed) : []),
              ...Object.keys(clips),
              ...(index > 0 ? Object.keys(trees[0]!) : []),
            ]);
            expect(told.sort()).toEqual([...wanted].sort());
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('proven means: the content is what a list says, or what another place holds', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), tree, (trees, listed) => {
        for (const { place: at, path, verdict, by } of compare(trees, [list(listed)])) {
          if (verdict !== 'proven') continue;
          const index = at === 'media' ? 0 : Number(at.slice(4));
          const content = trees[index]![path]!;
          if (by === 'mhl') expect(listed[path]).toBe(content);
          else
            expect(
              trees.some((other, each) => each !== index && Object.values(other).includes(content)),
            ).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a changed file with a hash on its list is never proven', () => {
    fc.assert(
      fc.property(tree, tree, (there, listed) => {
        for (const { path, verdict } of compare([there], [list(listed)]))
          if (listed[path] && there[path] !== undefined && there[path] !== listed[path])
            expect(verdict).toBe('altered');
      }),
      { numRuns: 1000 },
    );
  });

  it('the order in which copies are named changes no verdict of a pair without lists that agree', () => {
    fc.assert(
      fc.property(tree, (one) => {
        const verdicts = compare([one, { ...one }, { ...one }]);
        const told = verdicts.filter(({ verdict }) => verdict !== 'proven');
        expect(told).toEqual([]);
      }),
    );
  });
});
