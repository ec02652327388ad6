/** The probers on files from real recorders and cameras, against what the recorder's own report and other tools say. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { probe } from '../../bridge/local/probe/probe.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { corpus } from '../corpus/folder.ts';
import { FOLDER, hasCorpus, judge } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const bwf = (name: string) => join(corpus, 'bwf', `wavinfo__${name}`);
const mov = (name: string) => join(corpus, 'mov', name);

/** Wave Agent's report of the same recordings: file name, scene, take, start timecode. */
function soundReport(): Map<string, string[]> {
  const text = readFileSync(join(corpus, 'logsheet', 'wavinfo__WaveAgentSoundReport.csv'), 'utf8');
  const rows = text.split(/[\r\n]+/).map((row) => row.split(',').map((cell) => cell.replaceAll('"', '')));
  return new Map(rows.map((row) => [row[0]!, row]));
}

describe.skipIf(!hasCorpus)('real recordings', () => {
  test.each(['A101_1.WAV', 'A101_3.WAV', 'A101_4.WAV'])(
    "%s: start, scene, take and roll are the recorder's own report",
    async (name) => {
      const row = soundReport().get(name)!;
      const { tech, witness, problem } = await probe(bwf(name));
      expect(problem).toBeUndefined();
      expect(tech.startTc).toBe(row[9]);
      expect([witness.soundRoll, witness.scene, Number(witness.take)]).toEqual([
        row[2],
        row[3],
        Number(row[4]),
      ]);
      expect(tech).toMatchObject({
        rate: RATES['23.976'],
        recorder: 'Sound Dev: 702T S#GR1112089007',
        recordedOn: '2018-12-31',
        channels: 2,
        tracks: ['MKH516 A', 'Boom'],
      });
    },
  );
  test('a Metacorder mono of a set of five, iXML after the sound', async () => {
    const { tech, witness } = await probe(bwf('Sr001-2C-01_01.WAV'));
    expect([tech.startTc, tech.rate]).toEqual([soundReport().get('Sr001-2C-01_X.WAV')![9], RATES['25']]);
    expect(tech).toMatchObject({
      family: '1360855285',
      recordedOn: '2019-01-01',
      recorder: 'Metacorder Demo',
      durationSamples: 336_000,
    });
    expect(witness).toMatchObject({
      scene: '2C',
      take: '01',
      soundRoll: 'Sr001',
      note: 'Tail Slate Cloth noise',
    });
  });
  test('a Nuendo bounce has a start and no rate', async () => {
    const { tech } = await probe(bwf('wavinfo_Test_Project_-_Audio_-_Mono.wav'));
    expect([tech.startSamples, tech.rate, tech.startTc, tech.durationSamples]).toEqual([
      172_800_000,
      undefined,
      undefined,
      48_000,
    ]);
  });
  test('a WAV with odd chunks and no bext has no timecode', async () => {
    const { tech, problem } = await probe(bwf('new_camera_bumb_1.wav'));
    expect([tech.startSamples, tech.durationSamples, problem]).toEqual([undefined, 45_859, undefined]);
  });
});

describe.skipIf(!hasCorpus)('real movies', () => {
  const movies = hasCorpus ? readdirSync(join(corpus, 'mov')).filter((name) => name.endsWith('.mov')) : [];
  test.each(movies)('%s: start, length and size are what ffmpeg says', async (name) => {
    const { tech, problem } = await probe(mov(name));
    const says = judge(mov(name));
    expect(tech.startTc).toBe(says.timecode);
    if (tech.picture) expect(`${tech.picture.width}x${tech.picture.height}`).toBe(says.size);
    if (problem) return expect(problem.code).toBe('variable-rate');
    const seconds = (tech.durationFrames! * tech.rate!.den) / tech.rate!.num;
    expect(Math.abs(seconds - says.seconds!)).toBeLessThan(0.03);
    if (says.fps) expect(Math.abs(tech.rate!.num / tech.rate!.den - says.fps)).toBeLessThan(0.01);
  });
  test('the iPhone movie of varying frames is told from the steady ones', async () => {
    const { tech, problem } = await probe(mov('swift-timecode__VideoTrack_25_VFR_1sec.mov'));
    expect([tech.rate, problem?.code]).toEqual([undefined, 'variable-rate']);
  });
});
