/** Clips of several files at the next scan, and in sync, checks and verify. */
import { describe, expect, it } from 'vitest';
import { filesOf, missingNumbers } from '../../../manifest/cards/group/files.ts';
import { framePaths } from '../../../manifest/cards/group/frames.ts';
import { clipParts } from '../../../manifest/checks/clip-parts.ts';
import { sidecar } from '../../../manifest/checks/sidecar.ts';
import type { Clip, Handoff } from '../../../manifest/documents/handoff.ts';
import { HandoffSchema } from '../../../manifest/documents/handoff.ts';
import { mergeScan, type FoundFile } from '../../../manifest/scan.ts';
import { sync } from '../../../manifest/sync.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { handoff, picture, sound } from '../../fixtures/handoff.ts';
import { PARTS, chapters } from './parts-stage.ts';

const found = (more: Partial<FoundFile> = {}): FoundFile => ({
  root: 'media',
  path: PARTS[0]!.path,
  size: 10,
  kind: 'picture',
  card: 'gopro',
  parts: PARTS,
  tech: { rate: RATES['25'], startTc: '10:00:00:00', durationFrames: 75 },
  media: {},
  ...more,
});
let ids = 0;
const scan = (before: Handoff | null, files: FoundFile[], held: string[] = []) =>
  HandoffSchema.parse(
    mergeScan(
      before,
      {
        title: 'T',
        roots: ['media'],
        files,
        transcripts: [],
        taken: [],
        sheets: [],
        held: new Set(held.map((path) => `media\n${path}`)),
      },
      { newId: () => `clip-${++ids}`, at: '2026-03-14T00:00:00.000Z' },
    ),
  );
const HELD = [PARTS[1]!.path];
const alone = (nth: number): FoundFile => {
  const { path, size, number, startTc, durationFrames } = PARTS[nth]!;
  const { card: _card, parts: _parts, ...rest } = found();
  return {
    ...rest,
    path,
    size,
    tech: { rate: RATES['25'], startTc, durationFrames },
    card: 'gopro',
    ...(number > 1 ? { parts: [PARTS[nth]!] } : {}),
  };
};

describe('the next scan', () => {
  it('keeps the id, and what others wrote on a part', () => {
    const first = scan(null, [found()], HELD);
    first.clips[0]!.parts![1]!['checkedBy'] = 'ida';
    const again = scan(first, [found()], HELD);
    expect(again.clips).toEqual(first.clips);
  });

  it('a part that is gone stays listed', () => {
    const first = scan(null, [found()], HELD);
    const again = scan(first, [alone(0)]);
    expect(again.clips).toHaveLength(1);
    expect(again.clips[0]).toMatchObject({
      id: first.clips[0]!.id,
      path: PARTS[0]!.path,
      parts: PARTS,
      tech: { durationFrames: 75 },
    });
  });

  it('a clip whose first file is gone is still that clip', () => {
    const first = scan(null, [found()], HELD);
    const again = scan(first, [alone(1)]);
    expect(again.clips).toHaveLength(1);
    expect(again.clips[0]).toMatchObject({
      id: first.clips[0]!.id,
      path: PARTS[0]!.path,
      parts: PARTS,
      tech: { startTc: '10:00:00:00', durationFrames: 75 },
    });
  });

  it('a first file that comes to light leads its clip', () => {
    const first = scan(null, [alone(1)]);
    expect(missingNumbers(first.clips[0]!)).toEqual([1]);
    const again = scan(first, [found()], HELD);
    expect(again.clips).toHaveLength(1);
    expect(again.clips[0]).toMatchObject({ id: first.clips[0]!.id, path: PARTS[0]!.path, parts: PARTS });
  });

  it('what an older manifest has as clips becomes part of one', () => {
    const plain = (nth: number): FoundFile => {
      const { card: _card, parts: _parts, ...rest } = alone(nth);
      return rest;
    };
    const proxy = { ...plain(0), path: 'D/GL010123.LRV' };
    const old = scan(null, [plain(0), plain(1), proxy]);
    expect(old.clips).toHaveLength(3);
    const now = scan(old, [found({ sidecars: ['D/GL010123.LRV'] })], [...HELD, 'D/GL010123.LRV']);
    expect(now.clips.map(({ id, path }) => [id, path])).toEqual([[old.clips[0]!.id, PARTS[0]!.path]]);
  });

  it('frames at either end that are gone are missing, not forgotten', () => {
    const frames = (first: number, last: number): FoundFile => ({
      ...found(),
      path: `v/a.${String(first).padStart(4, '0')}.exr`,
      parts: undefined as never,
      sequence: { first, last, digits: 4 },
      tech: { durationFrames: last - first + 1 },
    });
    const strip = ({ parts: _none, ...rest }: FoundFile) => rest;
    const whole = scan(null, [strip(frames(1, 100))]);
    const again = scan(whole, [strip(frames(3, 98))]);
    expect(again.clips).toHaveLength(1);
    expect(again.clips[0]).toMatchObject({
      path: 'v/a.0001.exr',
      sequence: {
        first: 1,
        last: 100,
        missing: [
          [1, 2],
          [99, 100],
        ],
      },
      tech: { durationFrames: 100 },
    });
    expect(framePaths('v/a.0001.exr', again.clips[0]!.sequence!)).toHaveLength(96);
  });
});

