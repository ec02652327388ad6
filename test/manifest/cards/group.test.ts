/** Grouping on lists of paths: image sequences, what lies beside a clip, and that every file is somewhere. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARDS } from '../../../manifest/cards/index.ts';
import type { Grouped } from '../../../manifest/cards/group/group.ts';
import { tallyOf, tallyText } from '../../../manifest/cards/group/tally.ts';
import { type File, group, clip, beside, clips } from './group-stage.ts';

describe('image sequences', () => {
  const frames = (name: string, from: number, to: number, digits = 4) =>
    Array.from({ length: to - from + 1 }, (_, at) =>
      name.replace('#', String(from + at).padStart(digits, '0')),
    );

  it('frames are one clip, and a hole is said', () => {
    const grouped = group(...frames('v/plate.#.exr', 1001, 1010), ...frames('v/plate.#.exr', 1013, 1020));
    expect(clips(grouped)).toEqual(['v/plate.1001.exr']);
    expect(clip(grouped, 'v/plate.1001.exr').sequence).toEqual({
      first: 1001,
      last: 1020,
      digits: 4,
      missing: [[1011, 1012]],
    });
    expect(clip(grouped, 'v/plate.1001.exr').frames).toHaveLength(18);
  });

  it('a hole longer than all the frames parts two sequences', () => {
    const grouped = group(...frames('v/plate.#.dpx', 1, 10), ...frames('v/plate.#.dpx', 500, 509));
    expect(clips(grouped)).toEqual(['v/plate.0001.dpx', 'v/plate.0500.dpx']);
  });

  it('another name, another suffix, another padding is another sequence', () => {
    const grouped = group(
      ...frames('a_#.exr', 1, 5),
      ...frames('b_#.exr', 1, 5),
      ...frames('a_#.dpx', 1, 5),
      ...frames('a_#.exr', 1, 5, 6),
    );
    expect(grouped.clips.map(({ frames: all }) => all?.length)).toEqual([5, 5, 5, 5]);
  });

  it('a few numbered stills are stills, a second’s worth of them is a sequence', () => {
    expect(group(...frames('board_#.png', 1, 23)).clips).toHaveLength(23);
    expect(group(...frames('board_#.png', 1, 24)).clips).toHaveLength(1);
    expect(group(...frames('_DSC#.jpg', 1, 300)).clips).toHaveLength(300);
  });
});

describe('files beside a clip', () => {
  it('a LUT named as the clip is its sidecar, another is a document', () => {
    const grouped = group('a.mov', 'a.cube', 'house.cube', 'a.mov.xmp', 'a.cdl', 'a.wav.reapeaks', 'a.wav');
    expect(beside(grouped, 'a.mov')).toEqual(['a.cdl', 'a.cube', 'a.mov.xmp']);
    expect(beside(grouped, 'a.wav')).toEqual(['a.wav.reapeaks']);
    expect(clip(grouped, 'house.cube').kind).toBe('document');
  });

  it('names that differ in case are two clips, and each has its own', () => {
    const grouped = group('A.mov', 'a.mov', 'A.xml', 'a.xml', 'B.MOV', 'b.xml');
    expect([beside(grouped, 'A.mov'), beside(grouped, 'a.mov')]).toEqual([['A.xml'], ['a.xml']]);
    expect(beside(grouped, 'B.MOV')).toEqual(['b.xml']);
  });

  it('of two pictures of one name nobody can say whose it is', () => {
    const grouped = group('a.mov', 'a.mp4', 'a.xml');
    expect(grouped.other.map(({ path }) => path)).toEqual(['a.xml']);
  });
});

/** Names as cards make them, in folders as cards have them, thrown together. */
const word = fc.constantFrom(
  'C0001',
  'NZ0001',
  'NZ000102',
  '0001AB',
  '0001AB00',
  'GX010123',
  'GX020123',
  'GOPR0123',
  'GP010123',
  'A001_C003_0614AB_001',
  'A001_C003_0614AB_002',
  'A001C001_230614_R1AB',
  'DJI_0001',
  'plate.0001',
  'plate.0002',
  'plate.0003',
  'C0001M01',
  'C0001S03',
  '501_0001_01',
  '501_0001_02M01',
  'x',
  '',
);
const folder = fc.constantFrom(
  '',
  'CONTENTS/',
  'CONTENTS/CLIPS001/',
  'CONTENTS/CLIPS001/NZ0001/',
  'CONTENTS/VIDEO/',
  'CONTENTS/AUDIO/',
  'CONTENTS/CLIP/',
  'XDROOT/Clip/',
  'XDROOT/Sub/',
  'M4ROOT/CLIP/',
  'M4ROOT/THMBNL/',
  'BPAV/CLPR/501_0001_01/',
  'A.RDM/A001_C003_0614AB.RDC/',
  'Proxy/',
  'BDMV/STREAM/',
  'BDMV/CLIPINF/',
  'Music/',
  'Transcripts/',
);
const ending = fc.constantFrom(
  '.MP4',
  '.mp4',
  '.MXF',
  '.XML',
  '.xmp',
  '.R3D',
  '.RMD',
  '.LRV',
  '.THM',
  '.SRT',
  '.txt',
  '.wav',
  '.exr',
  '.ari',
  '.cube',
  '.pdf',
  '.CPI',
  '.bin',
  '.zip',
  '',
);

describe('every file', () => {
  it('is in exactly one place', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(folder, word, ending).map((all) => all.join('')),
          { maxLength: 60 },
        ),
        (paths) => {
          const named = paths.filter((path) => path !== '' && !path.endsWith('/'));
          const grouped = group(...named);
          const placed = [
            ...grouped.clips.flatMap(({ file, parts: all, frames, sidecars }) => [
              ...(all?.map((part) => part.file) ?? frames ?? [file]),
              ...sidecars,
            ]),
            ...grouped.transcripts,
            ...grouped.card,
            ...grouped.other,
          ].map(({ path }) => path);
          expect([...placed].sort()).toEqual([...named].sort());
          expect(tallyOf([grouped], 0).files).toBe(named.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is in the same place whatever the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(folder, word, ending).map((all) => all.join('')),
          { maxLength: 30 },
        ),
        (paths) => {
          const shape = (grouped: Grouped<File>) =>
            grouped.clips.map((each) => [
              each.file.path,
              each.sidecars.map(({ path }) => path).sort(),
              each.parts?.map(({ file }) => file.path),
            ]);
          expect(shape(group(...paths.toReversed()))).toEqual(shape(group(...paths)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is counted in a sentence', () => {
    const grouped = group('GX010123.MP4', 'GX020123.MP4', 'GX010123.THM', 'a.pdf', 'x.zip');
    expect(tallyText(tallyOf([grouped], 2))).toBe(
      '7 files: 1 clip, 1 spanned part, 1 sidecar, 1 document, 2 log sheets and notes, 1 of no kind Baton knows',
    );
  });
});

it('a structure is known by its id', () => {
  expect(CARDS.map(({ id }) => id).sort()).toEqual([
    'arri',
    'avchd',
    'blackmagic',
    'canon',
    'dji',
    'gopro',
    'p2',
    'red',
    'sony',
  ]);
});
