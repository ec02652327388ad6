/** Recorder files that were cut because they grew too large: one sound where they meet, and the hole told where they do not. */
import { describe, expect, it } from 'vitest';
import { soundChain } from '../../manifest/checks/sound-chain.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { sync } from '../../manifest/sync.ts';
import { groupSounds } from '../../manifest/sync/candidates.ts';
import { chainSounds } from '../../manifest/sync/chain.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';

const SECOND = 48_000;
const START = 36_000 * SECOND;
/** `from` and `length` in samples after 10:00:00. */
function file(
  path: string,
  from: number,
  length: number,
  more: Partial<Clip['tech']> = {},
  clip: Partial<Clip> = {},
): Clip {
  return sound({
    path,
    rate: '25',
    tech: { startSamples: START + from, durationSamples: length, channels: 8, recorder: 'R', ...more },
    clip,
  });
}
const chained = (...clips: Clip[]) =>
  chainSounds(groupSounds(clips)).map(({ files }) => files.map(({ path }) => path));
const gaps = (...clips: Clip[]) => soundChain.run(handoff(clips), {});

describe('a chain', () => {
  it.each([
    ['T01.WAV', 'T01_2.WAV', 'T01_3.WAV'],
    ['27-7T01_001.WAV', '27-7T01_002.WAV', '27-7T01_003.WAV'],
    ['ZOOM0001-0001.WAV', 'ZOOM0001-0002.WAV', 'ZOOM0001-0003.WAV'],
    ['Scene001-T001-0001_Tr1.WAV', 'Scene001-T001-0002_Tr1.WAV', 'Scene001-T001-0003_Tr1.WAV'],
    ['220314_01A.WAV', '220314_01B.WAV', '220314_01C.WAV'],
  ])('%s, %s, %s, each beginning where the one before ends', (one, two, three) => {
    expect(chained(file(one, 0, 100), file(two, 100, 50), file(three, 150, 10))).toEqual([[one, two, three]]);
  });

  it('four samples late is where it ends, five is not', () => {
    expect(chained(file('a_1.wav', 0, 100), file('a_2.wav', 104, 50))).toHaveLength(1);
    expect(chained(file('a_1.wav', 0, 100), file('a_2.wav', 105, 50))).toHaveLength(2);
  });

  it('one family is one recording, whatever the names', () => {
    const family = { family: 'UID' };
    expect(chained(file('x.wav', 0, 100, family), file('y.wav', 100, 50, family))).toEqual([
      ['x.wav', 'y.wav'],
    ]);
  });

  it('another take, another recorder, another folder, other channels go on alone', () => {
    const one = file('a_1.wav', 0, 100);
    const take = (number: string) => ({ identity: { scene: '7', take: number } });
    expect(
      chained(file('a_1.wav', 0, 100, {}, take('1')), file('a_2.wav', 100, 50, {}, take('2'))),
    ).toHaveLength(2);
    expect(chained(one, file('a_2.wav', 100, 50, { recorder: 'other' }))).toHaveLength(2);
    expect(chained(one, file('b/a_2.wav', 100, 50))).toHaveLength(2);
    expect(chained(one, file('a_2.wav', 100, 50, { channels: 2 }))).toHaveLength(2);
    expect(chained(one, file('unlike.wav', 100, 50))).toHaveLength(2);
  });

  it('mono sets are chained set by set', () => {
    const mono = (path: string, from: number) => file(path, from, 100, { channels: 1 });
    const clips = [
      mono('T01-0001_Tr1.wav', 0),
      mono('T01-0001_Tr2.wav', 0),
      mono('T01-0002_Tr1.wav', 100),
      mono('T01-0002_Tr2.wav', 100),
    ];
    expect(chained(...clips)).toEqual([clips.map(({ path }) => path)]);
  });

  it('a mono set is no chain: its files begin together', () => {
    const clips = ['T01_1.wav', 'T01_2.wav'].map((path) => file(path, 0, 100, { channels: 1 }));
    expect(chained(...clips)).toEqual([['T01_1.wav', 'T01_2.wav']]);
    expect(gaps(...clips)).toEqual([]);
  });

  it('is one candidate over its whole length', () => {
    const shot = picture({ path: 'p.mov', rate: '25', tc: '10:00:08:00', frames: 100 });
    const pieces = [
      file('a_001.wav', 0, 10 * SECOND),
      file('a_002.wav', 10 * SECOND, 10 * SECOND),
      file('a_003.wav', 20 * SECOND, 10 * SECOND),
    ];
    const verdicts = sync(handoff([shot, ...pieces]));
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]).toMatchObject({
      verdict: 'in-sync',
      sound: ['a_001.wav', 'a_002.wav', 'a_003.wav'],
      offsetFrames: -200,
    });
  });
});

describe('a hole', () => {
  const full = { size: 2 ** 31 - 60_000 };
  it('between a file as large as it may be and the next is said, with its length', () => {
    const [gap] = gaps(
      file('a_001.wav', 0, 100 * SECOND, {}, full),
      file('a_002.wav', 102 * SECOND, 50 * SECOND),
    );
    expect(gap).toMatchObject({ severity: 'warning', clips: ['a_001.wav', 'a_002.wav'] });
    expect(gap!.message).toContain('96000 samples (2.0 s)');
  });

  it('within one family is said, however large the files are', () => {
    expect(
      gaps(file('x.wav', 0, 100, { family: 'U' }), file('y.wav', 500, 100, { family: 'U' })),
    ).toHaveLength(1);
  });

  it('between two takes is no hole', () => {
    expect(gaps(file('a_001.wav', 0, 100 * SECOND), file('a_002.wav', 102 * SECOND, 50 * SECOND))).toEqual(
      [],
    );
    expect(
      gaps(file('a_001.wav', 0, 100 * SECOND, {}, full), file('a_002.wav', 200 * SECOND, 50 * SECOND)),
    ).toEqual([]);
    expect(gaps(file('a_001.wav', 0, 100), file('a_002.wav', 100, 50))).toEqual([]);
  });
});
