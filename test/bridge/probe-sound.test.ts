/** AIFF, FLAC, MP3 and Wave64: by ffmpeg with ffmpeg as the judge, and by hand where it does not write the case. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { probe } from '../../bridge/local/probe/probe.ts';
import { TechSchema } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import {
  chunk,
  ffmpeg,
  FOLDER,
  fourcc,
  inFolder,
  judge,
  le64,
  u32,
  wavBext,
  wavFormat,
  zeros,
} from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function made(name: string, bytes: Buffer): string {
  const file = inFolder(name);
  writeFileSync(file, bytes);
  return file;
}
function sine(name: string, seconds: string, ...options: string[]): string {
  const file = inFolder(name);
  ffmpeg('-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', seconds, ...options, file);
  return file;
}

const CASES: [string, string[], { channels: number; sampleRate: number; codec: string }][] = [
  ['a.aiff', ['-c:a', 'pcm_s24be', '-ac', '2'], { channels: 2, sampleRate: 48000, codec: 'PCM 24-bit' }],
  ['b.aif', ['-c:a', 'pcm_s16be', '-ar', '44100'], { channels: 1, sampleRate: 44100, codec: 'PCM 16-bit' }],
  ['c.aifc', ['-c:a', 'pcm_s16le', '-f', 'aiff'], { channels: 1, sampleRate: 48000, codec: 'PCM 16-bit' }],
  [
    'd.aifc',
    ['-c:a', 'pcm_f32be', '-f', 'aiff', '-ar', '96000'],
    { channels: 1, sampleRate: 96000, codec: 'float 32-bit' },
  ],
  ['e.flac', ['-ac', '2', '-sample_fmt', 's16'], { channels: 2, sampleRate: 48000, codec: 'FLAC 16-bit' }],
  [
    'f.flac',
    ['-sample_fmt', 's32', '-ar', '96000'],
    { channels: 1, sampleRate: 96000, codec: 'FLAC 24-bit' },
  ],
  ['g.w64', ['-c:a', 'pcm_s24le', '-ac', '2'], { channels: 2, sampleRate: 48000, codec: 'PCM 24-bit' }],
];

test.each(CASES)('%s: rate, channels, coding and every sample', async (name, options, expected) => {
  const file = sine(name, '3.3', ...options);
  const { tech, problem } = await probe(file);
  expect(problem).toBeUndefined();
  expect(tech).toMatchObject(expected);
  expect(tech.durationSamples).toBe(Math.round(3.3 * expected.sampleRate));
  expect(judge(file).seconds).toBeCloseTo(3.3, 1);
  expect(() => TechSchema.parse(tech)).not.toThrow();
});

describe('AIFF', () => {
  test('cut short, its sound is counted from what is there', async () => {
    const whole = readFileSync(sine('whole.aiff', '2', '-c:a', 'pcm_s16be'));
    const { tech, problem } = await probe(made('cut.aiff', whole.subarray(0, 54 + 48000 * 2)));
    expect([tech.durationSamples, problem?.code]).toEqual([48000, 'truncated']);
  });
  test('without sound it is truncated', async () => {
    const whole = readFileSync(inFolder('a.aiff'));
    expect((await probe(made('head.aiff', whole.subarray(0, 30)))).problem?.code).toBe('truncated');
  });
});

describe('FLAC', () => {
  const block = (type: number, body: Buffer) => Buffer.concat([u32(type * 2 ** 24 + body.length), body]);
  const info = (samples: number) => {
    const numbers = Buffer.alloc(8);
    numbers.writeBigUInt64BE((48000n << 44n) | (1n << 41n) | (23n << 36n) | BigInt(samples));
    return block(0, Buffer.concat([zeros(10), numbers, zeros(16)]));
  };
  const riff = (id: string, body: Buffer) => block(2, Buffer.concat([fourcc('riff'), chunk(id, body)]));
  const ixml = Buffer.from(
    '<BWFXML><SCENE>7A</SCENE><TAKE>3</TAKE><SPEED><TIMECODE_RATE>25/1</TIMECODE_RATE></SPEED></BWFXML>',
  );

  test('the chunks of the WAV it was made from are read where they were kept', async () => {
    const time = 48000 * 3600;
    const bytes = [
      fourcc('fLaC'),
      info(96000),
      riff('bext', wavBext({ timeReference: time })),
      riff('iXML', ixml),
    ];
    const { tech, witness } = await probe(
      made('kept.flac', Buffer.concat([...bytes, block(0x81, zeros(8))])),
    );
    expect(witness).toMatchObject({ scene: '7A', take: '3' });
    expect([tech.startSamples, tech.startTc, tech.rate, tech.durationSamples, tech.channels]).toEqual([
      time,
      '01:00:00:00',
      RATES['25'],
      96000,
      2,
    ]);
  });
  test('a stream whose writer did not know its length has none', async () => {
    const { tech } = await probe(
      made('stream.flac', Buffer.concat([fourcc('fLaC'), info(0), block(0x81, zeros(8))])),
    );
    expect([tech.sampleRate, tech.durationSamples]).toEqual([48000, undefined]);
  });
  test('cut inside its first block, it is truncated', async () => {
    expect((await probe(made('short.flac', Buffer.from('fLaC\0\0\0\x22')))).problem?.code).toBe('truncated');
  });
});

describe('MP3', () => {
  test('a count in the first frame gives the length to the sample, without what the encoder added', async () => {
    const { tech } = await probe(sine('vbr.mp3', '3.3', '-q:a', '4', '-ac', '2'));
    expect([tech.durationSamples, tech['estimated'], tech.codec, tech.channels]).toEqual([
      Math.round(3.3 * 48000),
      undefined,
      'MP3',
      2,
    ]);
  });
  test('without one the length is estimated from the bit rate, and marked so', async () => {
    const file = sine(
      'cbr.mp3',
      '10',
      '-b:a',
      '192k',
      '-write_xing',
      '0',
      '-id3v2_version',
      '3',
      '-metadata',
      'title=x',
    );
    const { tech } = await probe(file);
    expect(tech['estimated']).toEqual(['durationSamples']);
    expect(Math.abs(tech.durationSamples! / 48000 - judge(file).seconds!)).toBeLessThan(0.06);
  });
  test('at half the rate a frame lasts half as long', async () => {
    const { tech } = await probe(sine('low.mp3', '2', '-ar', '22050', '-ac', '1'));
    expect([tech.sampleRate, tech.durationSamples]).toEqual([22050, 44100]);
  });
  test('a cover picture before the sound is stepped over', async () => {
    const whole = readFileSync(inFolder('vbr.mp3'));
    const cover = zeros(300_000);
    const size = [21, 14, 7, 0].map((shift) => (cover.length >> shift) & 0x7f);
    const head = Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), Buffer.from(size), cover]);
    expect((await probe(made('cover.mp3', Buffer.concat([head, whole])))).tech.durationSamples).toBe(158400);
  });
  test('a tag without sound is truncated, and text is not media', async () => {
    expect((await probe(made('tag.mp3', Buffer.from('ID3\x03\0\0\0\0\0\x05hello')))).problem?.code).toBe(
      'truncated',
    );
    expect((await probe(made('text.mp3', Buffer.from('not a sound at all')))).problem?.code).toBe(
      'not-media',
    );
  });
});

test('Wave64 keeps bext and iXML as WAV does', async () => {
  const tail = Buffer.from('f3acd3118cd100c04f8edb8a', 'hex');
  const part = (id: string, body: Buffer) =>
    Buffer.concat([fourcc(id), tail, le64(body.length + 24), body, zeros((8 - (body.length % 8)) % 8)]);
  const ixml = Buffer.from(
    '<BWFXML><SCENE>9</SCENE><SPEED><TIMECODE_RATE>24/1</TIMECODE_RATE></SPEED></BWFXML>',
  );
  const parts = [
    part('bext', wavBext({ timeReference: 48000 })),
    part('iXML', ixml),
    part('fmt ', wavFormat()),
    part('data', zeros(3000)),
  ];
  const body = Buffer.concat([fourcc('wave'), tail, ...parts]);
  const head = Buffer.concat([
    Buffer.from('726966662e91cf11a5d628db04c10000', 'hex'),
    le64(body.length + 24),
  ]);
  const { tech, witness } = await probe(made('kept.w64', Buffer.concat([head, body])));
  expect([tech.startTc, tech.startSamples, tech.durationSamples, witness.scene]).toEqual([
    '00:00:01:00',
    48000,
    1000,
    '9',
  ]);
});

test('a file is what it holds, not what it is called', async () => {
  expect((await probe(made('wrong.wav', readFileSync(inFolder('e.flac'))))).tech.codec).toBe('FLAC 16-bit');
  expect((await probe(made('wrong.mov', readFileSync(inFolder('a.aiff'))))).tech.codec).toBe('PCM 24-bit');
});
