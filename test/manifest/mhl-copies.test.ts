import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherEvidence, type FoundList } from '../../manifest/mhl/evidence.ts';
import type { HashAction, MhlFile } from '../../manifest/mhl/mhl.ts';
import {
  countVerdicts,
  judge,
  type FileVerdict,
  type Place,
  type Readings,
  type RootCase,
} from '../../manifest/verify.ts';
import { planReading } from '../../manifest/verify/reading.ts';

/** Content by path: a file's bytes are its word, its digest too. */
type Tree = Record<string, string>;

const digest = (word: string) => Buffer.from(word).toString('hex').padStart(16, '0').slice(-16);

function place(name: string, tree: Tree, more: Partial<Place> = {}): Place {
  return {
    name,
    files: new Map(
      Object.entries(tree).map(([path, word]) => [path, { size: word.length, identity: `${name}:${path}` }]),
    ),
    unreadable: new Map(),
    ...more,
  };
}

interface ListWords {
  name?: string;
  folder?: string;
  generation?: number;
  legacy?: boolean;
  ignore?: string[];
  action?: HashAction;
  previous?: Record<string, string>;
  algorithm?: 'xxh64' | 'md5';
  sizes?: boolean;
}

function list(tree: Tree, words: ListWords = {}): FoundList {
  const {
    name = '0001.mhl',
    folder = '',
    generation = 1,
    legacy = false,
    ignore = [],
    action = 'original',
    previous = {},
    algorithm = 'xxh64',
    sizes = true,
  } = words;
  const files = Object.entries(tree).map(([path, word]): MhlFile => ({
    path,
    ...(sizes ? { size: word.length } : {}),
    hashes: word === '' ? [] : [{ algorithm, digest: digest(word), action }],
    unknown: word === '' ? ['null'] : [],
    ...(previous[path] ? { previousPath: previous[path] } : {}),
  }));
  const document = {
    version: legacy ? '1.1' : '2.0',
    legacy,
    creator: {},
    ignore,
    files,
    folders: [],
    references: [],
  };
  return { name, folder, generation, c4: name, document };
}

function caseOf(
  places: Place[],
  lists: FoundList[] = [],
  clips: Record<string, number | null> = {},
): RootCase {
  const { evidence } = gatherEvidence(lists);
  return { root: 'media', places, clips: new Map(Object.entries(clips)), evidence };
}

/** Reads what the plan asks for and nothing else, as the disk would answer. */
function judged(root: RootCase, trees: Tree[]): FileVerdict[] {
  const read = new Map(
    planReading(root, { algorithm: 'xxh64' }).map(({ place: at, path, algorithms }) => [
      `${at}\n${path}`,
      { digests: Object.fromEntries(algorithms.map((each) => [each, digest(trees[at]![path]!)])) },
    ]),
  );
  const readings: Readings = (at, path) => read.get(`${at}\n${path}`);
  return judge(root, readings);
}

function compare(trees: Tree[], lists: FoundList[] = [], clips: Record<string, number | null> = {}) {
  const root = caseOf(
    trees.map((tree, index) => place(index === 0 ? 'media' : `copy${index}`, tree)),
    lists,
    clips,
  );
  return judged(root, trees);
}
const brief = (verdicts: FileVerdict[]) =>
  verdicts.map(({ place: at, path, verdict }) => `${at} ${path} ${verdict}`);

