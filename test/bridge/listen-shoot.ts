/** A small shoot to listen to: every way in which timecode fails, each with its sound. Used in-process and through the CLI. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeLtc } from '../manifest/ltc-writer.ts';
import { clapInto, ffmpeg, overheard, random, RATE, talk, writeMovie, writeWav } from './listen-files.ts';

const ixml = (scene: string, take: string) =>
  `<?xml version="1.0"?><BWFXML><SCENE>${scene}</SCENE><TAKE>${take}</TAKE><SPEED><TIMECODE_RATE>25/1</TIMECODE_RATE><TIMECODE_FLAG>NDF</TIMECODE_FLAG></SPEED></BWFXML>`;

/** Mix, boom, lavalier and an empty track. */
function poly(mix: Float32Array, seed: number): Float32Array[] {
  const next = random(seed);
  return [
    mix,
    mix.map((value) => value * 0.5 + 0.001 * next()),
    mix.map((value) => value * 0.2),
    new Float32Array(mix.length),
  ];
}

/** Where each camera file truly begins in its recording: samples of sound before the picture. */
export const BEFORE = {
  'CAM/S12_T3_A.mov': 7 * RATE,
  'CAM/C0007.MOV': Math.round(4.25 * RATE),
  'CAM/C0010.MOV': 6 * RATE,
  'CAM/S21_T2_A.mov': 3 * RATE + 11,
};

/** The slate of scene 12 closes on this frame. */
export const SLATE = 40;

export function makeShoot(root: string): void {
  for (const folder of ['CAM', 'SOUND']) mkdirSync(join(root, folder), { recursive: true });
  const sound = (name: string) => join(root, 'SOUND', name);
  const camera = (name: string) => join(root, 'CAM', name);
  const cut = (scene: Float32Array, name: keyof typeof BEFORE, seconds: number) =>
    overheard(scene, BEFORE[name], seconds);

  // AAC scratch, no timecode, the take in its name, the slate in the log.
  const twelve = talk(11, 40);
  clapInto(twelve, BEFORE['CAM/S12_T3_A.mov'] + (SLATE * RATE) / 25);
  writeWav(sound('12-3.wav'), poly(twelve, 1), { ixml: ixml('12', '3') });
  writeMovie(camera('S12_T3_A.mov'), [cut(twelve, 'CAM/S12_T3_A.mov', 25)], { codec: 'aac' });

  // PCM scratch, neither timecode nor a name that says anything.
  const day = talk(12, 40);
  writeWav(sound('MixPre-044.WAV'), poly(day, 2), { timeReference: 36_000 * RATE });
  writeMovie(camera('C0007.MOV'), [cut(day, 'CAM/C0007.MOV', 20)], { codec: 'pcm_s24le' });

  writeMovie(camera('C0008.MOV'), [new Float32Array(10 * RATE)]);

  // The same playback twice in one recording.
  const song = talk(13, 16);
  const playback = new Float32Array(50 * RATE);
  playback.set(song, 5 * RATE);
  playback.set(song, 30 * RATE);
  writeWav(sound('MixPre-045.WAV'), [playback]);
  writeMovie(camera('C0009.MOV'), [overheard(song, RATE, 14)]);

  // LTC on the camera's second channel, timecode in the recorder.
  const jammed = talk(15, 35);
  writeWav(sound('MixPre-046.WAV'), [jammed], { timeReference: 54_010 * RATE, ixml: ixml('20', '1') });
  const ltc = writeLtc({ fps: 25, count: 25, from: [15, 0, 16, 0], frames: 500, level: 0.3 });
  writeMovie(camera('C0010.MOV'), [cut(jammed, 'CAM/C0010.MOV', 20), ltc]);

  // A camera whose clock is an hour off.
  const off = talk(16, 30);
  writeWav(sound('21-2.wav'), [off], { timeReference: 57_600 * RATE, ixml: ixml('21', '2') });
  writeMovie(camera('S21_T2_A.mov'), [cut(off, 'CAM/S21_T2_A.mov', 20)], { timecode: '17:00:03:00' });

  // What nobody recorded, and a camera without sound.
  writeMovie(camera('C0011.MOV'), [talk(99, 12)]);
  ffmpeg(
    ...'-f lavfi -i testsrc2=size=64x36:rate=25 -t 5 -c:v libx264 -preset ultrafast'.split(' '),
    camera('C0012.MOV'),
  );
  writeFileSync(join(root, 'log.csv'), `Scene,Take,Clap,Notes\n12,3,${SLATE},good\n21,2,,\n`);
}
