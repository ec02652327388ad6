/** A messy drive with a card of every structure, taken through scan, check, sync, plan and verify as a person would. */
import { readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { makeCardsDrive } from '../fixtures/cards-drive.ts';
import { batonJson, tempFolder } from './baton.ts';

interface ScanDocument {
  revision: number;
  files: Record<string, number>;
  issues: { code: string; at: string }[];
}
let drive = '';
let put = 0;
let scanned: ScanDocument;
const manifest = () => JSON.parse(readFileSync(join(drive, 'handoff.json'), 'utf8')) as Handoff;
const clip = (path: string): Clip => manifest().clips.find((each) => each.path === path)!;
const scan = async () => (await batonJson<ScanDocument>('scan', drive, '--rate', '25')).document;

beforeAll(async () => {
  drive = tempFolder();
  put = makeCardsDrive(drive);
  scanned = await scan();
});

describe('a drive of cards', () => {
  test('every file is accounted for, and litter is not counted', () => {
    const { files, ...rest } = scanned.files;
    expect(files).toBe(put);
    expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(put);
    expect(scanned.files).toMatchObject({
      clips: 17,
      parts: 6,
      frames: 13,
      documents: 2,
      transcripts: 2,
      card: 9,
      other: 1,
    });
  });

  test('a card is clips: no thumbnail, proxy or metadata file is one', () => {
    const pictures = manifest().clips.filter(({ kind }) => kind === 'picture');
    expect(pictures.map(({ path }) => path.split('/').at(-1))).toEqual([
      'C0001.MP4',
      'A001C001_230614_R1AB.mov',
      'B001C002_230614_R1CD.0000100.ari',
      'B001C001.MXF',
      'A001_06141234_C003.braw',
      'NZ000101.MXF',
      '00001.MTS',
      'DJI_0001.MP4',
      'harbour.mov',
      'GX010123.MP4',
      'GX010124.MP4',
      'GOPR0456.MP4',
      '0001AB.MXF',
      'A001_C003_0614AB_001.R3D',
    ]);
  });

  test('an XAVC clip has the timecode of its XML, and says so', () => {
    const { tech } = clip('A-CAM/PRIVATE/M4ROOT/CLIP/C0001.MP4');
    expect(tech).toMatchObject({ startTc: '00:02:41;04', durationFrames: 60, serial: '0123456' });
    expect(tech.fromSidecar).toContain('startTc');
  });

  test('lengths of real files are summed: Canon streams, GoPro chapters, P2 channels', () => {
    expect(clip('C300/CONTENTS/CLIPS001/NZ0001/NZ000101.MXF').tech).toMatchObject({
      startTc: '11:00:00:00',
      durationFrames: 75,
    });
    expect(clip('GOPRO/DCIM/100GOPRO/GX010123.MP4').tech).toMatchObject({
      startTc: '13:00:00:00',
      durationFrames: 75,
    });
    const p2 = clip('P2/CONTENTS/VIDEO/0001AB.MXF');
    expect(p2.tech).toMatchObject({ durationFrames: 50, channels: 2, sampleRate: 48000 });
    expect(p2).toMatchObject({ identity: { scene: '7', take: '3' }, clipName: 'HARBOUR 1' });
  });

  test('what an XMP says settles scene, take and pick', () => {
    expect(clip('EXPORT/harbour.mov')).toMatchObject({
      identity: { scene: '12', setup: 'B', take: '4', reel: 'A007' },
      pick: 'good',
    });
  });

  test('check says what is missing and what disagrees', async () => {
    const { document } = await batonJson<{ issues: { code: string; message: string }[] }>(
      'check',
      join(drive, 'handoff.json'),
    );
    const codes = document.issues.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['clip-part-missing', 'clip-frame-missing', 'sidecar-disagrees']),
    );
    expect(document.issues.find(({ code }) => code === 'clip-part-missing')!.message).toContain('no. 2');
  });

  test('the plan imports each GoPro chapter, and of a Canon recording the first stream', async () => {
    const { document } = await batonJson<{ steps: { kind: string; target: { path: string } }[] }>(
      'plan',
      join(drive, 'handoff.json'),
    );
    const imports = document.steps.filter(({ kind }) => kind === 'import').map(({ target }) => target.path);
    expect(imports).toEqual(
      expect.arrayContaining(['GOPRO/DCIM/100GOPRO/GX010123.MP4', 'GOPRO/DCIM/100GOPRO/GX020123.MP4']),
    );
    expect(imports.filter((path) => path.includes('NZ0001'))).toEqual([
      'C300/CONTENTS/CLIPS001/NZ0001/NZ000101.MXF',
    ]);
    expect(imports.some((path) => /\.(cube|srt|txt|XML|THM|pdf)$/.test(path))).toBe(false);
  });

  test('the stand-in Premiere takes it, and planning again gives nothing', async () => {
    await batonJson('apply', join(drive, 'handoff.json'), '--host', 'standin');
    const project = join(drive, '.baton', 'standin-premiere.json');
    const { document } = await batonJson<{ steps: unknown[] }>(
      'plan',
      join(drive, 'handoff.json'),
      '--project',
      project,
    );
    expect(document.steps).toEqual([]);
  });

  test('a second scan finds the same clips, made of the same files', async () => {
    const made = () => manifest().clips.map(({ content: _read, ...rest }) => rest);
    const before = made();
    await scan();
    expect(made()).toEqual(before);
  });

  test('a chapter that is taken away is missed, and a sidecar too', async () => {
    const chapter = join(drive, 'GOPRO/DCIM/100GOPRO/GX020123.MP4');
    renameSync(chapter, `${drive}-aside`);
    rmSync(join(drive, 'GOPRO/DCIM/100GOPRO/GX010123.THM'));
    await scan();
    const { document } = await batonJson<{ issues: { code: string; message: string }[] }>(
      'check',
      join(drive, 'handoff.json'),
    );
    const said = document.issues.filter(({ code }) => code.endsWith('-gone')).map(({ code }) => code);
    expect(said).toEqual(['clip-part-gone', 'clip-sidecar-gone']);
    renameSync(`${drive}-aside`, chapter);
    utimesSync(chapter, new Date(), new Date());
  });

  test('verify asks for every part, frame and sidecar', async () => {
    const { document } = await batonJson<{ files: { path: string; verdict: string }[] }>(
      'verify',
      join(drive, 'handoff.json'),
    );
    const asked = new Set(document.files.map(({ path }) => path));
    for (const each of [
      'C300/CONTENTS/CLIPS001/NZ0001/NZ000102.MXF',
      'ARRI/B001C002_230614_R1CD/B001C002_230614_R1CD.0000104.ari',
      'EXPORT/harbour.xmp',
    ])
      expect(asked, each).toContain(each);
    expect(document.files.find(({ path }) => path.endsWith('GX010123.THM'))?.verdict).toBe('missing');
  });
});
