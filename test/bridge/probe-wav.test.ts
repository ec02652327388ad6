/** The WAV prober on files written chunk by chunk: every order, size and half-truth recorders and editors leave behind. */
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { withBytes } from '../../bridge/local/probe/bytes.ts';
import { probe } from '../../bridge/local/probe/probe.ts';
import { wav } from '../../bridge/local/probe/wav.ts';
import { TechSchema } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  chunk,
  FOLDER,
  fourcc,
  inFolder,
  le32,
  le64,
  riff,
  wavBext,
  wavFormat,
  writeSparse,
  zeros,
} from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function made(bytes: Buffer, name = 'made.wav'): string {
  const file = inFolder(name);
  writeFileSync(file, bytes);
  return file;
}
const probed = (...chunks: [string, Buffer][]) => probe(made(riff(...chunks)));
const bytesRead = (file: string) => withBytes(file, (bytes) => (wav.probe(bytes), bytes.bytesRead));

const FORMAT: [string, Buffer] = ['fmt ', wavFormat()];
const SECOND: [string, Buffer] = ['data', zeros(48000 * 3)];
const ixml = (inner: string): [string, Buffer] => [
  'iXML',
  Buffer.from(`<?xml version="1.0"?><BWFXML>${inner}</BWFXML>`),
];
const SPEED = '<SPEED><TIMECODE_RATE>24000/1001</TIMECODE_RATE><TIMECODE_FLAG>NDF</TIMECODE_FLAG></SPEED>';

describe('start', () => {
  const hour = 172_972_800;
  test('a time reference counts real time: 01:00:00:00 at 23.976 is 3603.6 s', async () => {
    const { tech } = await probed(['bext', wavBext({ timeReference: hour })], ixml(SPEED), FORMAT, SECOND);
    expect([tech.startSamples, tech.startTc, tech.rate]).toEqual([hour, '01:00:00:00', RATES['23.976']]);
  });
  test('bext and iXML after the sound are found', async () => {
    const { tech } = await probed(FORMAT, SECOND, ['bext', wavBext({ timeReference: hour })], ixml(SPEED));
    expect([tech.startSamples, tech.startTc]).toEqual([hour, '01:00:00:00']);
  });
  test('no bext and no iXML time is no timecode', async () => {
    const { tech } = await probed(FORMAT, SECOND, ixml(SPEED));
    expect([tech.startSamples, tech.startTc, tech.durationSamples]).toEqual([undefined, undefined, 48000]);
  });
  test('a bext of zeros without a rate is no timecode', async () => {
    const { tech } = await probed(['bext', wavBext()], FORMAT, SECOND);
    expect(tech.startSamples).toBeUndefined();
  });
  test('a bext of zeros beside a timecode rate is midnight', async () => {
    const { tech } = await probed(['bext', wavBext()], ixml(SPEED), FORMAT, SECOND);
    expect([tech.startSamples, tech.startTc]).toEqual([0, '00:00:00:00']);
  });
  test('iXML alone holds the time as two halves', async () => {
    const halves =
      '<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>1</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI><TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>5</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>';
    const { tech } = await probe(
      made(riff(['fmt ', wavFormat({ sampleRate: 96000 })], SECOND, ixml(`<SPEED>${halves}</SPEED>`))),
    );
    expect(tech.startSamples).toBe(2 ** 32 + 5);
  });
  test('where both hold a time, bext is the one editors go by', async () => {
    const speed =
      '<SPEED><TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>5</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO></SPEED>';
    const { tech } = await probed(['bext', wavBext({ timeReference: 48000 })], ixml(speed), FORMAT, SECOND);
    expect(tech.startSamples).toBe(48000);
  });
  test("Metacorder's signed copy of the time reference is read as unsigned", async () => {
    const { tech } = await probed(
      ixml('<BEXT><BWF_TIME_REFERENCE_LOW>-1940552340</BWF_TIME_REFERENCE_LOW></BEXT>'),
      FORMAT,
      SECOND,
    );
    expect(tech.startSamples).toBe(2354414956);
  });
  test('a stamp counted at 48,048 Hz is brought to the 48,000 Hz of the file', async () => {
    const speed = '<SPEED><TIMESTAMP_SAMPLE_RATE>48048</TIMESTAMP_SAMPLE_RATE></SPEED>';
    const { tech } = await probed(
      ['bext', wavBext({ timeReference: 48048 * 3600 })],
      ixml(speed),
      FORMAT,
      SECOND,
    );
    expect(tech.startSamples).toBe(48000 * 3600);
  });
  test('a stamp past the end of the day is no time', async () => {
    const { tech } = await probed(['bext', wavBext({ timeReference: 2 ** 52 })], FORMAT, SECOND);
    expect(tech.startSamples).toBeUndefined();
    expect(() => TechSchema.parse(tech)).not.toThrow();
  });
});