describe('sync, checks and verify', () => {
  it('sound of the whole length covers all chapters', () => {
    const verdict = sync(
      handoff([chapters(), sound({ path: 's.wav', rate: '25', tc: '10:00:00:00', frames: 75 })]),
    )[0]!;
    expect(verdict).toMatchObject({ verdict: 'in-sync', coverage: 1 });
    const short = sync(
      handoff([chapters(), sound({ path: 's.wav', rate: '25', tc: '10:00:00:00', frames: 50 })]),
    )[0]!;
    expect(short.verdict).toBe('partial');
  });

  const codes = (clip: Clip, further?: Record<string, number | null>) =>
    [clipParts, sidecar]
      .flatMap((each) =>
        each.run(handoff([clip]), further ? { disk: { [clip.id]: { size: clip.size, further } } } : {}),
      )
      .map(({ code }) => code);

  it('parts and frames that are not here are said', () => {
    expect(codes(chapters())).toEqual([]);
    expect(codes(chapters({ parts: [PARTS[1]!] }))).toEqual(['clip-part-missing']);
    expect(codes(chapters({ continues: true }))).toEqual(['clip-part-missing']);
    expect(
      codes(
        picture({
          path: 'a.0001.dpx',
          clip: { sequence: { first: 1, last: 9, digits: 4, missing: [[3, 4]] } },
        }),
      ),
    ).toEqual(['clip-frame-missing']);
  });

  it('a part that does not go on where the one before ends is said', () => {
    const late = [PARTS[0]!, { ...PARTS[1]!, startTc: '10:00:02:05' }];
    expect(codes(chapters({ parts: late }))).toEqual(['clip-part-gap']);
    const same = [PARTS[0]!, { ...PARTS[1]!, startTc: '10:00:00:00' }];
    expect(codes(chapters({ parts: same }))).toEqual([]);
  });

  it('what is gone from the drive is said, by what it was', () => {
    const [first, second] = PARTS.map(({ path }) => path) as [string, string];
    expect(codes(chapters(), { [second]: null, 'D/GX010123.THM': null })).toEqual([
      'clip-part-gone',
      'clip-sidecar-gone',
    ]);
    expect(codes(chapters(), { [second]: 21 })).toEqual(['clip-part-changed']);
    expect(codes(chapters(), { [second]: 20, [first]: 10 })).toEqual([]);
  });

  it('a sidecar that disagrees is said', () => {
    const disagreements = [{ field: 'startTc', counts: '10:00:00:00', other: '11:00:00:00', from: 'x.xml' }];
    expect(codes(chapters({ disagreements }))).toEqual(['sidecar-disagrees']);
  });

  it('every file of a clip is one to be proven', () => {
    expect(filesOf(chapters()).map(({ path, size }) => [path, size])).toEqual([
      [PARTS[0]!.path, 10],
      [PARTS[1]!.path, 20],
      ['D/GX010123.THM', null],
    ]);
    const frames = picture({
      path: 'a.0001.dpx',
      clip: { sequence: { first: 1, last: 4, digits: 4, missing: [[2, 2]] } },
    });
    expect(filesOf(frames).map(({ path }) => path)).toEqual(['a.0001.dpx', 'a.0003.dpx', 'a.0004.dpx']);
  });
});
