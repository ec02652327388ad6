/** Ctrl-C during a scan: what was read is written and said, the rest is named, and the next scan goes on from there. */
import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { withLock } from '../../bridge/local/lock.ts';
import { withKnown } from '../../bridge/local/probe-drive.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import type { FoundFile } from '../../manifest/scan.ts';
import { riff, wavFormat, zeros } from '../bridge/probe-files.ts';
import { BATON, tempFolder } from './baton.ts';

const before = new Date(Date.now() - 86_400_000);

/** A drive of WAVs, and of Ogg files whose reading takes as long as the script says: where it sleeps, longer than any test may last. */
function makeDrive(script: string): { drive: string; ffprobe: string } {
  const folder = tempFolder();
  const drive = join(folder, 'FINAL_RAW');
  mkdirSync(drive);
  const put = (name: string, bytes: Buffer) => {
    writeFileSync(join(drive, name), bytes);
    utimesSync(join(drive, name), before, before);
  };
  for (let nth = 0; nth < 5; nth++)
    put(`TAKE_0${nth}.wav`, riff(['fmt ', wavFormat({ bits: 8 })], ['data', zeros(100 + nth)]));
  for (let nth = 0; nth < 5; nth++) put(`music_0${nth}.ogg`, Buffer.from('OggS and more'));
  const ffprobe = join(folder, 'slow-ffprobe');
  writeFileSync(ffprobe, `#!/bin/sh\n${script}\n`);
  chmodSync(ffprobe, 0o755);
  return { drive, ffprobe };
}

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}
/** Runs a scan and sends SIGINT once `ready` is true: at `times` moments, 50 ms apart. */
function interrupted(drive: string, ffprobe: string, ready: () => boolean, times = 1): Promise<Ended> {
  const child = spawn(process.execPath, [BATON, 'scan', drive], {
    env: { ...process.env, FFPROBE_PATH: ffprobe },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const timer = setInterval(() => {
    if (times === 0 || !ready()) return;
    times--;
    child.kill('SIGINT');
  }, 50);
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearInterval(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}
const manifestOf = (drive: string) =>
  JSON.parse(readFileSync(join(drive, 'handoff.json'), 'utf8')) as Handoff;

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  test('once: the manifest holds every file, read or named as not read; exit 1', async () => {
    const { drive, ffprobe } = makeDrive(`touch "$0.started"; exec sleep 600`);
    const ended = await interrupted(drive, ffprobe, () => existsSync(`${ffprobe}.started`));
    expect(ended.stderr).toContain('5 of 10 files were not read');
    expect([ended.code, ended.stdout.includes('10 clips')]).toEqual([1, true]);
    const { clips } = manifestOf(drive);
    const read = clips.filter((clip) => clip.tech.durationSamples !== undefined).map((clip) => clip.path);
    const unread = clips.filter((clip) => clip.problem?.code === 'not-read').map((clip) => clip.path);
    expect([read.length, unread.length]).toEqual([5, 5]);
    expect(read.every((path) => path.endsWith('.wav'))).toBe(true);

    // The next scan goes on: ids stay, and what was not read is.
    const answer =
      '[STREAM]\ncodec_type=audio\nsample_rate=48000\nchannels=2\ntime_base=1/48000\nduration_ts=4800\n[/STREAM]';
    writeFileSync(ffprobe, `#!/bin/sh\nprintf '${answer.replaceAll('\n', '\\n')}\\n'\n`);
    const again = await interrupted(drive, ffprobe, () => false);
    expect([again.code, again.stderr]).toEqual([0, '']);
    const next = manifestOf(drive).clips;
    expect(next.filter((clip) => clip.problem)).toEqual([]);
    expect(next.map((clip) => clip.id)).toEqual(clips.map((clip) => clip.id));
    expect(next.find((clip) => clip.path === 'music_00.ogg')?.tech.durationSamples).toBe(4800);
  });
  test('twice: the process ends at once, even while it waits to write', async () => {
    const { drive, ffprobe } = makeDrive(`touch "$0.started"; exec sleep 600`);
    // Someone else holds the manifest, so that the scan that was stopped has to wait with what it read.
    const ended = await withLock(join(drive, 'handoff.json'), () =>
      interrupted(drive, ffprobe, () => existsSync(`${ffprobe}.started`), 8),
    );
    // One that waited on would end by itself, without the manifest and without the signal.
    expect([ended.signal, existsSync(join(drive, 'handoff.json'))]).toEqual(['SIGINT', false]);
  });
});

describe('what was not read', () => {
  const unread = (path: string, size: number): FoundFile => ({
    root: 'media',
    path,
    size,
    kind: 'picture',
    tech: {},
    media: {},
    problem: { code: 'not-read', message: 'stopped' },
  });
  const known: Handoff = {
    ...emptyHandoff('x'),
    clips: [
      {
        id: 'clip-1',
        kind: 'sound',
        root: 'media',
        path: 'a.mov',
        size: 5,
        identity: {},
        tech: { durationSamples: 7 },
        pick: 'unknown',
        soundKind: 'unknown',
        witnesses: { media: { scene: '7' } },
      },
    ],
  };
  test('keeps what an earlier scan knew of the same file', () => {
    const [file] = withKnown([unread('a.mov', 5)], known);
    expect(file).toEqual({
      root: 'media',
      path: 'a.mov',
      size: 5,
      kind: 'sound',
      tech: { durationSamples: 7 },
      media: { scene: '7' },
    });
  });
  test('is not taken for a file of another size or name, and stays unread without a manifest', () => {
    const files = [unread('a.mov', 6), unread('b.mov', 5)];
    expect(withKnown(files, known)).toEqual(files);
    expect(withKnown(files, null)).toBe(files);
  });
});
