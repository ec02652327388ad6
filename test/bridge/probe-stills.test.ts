/** Pictures of one frame: size by ffmpeg's word, timecode in DPX, OpenEXR and CinemaDNG, and raw frames as far as they are known. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { withBytes } from '../../bridge/local/probe/bytes.ts';
import { probe } from '../../bridge/local/probe/probe.ts';
import { jpeg } from '../../bridge/local/probe/stills.ts';
import { TechSchema } from '../../manifest/documents/handoff.ts';
import { RATES, type Rate } from '../../manifest/time/rate.ts';
import { ffmpeg, FOLDER, fourcc, inFolder, judge, le32, u16, u32, zeros } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function made(name: string, bytes: Buffer): string {
  const file = inFolder(name);
  writeFileSync(file, bytes);
  return file;
}

test.each(['png', 'jpg', 'tif', 'dpx', 'gif', 'bmp'])('%s has the size ffmpeg says', async (suffix) => {
  const file = inFolder(`still.${suffix}`);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=322x180:rate=25', '-frames:v', '1', file);
  const { tech, problem } = await probe(file);
  expect(problem).toBeUndefined();
  expect([`${tech.picture?.width}x${tech.picture?.height}`, tech.startTc]).toEqual([
    judge(file).size,
    undefined,
  ]);
  expect(() => TechSchema.parse(tech)).not.toThrow();
});

test('a picture cut before its size is said to be, and one of no size is unreadable', async () => {
  const jpg = readFileSync(inFolder('still.jpg'));
  expect((await probe(made('cut.jpg', jpg.subarray(0, 40)))).problem?.code).toBe('truncated');
  const png = Buffer.from(readFileSync(inFolder('still.png')));
  png.writeUInt32BE(0, 16);
  expect((await probe(made('zero.png', png))).problem?.code).toBe('unreadable');
});
test('a JPEG with a megabyte of camera notes before its size costs no more than 16 KiB', () => {
  const jpg = readFileSync(inFolder('still.jpg'));
  const notes = Array.from({ length: 16 }, () => Buffer.concat([u16(0xffe2), u16(65_535), zeros(65_533)]));
  const file = made('notes.jpg', Buffer.concat([jpg.subarray(0, 2), ...notes, jpg.subarray(2)]));
  withBytes(file, (bytes) => {
    expect(jpeg.probe(bytes).tech.picture).toEqual({ width: 322, height: 180 });
    expect(bytes.bytesRead).toBeLessThanOrEqual(16 * 1024);
  });
});
test('Photoshop', async () => {
  const head = Buffer.concat([
    fourcc('8BPS'),
    u16(1),
    zeros(6),
    u16(3),
    u32(1080),
    u32(1920),
    u16(8),
    u16(3),
  ]);
  expect((await probe(made('a.psd', head))).tech.picture).toEqual({ width: 1920, height: 1080 });
});

describe('DPX', () => {
  const dpx = (little: boolean, timecode: number, rate: number, at = 1940) => {
    const bytes = Buffer.alloc(2048, 0xff);
    const put = (value: number, offset: number) =>
      little ? bytes.writeUInt32LE(value >>> 0, offset) : bytes.writeUInt32BE(value >>> 0, offset);
    bytes.write(little ? 'XPDS' : 'SDPX', 0, 'latin1');
    put(2048, 772);
    put(858, 776);
    put(timecode, 1920);
    if (little) bytes.writeFloatLE(rate, at);
    else bytes.writeFloatBE(rate, at);
    return bytes;
  };
  test.each<[string, boolean, number, number, string | undefined, Rate | undefined]>([
    ['big-endian', false, 0x01020304, 24, '01:02:03:04', RATES['24']],
    ['little-endian', true, 0x23595923, 24, '23:59:59:23', RATES['24']],
    ['29.97 as a float', false, 0x01000042, 30000 / 1001, '01:00:00;02', RATES['29.97df']],
    ['drop-frame where there is none', false, 0x01000042, 25, '01:00:00:02', RATES['25']],
    ['digits that are none', false, 0x0100003f, 25, undefined, RATES['25']],
    ['not written', false, 0xffffffff, 24, undefined, undefined],
  ])('%s', async (name, little, timecode, rate, startTc, expected) => {
    const { tech } = await probe(made(`${name}.dpx`, dpx(little, timecode, rate)));
    expect([tech.picture, tech.startTc, tech.rate]).toEqual([
      { width: 2048, height: 858 },
      startTc,
      expected,
    ]);
  });
  test('the film header says the rate where the television header does not', async () => {
    const { tech } = await probe(made('film.dpx', dpx(false, 0x01000000, 23.976, 1724)));
    expect([tech.startTc, tech.rate]).toEqual(['01:00:00:00', RATES['23.976']]);
  });
  test('a label without a rate is no timecode', async () => {
    const { tech } = await probe(made('rateless.dpx', dpx(false, 0x01000000, 0)));
    expect([tech.startTc, tech.rate]).toEqual([undefined, undefined]);
  });
});

describe('OpenEXR', () => {
  const attribute = (name: string, type: string, value: Buffer) =>
    Buffer.concat([Buffer.from(`${name}\0${type}\0`), le32(value.length), value]);
  const box = (...sides: number[]) => Buffer.concat(sides.map(le32));
  const exr = (...attributes: Buffer[]) =>
    Buffer.concat([Buffer.from('762f310102000000', 'hex'), ...attributes, Buffer.from([0])]);

  test('size from the display window, start from the timecode and the rate', async () => {
    const bytes = exr(
      attribute('dataWindow', 'box2i', box(10, 10, 99, 99)),
      attribute('displayWindow', 'box2i', box(0, 0, 2047, 1155)),
      attribute('framesPerSecond', 'rational', box(24000, 1001)),
      attribute('timeCode', 'timecode', box(0x10111213, 0)),
    );
    const { tech } = await probe(made('a.exr', bytes));
    expect(tech).toMatchObject({
      picture: { width: 2048, height: 1156 },
      rate: RATES['23.976'],
      startTc: '10:11:12:13',
    });
  });
  test('drop-frame is a bit of the timecode', async () => {
    const bytes = exr(
      attribute('dataWindow', 'box2i', box(-5, 0, 4, 9)),
      attribute('framesPerSecond', 'rational', box(30000, 1001)),
      attribute('timeCode', 'timecode', box(0x01000042, 0)),
    );
    const { tech } = await probe(made('drop.exr', bytes));
    expect([tech.picture, tech.startTc]).toEqual([{ width: 10, height: 10 }, '01:00:00;02']);
  });
});

describe('TIFF and DNG', () => {
  const entry = (little: boolean, tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    const [w16, w32] = little
      ? [bytes.writeUInt16LE.bind(bytes), bytes.writeUInt32LE.bind(bytes)]
      : [bytes.writeUInt16BE.bind(bytes), bytes.writeUInt32BE.bind(bytes)];
    w16(tag, 0);
    w16(type, 2);
    w32(count, 4);
    if (type === 3) w16(value, 8);
    else w32(value, 8);
    return bytes;
  };
  test('big-endian with short sizes', async () => {
    const head = Buffer.concat([Buffer.from('MM\0*'), u32(8), u16(2)]);
    const file = made(
      'be.tif',
      Buffer.concat([head, entry(false, 256, 3, 1, 640), entry(false, 257, 3, 1, 480), u32(0)]),
    );
    expect((await probe(file)).tech.picture).toEqual({ width: 640, height: 480 });
  });
  test('CinemaDNG: the raw picture behind its preview, with timecode and rate', async () => {
    const first = [
      entry(true, 254, 4, 1, 1),
      entry(true, 256, 4, 1, 160),
      entry(true, 257, 4, 1, 90),
      entry(true, 330, 4, 1, 200),
      entry(true, 50706, 1, 4, 0x401),
      entry(true, 51043, 1, 8, 300),
      entry(true, 51044, 10, 1, 310),
    ];
    const below = [entry(true, 254, 4, 1, 0), entry(true, 256, 4, 1, 3840), entry(true, 257, 4, 1, 2160)];
    const bytes = Buffer.alloc(400);
    Buffer.concat([Buffer.from('II*\0'), le32(8), Buffer.from([first.length, 0]), ...first]).copy(bytes, 0);
    Buffer.concat([Buffer.from([below.length, 0]), ...below]).copy(bytes, 200);
    Buffer.from('0403020100000000', 'hex').copy(bytes, 300);
    Buffer.concat([le32(24000), le32(1001)]).copy(bytes, 310);
    const { tech } = await probe(made('a.dng', bytes));
    expect(tech).toMatchObject({
      picture: { width: 3840, height: 2160 },
      rate: RATES['23.976'],
      startTc: '01:02:03:04',
      codec: 'DNG',
    });
  });
});

describe('raw frames', () => {
  test('the first RED header', async () => {
    const bytes = Buffer.alloc(0x150);
    bytes.writeUInt32BE(bytes.length, 0);
    bytes.write('RED1', 4);
    bytes.writeUInt32BE(24000, 12);
    bytes.writeUInt32BE(4096, 0x34);
    bytes.writeUInt32BE(2304, 0x38);
    bytes.writeUInt16BE(24000, 0x3e);
    bytes.writeUInt16BE(1001, 0x40);
    const { tech } = await probe(made('a.r3d', bytes));
    expect(tech).toMatchObject({
      picture: { width: 4096, height: 2304 },
      rate: RATES['23.976'],
      codec: 'REDCODE',
    });
  });
  test('the second RED header', async () => {
    const bytes = Buffer.alloc(0x100);
    bytes.write('RED2', 4);
    bytes.writeUInt32BE(8192, 0x4c);
    bytes.writeUInt32BE(4320, 0x50);
    bytes.writeUInt16BE(1001, 0x56);
    bytes.writeUInt32BE(30000, 0x58);
    const { tech } = await probe(made('b.R3D', bytes));
    expect([tech.picture, tech.rate]).toEqual([{ width: 8192, height: 4320 }, RATES['29.97']]);
  });
  test('an ARRIRAW frame says its size', async () => {
    const bytes = Buffer.concat([
      fourcc('ARRI'),
      le32(0x12345678),
      zeros(12),
      le32(2880),
      le32(1620),
      zeros(100),
    ]);
    expect((await probe(made('a.ari', bytes))).tech.picture).toEqual({ width: 2880, height: 1620 });
  });
  test('an original that no reader knows is no fault of the file', async () => {
    expect(await probe(made('new.r3d', Buffer.from('a header of next year')))).toEqual({
      tech: {},
      witness: {},
    });
  });
});
