/** Movies that are cut, empty, no movies at all, or no files: each says which, and what was understood stays. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { probe } from '../../bridge/local/probe/probe.ts';
import { ffmpeg, FOLDER, inFolder, makePicture } from './probe-files.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe('what is not a whole movie', () => {
  const whole = () => makePicture('cut.mov', '25', 50, '-timecode', '01:00:00:00');

  test('no bytes at all', async () => {
    const file = inFolder('empty.mov');
    writeFileSync(file, '');
    expect((await probe(file)).problem?.code).toBe('empty-file');
  });
  test('cut before its header (moov at the end)', async () => {
    const file = whole();
    truncateSync(file, 5000);
    const { problem, tech } = await probe(file);
    expect([problem?.code, tech]).toEqual(['truncated', {}]);
    expect(problem?.message).toMatch(/longer than the file \(5000 bytes\)/);
  });
  test('cut inside its header', async () => {
    const file = whole();
    truncateSync(file, statSync(file).size - 100);
    expect((await probe(file)).problem?.code).toBe('truncated');
  });
  test('cut inside its media (moov at the front) keeps what the header says', async () => {
    const file = makePicture(
      'cut-front.mov',
      '25',
      50,
      '-timecode',
      '01:00:00:00',
      '-movflags',
      '+faststart',
    );
    truncateSync(file, statSync(file).size - 100);
    const { problem, tech } = await probe(file);
    expect([problem?.code, tech.startTc, tech.durationFrames]).toEqual(['truncated', '01:00:00:00', 50]);
  });
  test('text under the name of a movie', async () => {
    const file = inFolder('text.mov');
    writeFileSync(file, 'Scene 7 take 3 is the good one.\n');
    expect((await probe(file)).problem?.code).toBe('not-media');
  });
  test('a folder under the name of a movie', async () => {
    const folder = `${FOLDER}/folder.mov`;
    mkdirSync(folder);
    expect((await probe(folder)).problem?.code).toBe('unreadable');
  });
  test('a file that is not there', async () => {
    expect((await probe(inFolder('nowhere.mov'))).problem).toEqual({
      code: 'unreadable',
      message: 'it is not there',
    });
  });
  test('a WAV under the name of a movie is read as the WAV it is', async () => {
    const file = inFolder('really.mov');
    ffmpeg('-f', 'lavfi', '-i', 'sine=sample_rate=48000', '-t', '1', '-f', 'wav', file);
    expect((await probe(file)).tech.durationSamples).toBe(48000);
  });
});

test('a pipe under the name of a movie does not hold up the scan', async () => {
  if (process.platform === 'win32') return;
  const file = inFolder('pipe.mov');
  execFileSync('mkfifo', [file]);
  expect((await probe(file)).problem?.code).toBe('unreadable');
});