describe('witness', () => {
  test('iXML speaks first, the bext lines fill in', async () => {
    const description = 'sSPEED=029.97-DF\r\nsSCENE=99\r\nsTAKE=4\r\nsTAPE=R7\r\nsTRK1=Boom\r\n';
    const { tech, witness } = await probed(
      ['bext', wavBext({ description, timeReference: 48000 })],
      ixml('<SCENE>12A</SCENE><CIRCLED>TRUE</CIRCLED>'),
      FORMAT,
      SECOND,
    );
    expect(witness).toEqual({ scene: '12A', take: '4', soundRoll: 'R7', pick: 'circled' });
    expect([tech.rate, tech.tracks]).toEqual([RATES['29.97df'], ['Boom']]);
  });
  test.each([
    ['<CIRCLED></CIRCLED><NO_GOOD>TRUE</NO_GOOD>', { pick: 'rejected' }],
    ['<CIRCLED>TRUE</CIRCLED><TAKE_TYPE>NO_GOOD</TAKE_TYPE>', { pick: 'rejected' }],
    ['<FALSE_START>TRUE</FALSE_START>', { pick: 'rejected' }],
    ['<WILD_TRACK>TRUE</WILD_TRACK>', { soundKind: 'wild' }],
    ['<TAKE>WT 01</TAKE>', { take: 'WT 01', soundKind: 'wild' }],
    ['<SCENE>49WT</SCENE>', { scene: '49WT', soundKind: 'wild' }],
    ['<SCENE>WTC lobby</SCENE>', { scene: 'WTC lobby' }],
    ['<CIRCLED>FALSE</CIRCLED><WILD_TRACK>FALSE</WILD_TRACK>', {}],
  ])('%s', async (inner, expected) => {
    expect((await probed(ixml(inner), FORMAT, SECOND)).witness).toEqual(expected);
  });
  test('recorder, date, family and track names in channel order', async () => {
    const bext = wavBext({ originator: 'Sound Dev: 702T S#GR1112089007', date: '2019:01:01' });
    const tracks =
      '<TRACK_LIST><TRACK><INTERLEAVE_INDEX>2</INTERLEAVE_INDEX><NAME>Lav</NAME></TRACK><TRACK><INTERLEAVE_INDEX>1</INTERLEAVE_INDEX><NAME>Boom</NAME></TRACK></TRACK_LIST>';
    const family = '<FILE_SET><FAMILY_UID>F1</FAMILY_UID></FILE_SET>';
    const { tech } = await probed(
      ['bext', bext],
      ixml(family + tracks),
      ['fmt ', wavFormat({ channels: 2 })],
      SECOND,
    );
    expect(tech).toMatchObject({
      recorder: 'Sound Dev: 702T S#GR1112089007',
      recordedOn: '2019-01-01',
      family: 'F1',
      tracks: ['Boom', 'Lav'],
    });
  });
  test.each(['0000-00-00', '2026-02-31', 'yesterday', ''])('"%s" is no date', async (date) => {
    expect((await probed(['bext', wavBext({ date })], FORMAT, SECOND)).tech.recordedOn).toBeUndefined();
  });
  test('Latin-1 and UTF-16 iXML are read as meant', async () => {
    const text = '<?xml version="1.0"?><BWFXML><SCENE>Café</SCENE></BWFXML>';
    const latin = await probed(['iXML', Buffer.from(text, 'latin1')], FORMAT, SECOND);
    const wide = await probed(['iXML', Buffer.from(`\uFEFF${text}`, 'utf16le')], FORMAT, SECOND);
    expect([latin.witness.scene, wide.witness.scene]).toEqual(['Café', 'Café']);
  });
  test('an iXML of many windows, with a long note and padding, is read to its closing tag', async () => {
    const note = 'x'.repeat(20_000);
    const padded = Buffer.concat([ixml(`<NOTE>${note}</NOTE><SCENE>7</SCENE>`)[1], zeros(30_000)]);
    const { witness } = await probed(['iXML', padded], FORMAT, SECOND);
    expect([witness.scene, (witness as { note?: string }).note?.length]).toEqual(['7', 20_000]);
  });
});