describe('two copies without a list', () => {
  it('the same content proves both', () => {
    const verdicts = compare([
      { 'a.mov': 'A', 'b.mov': 'B' },
      { 'a.mov': 'A', 'b.mov': 'B' },
    ]);
    expect(countVerdicts(verdicts).proven).toBe(4);
    expect(verdicts.every(({ by }) => by === 'copy')).toBe(true);
  });

  it('different content alters both: nobody says which is right', () => {
    expect(brief(compare([{ 'a.mov': 'A' }, { 'a.mov': 'X' }]))).toEqual([
      'media a.mov altered',
      'copy1 a.mov altered',
    ]);
  });

  it('a third copy that agrees is named, and no side is taken', () => {
    const verdicts = compare([{ 'a.mov': 'A' }, { 'a.mov': 'A' }, { 'a.mov': 'X' }]);
    expect(brief(verdicts)).toEqual(['media a.mov altered', 'copy1 a.mov altered', 'copy2 a.mov altered']);
    expect(verdicts[0]!.reason).toContain('though the same in copy1');
  });

  it('missing, extra and renamed are told apart', () => {
    const verdicts = compare([
      { 'a.mov': 'AA', 'b.mov': 'BB', 'c.mov': 'CC' },
      { 'a.mov': 'AA', 'x/b2.mov': 'BB', 'new.mov': 'NN' },
    ]);
    expect(brief(verdicts)).toEqual([
      'media a.mov proven',
      'media b.mov proven',
      'media c.mov unverified',
      'copy1 a.mov proven',
      'copy1 b.mov renamed',
      'copy1 c.mov missing',
      'copy1 new.mov extra',
    ]);
    expect(verdicts.find(({ verdict }) => verdict === 'renamed')!.now).toBe('x/b2.mov');
  });

  it('a file moved to another folder under its own name is taken before one of another name', () => {
    const verdicts = compare([{ '1/a.mov': 'AA' }, { '2/z.mov': 'AA', '3/a.mov': 'AA' }]);
    expect(brief(verdicts)).toEqual(['media 1/a.mov proven', 'copy1 1/a.mov renamed', 'copy1 2/z.mov extra']);
    expect(verdicts[1]!.now).toBe('3/a.mov');
  });

  it('an empty file is never another empty file under a new name', () => {
    expect(brief(compare([{ 'a.lock': '' }, { 'b.lock': '' }]))).toEqual([
      'media a.lock unverified',
      'copy1 a.lock missing',
      'copy1 b.lock extra',
    ]);
  });

  it('the same file reached twice is no copy', () => {
    const tree = { 'a.mov': 'A' };
    const one = place('media', tree);
    const [first, second] = judged(caseOf([one, { ...one, name: 'copy1' }]), [tree, tree]);
    expect([first!.verdict, second!.verdict]).toEqual(['unverified', 'unverified']);
    expect(second!.reason).toContain('the very file');
  });

  it('not even with a list that fits', () => {
    const tree = { 'a.mov': 'A' };
    const one = place('media', tree);
    const verdicts = judged(caseOf([one, { ...one, name: 'copy1' }], [list(tree)]), [tree, tree]);
    expect(brief(verdicts)).toEqual(['media a.mov proven', 'copy1 a.mov unverified']);
  });
});

