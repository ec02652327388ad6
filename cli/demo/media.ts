/** Makes the example handoff of real media: MOV with timecode and scratch sound, broadcast WAV with iXML, log sheet, note. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isLitter } from '../../manifest/kinds.ts';
import { framesToSeconds, toDecimal } from '../../manifest/time/fraction.ts';
import { nominal } from '../../manifest/time/rate.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { SAMPLE_RATE, writeBwf } from './bwf.ts';
import { ffmpegPath, runFfmpeg } from './ffmpeg.ts';
import { DATE, LOG, NOTE, PICTURES, RECORDER, SOUNDS, TITLE, type Picture } from './shoot.ts';
import { overheard } from './voice.ts';

const NOTE_FILE = 'NOTE.txt';
const LOG_FILE = 'LOGS/day1.csv';
/** Samples by which the recorder begins after a frame's edge, as real ones do. */
const LATE = 2;

/**
 * Fills `dir`, which is made where it is missing; an earlier example in it is made anew, and what else lies beside it stays.
 * Throws where `dir` holds anything but the example, where ffmpeg is missing, or where the disk refuses.
 */
export async function makeDemoHandoff(dir: string, say: (line: string) => void = () => {}): Promise<void> {
  refuseOthers(dir);
  await ffmpegPath();
  // First, so that a run that was stopped half-way is known as the example's own.
  write(dir, NOTE_FILE, NOTE);
  write(dir, LOG_FILE, `\uFEFF${LOG.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`);
  say(`Writing ${SOUNDS.length} sound files…`);
  for (const sound of SOUNDS) {
    const recording = { ...sound, project: TITLE, originator: RECORDER, date: DATE, late: LATE };
    writeBwf(place(dir, sound.path), recording);
  }
  say(`Making ${PICTURES.length} pictures…`);
  await inParallel(PICTURES, (picture, index) => makePicture(place(dir, picture.path), picture, index));
  say(
    `${TITLE}: ${PICTURES.length} pictures, ${SOUNDS.length} sound files, ${LOG.length - 1} log rows in ${dir}`,
  );
}

function refuseOthers(dir: string): void {
  const stats = statSync(dir, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) throw new Error(`${dir} is a file; name a folder for the example`);
  if (readdirSync(dir).every(isLitter) || readNote(dir) === NOTE) return;
  throw new Error(`${dir} is not empty and does not hold the example; name an empty or new folder`);
}

function readNote(dir: string): string | null {
  const note = join(dir, NOTE_FILE);
  return statSync(note, { throwIfNoEntry: false })?.isFile() ? readFileSync(note, 'utf8') : null;
}

function place(dir: string, path: string): string {
  const file = join(dir, ...path.split('/'));
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

function write(dir: string, path: string, text: string): void {
  writeFileSync(place(dir, path), text);
}

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A few at a time: one small encode keeps about one core busy. */
async function inParallel<Thing>(
  things: Thing[],
  make: (thing: Thing, index: number) => Promise<void>,
): Promise<void> {
  const waiting = things.entries();
  const lane = async () => {
    for (const [index, thing] of waiting) await make(thing, index);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, lane));
}

async function makePicture(output: string, picture: Picture, index: number): Promise<void> {
  const { rate, frames, start, scratch, reel, said } = picture;
  const speed = `${rate.num}/${rate.den}`;
  const length = toDecimal(framesToSeconds(frames, rate), 6);
  // The same moving pattern in another colour, so that clips are told apart at a glance.
  const pattern = `testsrc2=size=320x180:rate=${speed},hue=h=${(index * 47) % 360}`;
  const hum = `sine=frequency=${220 + 20 * index}:sample_rate=${SAMPLE_RATE}`;
  const lavfi = (source: string) => ({ source, options: ['-f', 'lavfi'] });
  const video = [
    '-frames:v',
    String(frames),
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-crf',
    '30',
    '-pix_fmt',
    'yuv420p',
  ];
  const audio = scratch ? ['-c:a', 'pcm_s16le', '-t', length] : ['-an'];
  const timecode = start === null ? [] : ['-timecode', start, '-metadata:s:v:0', `reel_name=${reel}`];
  const options = [...video, ...audio, ...timecode, ...SAME_EVERY_RUN];
  if (said === undefined)
    return runFfmpeg({
      inputs: [lavfi(pattern), ...(scratch ? [lavfi(hum)] : [])],
      options,
      output,
    });
  await withScratch(picture, said, (source) =>
    runFfmpeg({ inputs: [lavfi(pattern), { source, options: RAW_SCRATCH }], options, output }),
  );
}

const RAW_SCRATCH = ['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', '1'];

/** The camera's own microphone, in a file outside the example that is gone afterwards. */
async function withScratch(
  { rate, frames }: Picture,
  said: number,
  work: (file: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-scratch-'));
  try {
    // The recorder rolled this much earlier.
    const before = framesToSamples(nominal(rate), rate, SAMPLE_RATE) - LATE;
    const file = join(folder, 'scratch.pcm');
    writeFileSync(file, overheard(said, before, framesToSamples(frames, rate, SAMPLE_RATE)));
    await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One thread and no version stamps: the same bytes on every run. */
const SAME_EVERY_RUN = [
  '-threads',
  '1',
  '-fflags',
  '+bitexact',
  '-flags:v',
  '+bitexact',
  '-flags:a',
  '+bitexact',
];
