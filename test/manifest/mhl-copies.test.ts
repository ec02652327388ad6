/** Copies compared with each other and with their lists, and what cannot be looked at. */
import { describe, expect, it } from 'vitest';
import { gatherEvidence } from '../../manifest/mhl/evidence.ts';
import { countVerdicts, judge, type FileVerdict } from '../../manifest/verify.ts';
import { planReading } from '../../manifest/verify/reading.ts';
import { place, list, caseOf, judged, compare } from './mhl-copies-stage.ts';

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
