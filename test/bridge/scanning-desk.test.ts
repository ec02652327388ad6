/** Scanning behind a face, on a real folder: made, refreshed, stopped, and refused where it would destroy something. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanningDesk, ScanState } from '../../bridge/desk.ts';
import { localScanning } from '../../bridge/local/scanning-desk.ts';
import { apiMethods } from '../../bridge/local/service-api.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';

let folder: string;
let manifest: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-scanning-'));
  manifest = join(folder, 'handoff.json');
  await mkdir(join(folder, 'LOGS'));
  await writeFile(join(folder, 'LOGS', 'day1.csv'), 'Bild,Take,Camera,Notes\n7,1,A,Good one\n7,2,A,Soft\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = async () => JSON.parse(await readFile(manifest, 'utf8')) as Handoff;

async function over(desk: ScanningDesk): Promise<ScanState> {
  for (;;) {
    const state = await desk.scanning(manifest);
    if (!state!.running) return state!;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('scanning for a face', () => {
  it('makes the manifest, and a second scan finds nothing new', async () => {
    const told: string[] = [];
    const desk = localScanning({ afterScan: (path) => Promise.resolve(void told.push(path)) });
    expect(await desk.scanning(manifest)).toBeNull();
    await desk.scan(manifest, {});
    expect(await over(desk)).toMatchObject({ scanned: { revision: 1, added: 0, unread: 0 } });
    const first = await read();
    expect(first.log.entries.length).toBe(2);
    await cp(join(folder, 'LOGS', 'day1.csv'), join(folder, 'plate.png'));
    await desk.scan(manifest, {});
    expect((await over(desk)).scanned).toMatchObject({ revision: 2, added: 1 });
    expect(told).toEqual([manifest, manifest]);
  });

  it('what a person says of a column is used, and kept for the next scan', async () => {
    const desk = localScanning();
    await desk.scan(manifest, { columns: [{ heading: 'Bild', meaning: 'scene' }] });
    await over(desk);
    expect((await read()).log.entries.map(({ scene }) => scene)).toEqual(['7', '7']);
    expect((await read()).log.mappings!['LOGS/day1.csv']!.columns[0]).toMatchObject({
      heading: 'Bild',
      meaning: 'scene',
      confidence: 'chosen',
    });
  });

  it('a manifest that cannot be read is not scanned over', async () => {
    await writeFile(manifest, 'not JSON, and somebody’s work');
    const desk = localScanning();
    await desk.scan(manifest, {});
    expect((await over(desk)).failed).toContain('Move it away');
    expect(await readFile(manifest, 'utf8')).toContain('somebody');
  });

  it('a stop leaves no half manifest', async () => {
    const desk = localScanning();
    await desk.scan(manifest, {});
    const state = await desk.stopScan(manifest);
    expect(state!.running).toBe(false);
    if (state!.failed) expect(existsSync(manifest)).toBe(false);
    else expect((await read()).kind).toBe('handoff');
  });

  it('a page reaches only the folder that is served', async () => {
    const methods = await apiMethods({
      manifests: [manifest],
      desk: {} as never,
      editor: {} as never,
      scanning: localScanning(),
    });
    await expect(methods.get('desk/scan')!([join(tmpdir(), 'handoff.json'), {}])).rejects.toThrow(
      'reaches only',
    );
    await expect(
      methods.get('desk/scan')!([manifest, { columns: [{ heading: 'a', meaning: 'evil' }] }]),
    ).rejects.toThrow();
  });
});
