/** The example shoot: real media that says of itself exactly what the table of the shoot says, and no faults but the planted ones. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe } from '../../bridge/local/probe/probe.ts';
import { timeReference } from '../../cli/demo/bwf.ts';
import { makeDemoHandoff } from '../../cli/demo/media.ts';
import { DATE, LOG, PICTURES, RECORDER, SOUNDS } from '../../cli/demo/shoot.ts';
import { csvLog } from '../../manifest/readers/csv-log.ts';
import { framesPerDay, nominal } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import { judge } from '../bridge/probe-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-demo-'));
const dir = join(folder, 'Harbour Lights');
const lines: string[] = [];

beforeAll(async () => {
  await makeDemoHandoff(dir, (line) => lines.push(line));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function files(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
const hashes = () =>
  files(dir).map((file) => [
    file,
    createHash('sha256')
      .update(readFileSync(join(dir, file)))
      .digest('hex'),
  ]);

test('the folder holds what the table says and nothing else', () => {
  const expected = [...PICTURES, ...SOUNDS].map((each) => each.path);
  expect(files(dir)).toEqual([...expected, 'LOGS/day1.csv', 'NOTE.txt'].sort());
  expect(lines.at(-1)).toMatch(/14 pictures, 12 sound files, 14 log rows/);
});

describe('pictures', () => {
  test.each(PICTURES)('$path', async ({ path, rate, start, frames, scratch, reel }) => {
    const { tech, witness, problem } = await probe(join(dir, path));
    expect(problem).toBeUndefined();
    expect([tech.startTc ?? null, tech.durationFrames, tech.channels]).toEqual([
      start,
      frames,
      scratch ? 1 : 0,
    ]);
    expect(tech.rate).toEqual(start === null ? { ...rate, drop: false } : rate);
    expect(tech.picture).toEqual({ width: 320, height: 180 });
    expect(witness).toEqual(start === null ? {} : { reel });
    const says = judge(join(dir, path));
    expect(says.timecode ?? null).toBe(start);
    expect(Math.abs(says.seconds! - (frames * rate.den) / rate.num)).toBeLessThan(0.05);
  });
});

describe('sounds', () => {
  test.each(SOUNDS)('$path', async (sound) => {
    const { tech, witness, problem } = await probe(join(dir, sound.path));
    expect(problem).toBeUndefined();
    expect(tech).toMatchObject({
      rate: sound.rate,
      sampleRate: 48_000,
      channels: sound.tracks.length,
      tracks: sound.tracks,
      recorder: RECORDER,
      recordedOn: DATE,
      family: sound.family,
    });
    expect(tech.startSamples).toBe(timeReference({ ...sound, late: 2 }));
    expect(timecodeToFrame(tech.startTc!, sound.rate)).toEqual({ ok: true, frame: sound.start });
    expect(
      Math.abs((tech.durationSamples! / 48_000) * (sound.rate.num / sound.rate.den) - sound.frames),
    ).toBeLessThan(0.01);
    expect(witness).toMatchObject({ scene: sound.scene, take: sound.take, soundRoll: 'SR001' });
    expect([witness.pick, witness.soundKind]).toEqual([
      sound.circled ? 'circled' : undefined,
      sound.wild ? 'wild' : undefined,
    ]);
    expect(judge(join(dir, sound.path)).seconds).toBeCloseTo(tech.durationSamples! / 48_000, 1);
  });
});

interface Span {
  name: string;
  from: number;
  to: number;
}
/** Seconds of the day; a span across midnight ends past 24 h of its own labels. */
const spans = {
  pictures: PICTURES.flatMap(({ path, rate, start, frames }): Span[] => {
    if (start === null) return [];
    const read = timecodeToFrame(start, rate);
    if (!read.ok) throw new Error(read.message);
    return [
      {
        name: path,
        from: (read.frame * rate.den) / rate.num,
        to: ((read.frame + frames) * rate.den) / rate.num,
      },
    ];
  }),
  sounds: SOUNDS.map(({ path, rate, start, frames }): Span => ({
    name: path,
    from: (start * rate.den) / rate.num,
    to: ((start + frames) * rate.den) / rate.num,
  })),
};
const take = (path: string) =>
  /SCENE_\d+_TAKE_\d+/.exec(path)?.[0] ?? (path.includes('FINAL_TAKE_3') ? 'SCENE_31_TAKE_06' : path);

test('every start label in table and log exists at its rate', () => {
  const starts = PICTURES.flatMap(({ start, rate }) => (start ? [timecodeToFrame(start, rate)] : []));
  expect(starts.filter((read) => !read.ok)).toEqual([]);
});

