/** The probers on damaged files: cut anywhere, bits flipped, sizes that lie. Nothing is thrown, little is loaded, nothing is large. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { MediaBytes, withBytes } from '../../bridge/local/probe/bytes.ts';
import { probeNow } from '../../bridge/local/probe/probe.ts';
import { TechSchema, WitnessSchema } from '../../manifest/documents/handoff.ts';
import { makeMxf } from './mxf-files.ts';
import {
  box,
  chunk,
  ffmpeg,
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

const mxfFile = inFolder('seed.mxf');
const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25', '-frames:v', '3'];
ffmpeg(...picture, '-c:v', 'mpeg2video', '-timecode', '01:00:00:00', '-metadata', 'reel_name=A1', mxfFile);
function by(name: string, ...options: string[]): Buffer {
  const file = inFolder(name);
  ffmpeg(...options, file);
  return readFileSync(file);
}
const tone = ['-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '0.2'];
const still = ['-f', 'lavfi', '-i', 'testsrc2=size=32x18', '-frames:v', '1'];
const exrSeed = Buffer.concat([
  Buffer.from('762f310102000000', 'hex'),
  Buffer.from('dataWindow\0box2i\0'),
  ...[16, 0, 0, 9, 9].map(le32),
  Buffer.from('framesPerSecond\0rational\0'),
  ...[8, 24000, 1001].map(le32),
  Buffer.from('timeCode\0timecode\0'),
  ...[8, 0x10111213, 0, 0].map(le32),
]);

const SEEDS: Record<string, Buffer> = {
  'a small movie': readFileSync(makeMovie('seed.mov', { timecode, edits: [[1201, 0]], sizes: 48 })),
  'a fragmented movie': readFileSync(
    makePicture('seed.mp4', '24', 30, '-g', '6', '-timecode', '01:00:00:00', '-movflags', 'frag_keyframe'),
  ),
  'a movie by ffmpeg': readFileSync(makePicture('seed2.mov', '30000/1001', 20, '-timecode', '01:00:00;00')),
  'a broadcast WAV': wave,
  'an MXF': readFileSync(mxfFile).subarray(0, 12_000),
  "Avid's chain of packages": makeMxf({
    essence: 'picture',
    editRate: [25, 1],
    duration: -1,
    open: true,
    byIndex: true,
    tape: { name: 'T1', timecode: { start: 90_000, base: 25, drop: false }, at: 5 },
    footer: { essence: 'picture', editRate: [25, 1], duration: 5 },
  }),
  'an AIFF': by('seed.aiff', ...tone).subarray(0, 400),
  'a FLAC': by('seed.flac', ...tone).subarray(0, 9000),
  'an MP3': by('seed.mp3', ...tone),
  'a Wave64': by('seed.w64', ...tone).subarray(0, 400),
  'a PNG': by('seed.png', ...still),
  'a JPEG': by('seed.jpg', ...still),
  'a TIFF': by('seed.tif', ...still),
  'a DPX': by('seed.dpx', ...still).subarray(0, 2400),
  'an OpenEXR': exrSeed,
};

/** Looks outside of what is in memory, of all probes so far: whoever reads for too long does it with these. */
let looks = 0;
const load = Object.getOwnPropertyDescriptor(MediaBytes.prototype, 'load')!.value as MediaBytes['load'];
MediaBytes.prototype.load = function (this: MediaBytes, ...asked) {
  looks++;
  return load.apply(this, asked);
};

function probed(file: string) {
  const before = looks;
  return { ...probeNow(file), looks: looks - before };
}

/** Whatever a file holds, the answer is a document the manifest takes, within bounds of reading. */
function survives(bytes: Buffer, suffix: string): void {
  const file = inFolder(`fuzz.${suffix}`);
  writeFileSync(file, bytes);
  const { tech, witness, problem, looks: few } = probed(file);
  expect(few).toBeLessThan(500);
  expect(TechSchema.safeParse(tech).error).toBeUndefined();
  expect(WitnessSchema.safeParse(witness).error).toBeUndefined();
  if (problem) expect(problem.message.length).toBeGreaterThan(10);
}

describe.each(Object.entries(SEEDS))('%s', (_name, seed) => {
  // By its content: the name is another's for most of them.
  const suffix = seed === wave ? 'wav' : 'mov';
  test('cut anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: seed.length }), (length) =>
        survives(seed.subarray(0, length), suffix),
      ),
      { numRuns: 120 },
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
    fc.assert(property, { numRuns: 250 });
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
    fc.assert(property, { numRuns: 250 });
  });
});

test('bytes of no format at all', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(
        'mov',
        'wav',
        'mxf',
        'aif',
        'flac',
        'mp3',
        'w64',
        'png',
        'jpg',
        'tif',
        'dpx',
        'exr',
        'r3d',
        'ari',
        'avi',
      ),
      (bytes, suffix) => survives(Buffer.from(bytes), suffix),
    ),
  );
});

/** A file that means to be read for ever: its probe looks no oftener than its length asks for, and keeps nothing of it. */
const huge = (name: string, bytes: Buffer) => {
  const file = inFolder(name);
  writeFileSync(file, bytes);
  const before = process.memoryUsage().rss;
  const result = probed(file);
  expect(result.looks).toBeLessThan(20_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  return result;
};

describe('fields that lie', () => {
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

describe('fields that lie, in the other formats', () => {
  test('an MXF of a hundred thousand empty sets', () => {
    const pack = SEEDS["Avid's chain of packages"]!.subarray(0, 140);
    const set = Buffer.concat([Buffer.from('060e2b34025301010d0101010101360000'.padEnd(34, '0'), 'hex')]);
    huge('sets.mxf', Buffer.concat([pack, ...Array.from({ length: 100_000 }, () => set)]));
  });
  test('a TIFF directory that claims 65,535 entries, and one that points at itself', () => {
    const head = Buffer.concat([Buffer.from('II*\0'), le32(8), Buffer.from([0xff, 0xff])]);
    huge('entries.tif', Buffer.concat([head, zeros(65_535 * 12)]));
    const loop = Buffer.concat([
      head,
      Buffer.from('fe00040001000000010000004a01040001000000080000', 'hex'),
      zeros(40),
    ]);
    huge('loop.tif', loop);
  });
  test('an MP3 of a million bytes that look like the start of a frame', () => {
    huge(
      'ff.mp3',
      Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.alloc(1_000_000, 0xff)]),
    );
  });
  test('a JPEG of a million markers', () => {
    huge('markers.jpg', Buffer.alloc(2_000_000, 0xff).fill(0xd8, 1, 2));
  });
  test('an OpenEXR of attributes without an end', () => {
    const attribute = Buffer.concat([Buffer.from('a\0b\0'), le32(0)]);
    const all = Array.from({ length: 100_000 }, () => attribute);
    huge('endless.exr', Buffer.concat([Buffer.from('762f310102000000', 'hex'), ...all]));
  });
});
