import { mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Listened, SyncVerdict } from '../../manifest/documents/sync.ts';
import { ffmpeg, overheard, talk, writeMovie, writeWav } from '../bridge/listen-files.ts';
import { makeShoot } from '../bridge/listen-shoot.ts';
import { baton, batonJson, startBaton, tempFolder } from './baton.ts';

interface Said {
  verdicts: SyncVerdict[];
  listened?: Listened[];
}

const folder = tempFolder();
const manifest = join(folder, 'handoff.json');
/** Where this file's Batons put what ffmpeg decodes. */
const temporary = tempFolder();
process.env['TMPDIR'] = temporary;
const decoding = () => readdirSync(temporary).filter((name) => /^baton-listen-(?!test)/.test(name));
const age = (root: string) => {
  const past = new Date(Date.now() - 60_000);
  for (const name of readdirSync(root, { recursive: true }) as string[])
    utimesSync(join(root, name), past, past);
};
beforeAll(async () => {
  makeShoot(folder);
  age(folder);
  expect((await baton('scan', folder)).code).toBe(0);
}, 120_000);

describe('baton sync --listen', () => {
  it('adds what was heard, in words under each verdict and as JSON beside them', async () => {
    const { code, document } = await batonJson<Said>('sync', manifest, '--listen');
    const plain = await batonJson<Said>('sync', manifest);
    expect(code).toBe(1);
    expect(document.verdicts).toEqual(plain.document.verdicts);
    expect(plain.document.listened).toBeUndefined();
    const heard = Object.fromEntries(document.listened!.map((each) => [each.clip, each.heard]));
    expect(heard).toEqual({
      'CAM/S12_T3_A.mov': 'match',
      'CAM/C0007.MOV': 'match',
      'CAM/C0008.MOV': 'silence',
      'CAM/C0009.MOV': 'ambiguous',
      'CAM/C0010.MOV': 'match',
      'CAM/C0011.MOV': 'none',
      'CAM/C0012.MOV': 'not-heard',
      'CAM/S21_T2_A.mov': 'match',
    });
    const { stdout } = await baton('sync', manifest, '--listen');
    for (const words of [
      'By ear the sound starts 00:00:07:00 (175 frames) before the picture',
      'The slate on frame 40 and the clap in the sound agree with it',
      'carries timecode (LTC 25) on channel 2, from 15:00:16:00',
      'by ear: 4 match, 1 ambiguous, 1 none, 1 silence, 1 not-heard of 8 pictures',
    ])
      expect(stdout).toContain(words);
  });

  it('--clip asks for one picture by path or name, and says where there is none', async () => {
    const { document } = await batonJson<Said>('sync', manifest, '--listen', '--clip', 'C0007.MOV');
    expect(document.listened!.map(({ clip }) => clip)).toEqual(['CAM/C0007.MOV']);
    expect(await baton('sync', manifest, '--listen', '--clip', 'C9999.MOV')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no picture C9999.MOV'),
    });
    expect((await baton('sync', manifest, '--all')).stderr).toContain('go with --listen');
  });
});

it('Ctrl-C ends it with most of the sound unheard, with every verdict and what was heard until then', async () => {
  const shoot = tempFolder();
  mkdirSync(join(shoot, 'SOUND'));
  // An hour and a half of sound, made in a moment.
  const minute = writeWav(join(shoot, 'minute.wav'), [talk(31, 60)], { form: 16 });
  for (let nth = 0; nth < 4; nth++)
    ffmpeg(
      '-stream_loop',
      '20',
      '-ss',
      String(nth),
      '-i',
      minute,
      '-c',
      'copy',
      join(shoot, 'SOUND', `${nth}.wav`),
    );
  rmSync(minute);
  for (let nth = 0; nth < 4; nth++)
    writeMovie(join(shoot, `C${nth}.MOV`), [overheard(talk(40 + nth, 12), 0, 12)], { codec: 'aac' });
  age(shoot);
  await baton('scan', shoot);
  const child = startBaton('sync', join(shoot, 'handoff.json'), '--listen', '--json');
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (errors += text));
  // It is at work once ffmpeg has somewhere to put what it decodes.
  while (decoding().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  await new Promise((resolve) => child.on('close', resolve));
  const document = JSON.parse(out) as Said;
  expect(errors).toContain('stopped:');
  expect(new Set(document.listened!.map(({ clip }) => clip)).size).toBe(4);
  expect(document.verdicts).toHaveLength(8);
  expect(document.listened!.filter(({ reason }) => reason.includes('stopped')).length).toBeGreaterThan(0);
  expect(decoding()).toEqual([]);
  rmSync(shoot, { recursive: true, force: true });
});