describe('against lists', () => {
  const tree = { 'a.mov': 'AA', 'b.mov': 'BB' };

  it('a file that no list and no copy proves is unverified, never passed over', () => {
    expect(brief(compare([tree], [list({ 'a.mov': 'AA' })], { 'a.mov': 2, 'b.mov': 2 }))).toEqual([
      'media a.mov proven',
      'media b.mov unverified',
    ]);
  });

  it('a file that neither the list nor the manifest names is extra', () => {
    expect(brief(compare([tree], [list({ 'a.mov': 'AA' })], { 'a.mov': 2 }))).toEqual([
      'media a.mov proven',
      'media b.mov extra',
    ]);
  });

  it('with a list it is known which copy is the wrong one', () => {
    const verdicts = compare([tree, { 'a.mov': 'AA', 'b.mov': 'XX' }], [list(tree)]);
    expect(brief(verdicts)).toEqual([
      'media a.mov proven',
      'media b.mov proven',
      'copy1 a.mov proven',
      'copy1 b.mov altered',
    ]);
  });

  it('a list entry without a hash proves nothing', () => {
    const verdicts = compare([{ 'a.mov': '' }], [list({ 'a.mov': '' })]);
    expect(brief(verdicts)).toEqual(['media a.mov unverified']);
    expect(verdicts[0]!.reason).toContain('null');
  });

  it('another size is altered without a byte being read', () => {
    const root = caseOf([place('media', { 'a.mov': 'AAA' })], [list({ 'a.mov': 'AA' })]);
    expect(planReading(root, { algorithm: 'xxh64' })).toEqual([]);
    expect(brief(judge(root, () => undefined))).toEqual(['media a.mov altered']);
  });

  it('two lists that contradict each other are said, and no file fits both', () => {
    const lists = [
      list({ 'a.mov': 'AA' }, { name: '1.mhl' }),
      list({ 'a.mov': 'XX' }, { name: '2.mhl', generation: 2 }),
    ];
    expect(gatherEvidence(lists).issues.map(({ code }) => code)).toEqual(['mhl-conflict']);
    expect(brief(compare([{ 'a.mov': 'AA' }], lists))).toEqual(['media a.mov altered']);
    expect(brief(compare([{ 'a.mov': 'XX' }], lists))).toEqual(['media a.mov altered']);
  });

  it('a hash that failed is no evidence', () => {
    const failed = list({ 'a.mov': 'XX' }, { generation: 2, action: 'failed' });
    expect(brief(compare([{ 'a.mov': 'AA' }], [list({ 'a.mov': 'AA' }), failed]))).toEqual([
      'media a.mov proven',
    ]);
    expect(brief(compare([{ 'a.mov': 'XX' }], [failed]))).toEqual(['media a.mov unverified']);
  });

  it('every algorithm that the lists give is read, in one go', () => {
    const lists = [
      list({ 'a.mov': 'AA' }, { algorithm: 'md5' }),
      list({ 'a.mov': 'AA' }, { generation: 2, action: 'verified' }),
    ];
    const root = caseOf([place('media', { 'a.mov': 'AA' })], lists);
    expect(planReading(root, { algorithm: 'xxh64' })).toEqual([
      { place: 0, path: 'a.mov', algorithms: ['md5', 'xxh64'] },
    ]);
  });

  it('a later generation that says where a file was before moves the expectation along', () => {
    const lists = [
      list({ 'old.mov': 'AA' }),
      list({ 'new.mov': 'AA' }, { generation: 2, action: 'verified', previous: { 'new.mov': 'old.mov' } }),
    ];
    expect(brief(compare([{ 'new.mov': 'AA' }], lists))).toEqual(['media new.mov proven']);
  });

  it('a list in a folder speaks of that folder', () => {
    const inner = list({ 'x.mov': 'XX' }, { folder: 'A001' });
    expect(brief(compare([{ 'A001/x.mov': 'XX', 'A001/y.mov': 'YY', 'z.mov': 'ZZ' }], [inner]))).toEqual([
      'media A001/x.mov proven',
      'media A001/y.mov extra',
      'media z.mov unverified',
    ]);
  });

  it('a legacy list names everything in the folders it speaks of, and nothing of the others', () => {
    const legacy = list({ 'A001/x.mov': 'XX' }, { legacy: true, generation: 0 });
    expect(brief(compare([{ 'A001/x.mov': 'XX', 'A001/y.mov': 'YY', 'B/z.mov': 'ZZ' }], [legacy]))).toEqual([
      'media A001/x.mov proven',
      'media A001/y.mov extra',
      'media B/z.mov unverified',
    ]);
  });

  it('a renamed file is found by the hash its list gives', () => {
    expect(brief(compare([{ 'z.mov': 'AA' }], [list({ 'a.mov': 'AA' })]))).toEqual(['media a.mov renamed']);
    expect(brief(compare([{ 'z.mov': 'AA' }], [list({ 'a.mov': 'AA' }, { sizes: false })]))).toEqual([
      'media a.mov renamed',
    ]);
    expect(brief(compare([{ 'z.mov': 'AB' }], [list({ 'a.mov': 'AA' })]))).toEqual([
      'media a.mov missing',
      'media z.mov extra',
    ]);
  });
});

describe('what cannot be looked at', () => {
  it('a file that cannot be read is unreadable, in a closed folder too', () => {
    const root = caseOf(
      [
        place(
          'media',
          { 'a.mov': 'AA' },
          {
            unreadable: new Map([
              ['closed', 'EACCES'],
              ['gone.mov', 'a broken link'],
            ]),
          },
        ),
      ],
      [list({ 'a.mov': 'AA', 'closed/b.mov': 'BB' })],
    );
    const verdicts = judge(root, () => ({ problem: 'EIO' }));
    expect(brief(verdicts)).toEqual([
      'media a.mov unreadable',
      'media closed unreadable',
      'media closed/b.mov unreadable',
      'media gone.mov unreadable',
    ]);
  });

  it('a clip of the manifest that changed its size since the scan is altered', () => {
    expect(brief(compare([{ 'a.mov': 'AA' }], [], { 'a.mov': 3 }))).toEqual(['media a.mov altered']);
  });

  it('a clip of the manifest that is not there is missing', () => {
    expect(brief(compare([{}], [], { 'a.mov': 3 }))).toEqual(['media a.mov missing']);
  });
});

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