describe('length', () => {
  test('junk chunks, odd chunks with and without their padding byte', async () => {
    const padded = riff(['JUNK', zeros(28)], ['odd ', zeros(5)], FORMAT, ['FLLR', zeros(4000)], SECOND);
    expect((await probe(made(padded))).tech.durationSamples).toBe(48000);
    const bare = Buffer.concat([
      fourcc('WAVE'),
      fourcc('odd '),
      le32(5),
      zeros(5),
      chunk(...FORMAT),
      chunk(...SECOND),
    ]);
    const unpadded = Buffer.concat([fourcc('RIFF'), le32(bare.length), bare]);
    expect((await probe(made(unpadded))).tech.durationSamples).toBe(48000);
  });
  test('WAVE_FORMAT_EXTENSIBLE and floating point', async () => {
    const extensible = Buffer.concat([
      wavFormat({ channels: 4, tag: 0xfffe }),
      Buffer.from([22, 0, 24, 0, 15, 0, 0, 0, 1, 0]),
      zeros(14),
    ]);
    const { tech } = await probed(['fmt ', extensible], SECOND);
    expect([tech.channels, tech.durationSamples, tech.codec]).toEqual([4, 12000, 'PCM 24-bit']);
    const float = await probed(['fmt ', wavFormat({ bits: 32, tag: 3 })], SECOND);
    expect([float.tech.durationSamples, float.tech.codec]).toEqual([36000, 'float 32-bit']);
  });
  test('a compressed WAV knows its length from its fact chunk only', async () => {
    const compressed: [string, Buffer] = ['fmt ', wavFormat({ tag: 0x55 })];
    expect((await probed(compressed, SECOND)).tech.durationSamples).toBeUndefined();
    expect((await probed(compressed, ['fact', le32(777)], SECOND)).tech.durationSamples).toBe(777);
  });
  test.each(['RF64', 'BW64'])('%s keeps the length in ds64; 6 GB cost no more than 16 KiB', async (id) => {
    const sound = 6e9;
    const ds64 = chunk('ds64', Buffer.concat([le64(sound + 5000), le64(sound), le64(sound / 6), zeros(4)]));
    const head = Buffer.concat([
      fourcc(id),
      le32(0xffffffff),
      fourcc('WAVE'),
      ds64,
      chunk('fmt ', wavFormat({ channels: 2 })),
      fourcc('data'),
      le32(0xffffffff),
    ]);
    const file = inFolder('long.wav');
    const tail = Buffer.concat([
      chunk('bext', wavBext({ timeReference: 48000 })),
      chunk(...ixml(SPEED + ' '.repeat(5000))),
    ]);
    writeSparse(file, head, tail, head.length + sound);
    const { tech, problem } = await probe(file);
    expect([tech.durationSamples, tech.startSamples, tech.rate, problem]).toEqual([
      1e9,
      48000,
      RATES['23.976'],
      undefined,
    ]);
    expect(bytesRead(file)).toBeLessThanOrEqual(16 * 1024);
  });
  test('a file with no sound in it is 0 samples long and whole', async () => {
    const { tech, problem } = await probed(FORMAT, ['data', zeros(0)]);
    expect([tech.durationSamples, problem]).toEqual([0, undefined]);
  });
});

describe('what is not a whole WAV', () => {
  test('sound that ends before the header says: both numbers are said, what is there is counted', async () => {
    const whole = riff(FORMAT, SECOND);
    const { tech, problem } = await probe(made(whole.subarray(0, whole.length - 72_000)));
    expect([tech.durationSamples, problem?.code]).toEqual([24000, 'truncated']);
    expect(problem?.message).toMatch(/promises 144000 bytes of sound and the file holds 72000/);
  });
  test.each([0, 0xffffffff])(
    'a header that was never finished (size %i) is counted from the file',
    async (size) => {
      const sound = Buffer.alloc(48000 * 3, 0x81);
      const body = Buffer.concat([fourcc('WAVE'), chunk(...FORMAT), fourcc('data'), le32(size), sound]);
      const { tech, problem } = await probe(made(Buffer.concat([fourcc('RIFF'), le32(size), body])));
      expect([tech.durationSamples, problem?.code]).toEqual([48000, 'truncated']);
    },
  );
  test('no format, no sound, or cut inside the first header', async () => {
    expect((await probed(SECOND)).problem?.message).toMatch(/how it was recorded/);
    expect((await probed(FORMAT)).problem?.message).toMatch(/any sound/);
    expect((await probe(made(Buffer.from('RIFF\0\0')))).problem?.code).toBe('truncated');
  });
  test('an AVI under the name of a WAV is known for one, and text is not media', async () => {
    expect((await probe(made(Buffer.from('RIFF\x10\0\0\0AVI LIST')))).problem?.code).toBe('needs-ffprobe');
    expect((await probe(made(Buffer.from('not a sound at all')))).problem?.code).toBe('not-media');
  });
  test('a format no sound has', async () => {
    const { problem, tech } = await probed(['fmt ', zeros(16)], SECOND);
    expect(problem?.code).toBe('unreadable');
    expect(() => TechSchema.parse(tech)).not.toThrow();
  });
});
