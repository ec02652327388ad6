/** The probers on damaged files: cut anywhere, bits flipped, sizes that lie. Nothing is thrown, nothing takes long, nothing is large. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { withBytes } from '../../bridge/local/probe/bytes.ts';
import { probeNow } from '../../bridge/local/probe/probe.ts';
import { TechSchema, WitnessSchema } from '../../manifest/documents/handoff.ts';
import {
  box,
  chunk,
  FOLDER,
  fourcc,
  inFolder,
  le32,
  makeMovie,
  makePicture,
  riff,
  u32,
  wavBext,
  wavFormat,
  zeros,
} from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const timecode = { frame: 86400, numFrames: 24, timescale: 24000, ticks: 1001, reel: 'A001' };
const ixml = Buffer.from(
  '<?xml version="1.0"?><BWFXML><SCENE>7</SCENE><SPEED><TIMECODE_RATE>24000/1001</TIMECODE_RATE></SPEED><TRACK_LIST><TRACK><NAME>Boom</NAME></TRACK></TRACK_LIST></BWFXML>',
);
const wave = riff(
  ['bext', wavBext({ timeReference: 48000, description: 'sSCENE=7\r\n' })],
  ['iXML', ixml],
  ['fmt ', wavFormat()],
  ['data', zeros(300)],
);

const SEEDS: Record<string, Buffer> = {
  'a small movie': readFileSync(makeMovie('seed.mov', { timecode, edits: [[1201, 0]], sizes: 48 })),
  'a fragmented movie': readFileSync(
    makePicture('seed.mp4', '24', 30, '-g', '6', '-timecode', '01:00:00:00', '-movflags', 'frag_keyframe'),
  ),
  'a movie by ffmpeg': readFileSync(makePicture('seed2.mov', '30000/1001', 20, '-timecode', '01:00:00;00')),
  'a broadcast WAV': wave,
};

/** Whatever a file holds, the answer is a document the manifest takes, within bounds of time and reading. */
function survives(bytes: Buffer, suffix: string): void {
  const file = inFolder(`fuzz.${suffix}`);
  writeFileSync(file, bytes);
  const began = performance.now();
  const { tech, witness, problem } = probeNow(file);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(TechSchema.safeParse(tech).error).toBeUndefined();
  expect(WitnessSchema.safeParse(witness).error).toBeUndefined();
  if (problem) expect(problem.message.length).toBeGreaterThan(10);
}

describe.each(Object.entries(SEEDS))('%s', (_name, seed) => {
  const suffix = seed === wave ? 'wav' : 'mov';
  test('cut anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: seed.length }), (length) =>
        survives(seed.subarray(0, length), suffix),
      ),
      { numRuns: 200 },
    );
  });
  test('with bytes changed', () => {
    const change = fc.tuple(
      fc.nat(seed.length - 1),
      fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
    );
    const property = fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const bytes = Buffer.from(seed);
      for (const [at, value] of changes) bytes[at] = value;
      survives(bytes, suffix);
    });
    fc.assert(property, { numRuns: 600 });
  });
  test('with whole fields made huge', () => {
    const property = fc.property(
      fc.nat(seed.length - 4),
      fc.constantFrom(0xffffffff, 0x7fffffff, 0x80000000, 1, 0),
      (at, value) => {
        const bytes = Buffer.from(seed);
        bytes.writeUInt32BE(value, at);
        survives(bytes, suffix);
      },
    );
    fc.assert(property, { numRuns: 400 });
  });
});

test('bytes of no format at all', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('mov', 'wav'), (bytes, suffix) =>
      survives(Buffer.from(bytes), suffix),
    ),
  );
});

describe('fields that lie', () => {
  const readOf = (name: string, bytes: Buffer) => {
    const file = inFolder(name);
    writeFileSync(file, bytes);
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const result = probeNow(file);
    return { result, ms: performance.now() - began, grew: process.memoryUsage().rss - before };
  };
  const huge = (name: string, bytes: Buffer) => {
    const { ms, grew, result } = readOf(name, bytes);
    expect(ms).toBeLessThan(1000);
    expect(grew).toBeLessThan(64 * 1024 * 1024);
    return result;
  };

  test('an iXML chunk that claims 4 GB is read no further than the file goes', () => {
    const body = Buffer.concat([
      fourcc('WAVE'),
      chunk('fmt ', wavFormat()),
      fourcc('iXML'),
      le32(0xfffffff0),
      Buffer.from('<BWFXML><SCENE>7</SCENE></BWFXML>'),
    ]);
    const { witness, problem } = huge('claims.wav', Buffer.concat([fourcc('RIFF'), le32(body.length), body]));
    expect([witness.scene, problem?.code]).toEqual(['7', 'truncated']);
  });
  test('a time table that claims 4 billion entries is read as far as it goes', () => {
    const bytes = Buffer.from(SEEDS['a small movie']!);
    const at = bytes.indexOf('stts') + 8;
    bytes.writeUInt32BE(0xffffffff, at);
    expect(huge('entries.mov', bytes).tech.durationFrames).toBe(48);
  });
  test('a million empty boxes', () => {
    const bytes = Buffer.concat([
      box('ftyp', u32(0)),
      Buffer.concat(Array.from({ length: 1_000_000 }, () => box('free'))),
    ]);
    expect(huge('boxes.mov', bytes).problem?.code).toBe('truncated');
  });
  test('a million empty fragments', () => {
    const head = readFileSync(inFolder('seed.mp4'));
    const bytes = Buffer.concat([
      head.subarray(0, head.lastIndexOf('mfra') - 4),
      Buffer.concat(Array.from({ length: 1_000_000 }, () => box('moof'))),
    ]);
    expect(huge('fragments.mp4', bytes).problem?.code).toBe('unreadable');
  });
  test('boxes nested ten thousand deep', () => {
    let bytes: Buffer = zeros(0);
    for (let depth = 0; depth < 10_000; depth++) bytes = box('trak', bytes);
    expect(huge('deep.mov', Buffer.concat([box('ftyp'), box('moov', bytes)])).problem).toBeDefined();
  });
  test('a million chunks', () => {
    const body = Buffer.concat([
      fourcc('WAVE'),
      Buffer.concat(Array.from({ length: 1_000_000 }, () => chunk('junk', zeros(0)))),
    ]);
    expect(huge('chunks.wav', Buffer.concat([fourcc('RIFF'), le32(body.length), body])).problem?.code).toBe(
      'truncated',
    );
  });
  test('no window is larger than 8 KiB, whatever is asked for', () => {
    const file = inFolder('window.wav');
    writeFileSync(file, zeros(100_000));
    withBytes(file, (bytes) => {
      expect(bytes.load(0, 100_000)).toBe(false);
      expect(bytes.copy(0, 2 ** 40).length).toBe(8192);
      expect(bytes.copy(99_999, 10).length).toBe(1);
      expect([bytes.u32(99_998), bytes.u32(-5), bytes.u32(NaN), bytes.tag(2 ** 53)]).toEqual([0, 0, 0, '']);
    });
  });
});