test('every sound covers the pictures of its take, a second before and after, and no other picture', () => {
  const overlaps = spans.pictures.flatMap((picture) =>
    spans.sounds
      .filter((sound) => sound.from < picture.to && picture.from < sound.to)
      .map((sound) => ({
        picture: take(picture.name),
        sound: take(sound.name),
        before: picture.from - sound.from,
        after: sound.to - picture.to,
      })),
  );
  expect(overlaps.filter(({ picture, sound }) => picture !== sound)).toEqual([]);
  expect(overlaps.filter(({ before, after }) => before < 0.99 || after < 0.99)).toEqual([]);
  const covered = new Set(overlaps.map(({ picture }) => picture));
  expect(spans.pictures.map(({ name }) => take(name)).filter((name) => !covered.has(name))).toEqual([
    'SCENE_31_TAKE_01',
    'SCENE_31_TAKE_02',
    'SCENE_12_TAKE_03',
    'CAMERA_B/B001/BROLL_EXT_HARBOUR_DUSK_WS_01.mov',
  ]);
});

test("scene 31 take 1's sound is one hour of labels off, but for the second it starts early", () => {
  const picture = PICTURES.find(({ path }) => path.includes('SCENE_31_TAKE_01'))!;
  const sound = SOUNDS.find(({ path }) => path.includes('SCENE_31_TAKE_01'))!;
  const start = timecodeToFrame(picture.start!, picture.rate);
  expect(start).toEqual({
    ok: true,
    frame: sound.start + nominal(picture.rate) - 3600 * nominal(picture.rate),
  });
});

test('one picture runs across midnight and its sound begins before it', () => {
  const picture = PICTURES.find(({ path }) => path.includes('SCENE_12_TAKE_02'))!;
  const start = timecodeToFrame(picture.start!, picture.rate);
  const day = framesPerDay(picture.rate);
  expect(start.ok && start.frame < day && start.frame + picture.frames > day).toBe(true);
});

describe('log sheet', () => {
  const text = () => readFileSync(join(dir, 'LOGS/day1.csv'), 'utf8');
  test('has a byte-order mark, CRLF, and reads without an issue', () => {
    expect(
      text().startsWith('\uFEFFScene,Take,Camera,File,Sound,Circled,TC In,Director Notes,Script Notes\r\n'),
    ).toBe(true);
    expect(text().split('\r\n').length).toBe(LOG.length + 1);
    const { value, issues } = csvLog.read(text(), { name: 'day1.csv' });
    expect(issues).toEqual([]);
    expect(value.rows.length).toBe(14);
    expect(value.rows.flatMap((row) => row.notes.map((note) => note.text))).toContain(
      'The one, "no question", says Ada',
    );
    expect(value.rows.filter((row) => row.soundKind === 'mos').map((row) => row.take ?? row.file)).toEqual([
      '03',
      'BROLL_EXT_HARBOUR_DUSK_WS_01.mov',
    ]);
  });
  test('knows every picture but scene 31 take 4, and one take that does not exist', () => {
    const rows = LOG.slice(1).map(
      ([scene, number, camera, file]) => file || `SCENE_${scene}_TAKE_${number}_${camera}`,
    );
    const known = (path: string) => rows.some((row) => path.includes(row!));
    expect(PICTURES.filter(({ path }) => !known(path)).map(({ path }) => take(path))).toEqual([
      'SCENE_31_TAKE_04',
    ]);
    expect(rows.filter((row) => !PICTURES.some(({ path }) => path.includes(row!)))).toEqual([
      'SCENE_31_TAKE_09_A',
    ]);
  });
  test('gives the start timecode the picture has', () => {
    for (const [scene, number, camera, file, , , start] of LOG.slice(1)) {
      const picture = PICTURES.find(({ path }) =>
        path.includes(file || `SCENE_${scene}_TAKE_${number}_${camera}`),
      );
      if (picture) expect(start).toBe(picture.start ?? '');
    }
  });
});

describe('the folder', () => {
  test('made anew is the same to the byte, and what lies beside it stays', async () => {
    const first = hashes();
    writeFileSync(join(dir, 'handoff.json'), '{}');
    await makeDemoHandoff(dir);
    expect(readFileSync(join(dir, 'handoff.json'), 'utf8')).toBe('{}');
    rmSync(join(dir, 'handoff.json'));
    expect(hashes()).toEqual(first);
  });
  test('that holds anything else is refused and left alone', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'NOTE.txt'), 'my own note');
    await expect(makeDemoHandoff(other)).rejects.toThrow(/other is not empty and does not hold the example/);
    expect(files(other)).toEqual(['NOTE.txt']);
    expect(readFileSync(join(other, 'NOTE.txt'), 'utf8')).toBe('my own note');
  });
  test('that is a file is refused', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(makeDemoHandoff(file)).rejects.toThrow(/is a file/);
  });
  test('that is empty but for system litter is used', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(join(empty, '.DS_Store'), '');
    await makeDemoHandoff(empty);
    expect(files(empty).length).toBe(PICTURES.length + SOUNDS.length + 3);
  });
});
