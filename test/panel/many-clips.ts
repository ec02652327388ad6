/** A manifest of many clips with no media behind them, written to a folder: for what must stay quick when it is large. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallHandoff } from './fixture.ts';

/** The manifest's absolute path. */
export async function manyClips(dir: string, count: number): Promise<string> {
  const small = smallHandoff();
  const clips = Array.from({ length: count }, (_, index) => {
    const scene = String(Math.floor(index / 50) + 1);
    const take = String((index % 50) + 1);
    const path = `A/SCENE_${scene}_TAKE_${take}_A.mov`;
    return { ...small.clips[1]!, id: `c${index}`, path, identity: { scene, take, camera: 'A' } };
  });
  const log = { sheets: [], entries: [] };
  await mkdir(dir, { recursive: true });
  const manifest = join(dir, 'handoff.json');
  await writeFile(manifest, JSON.stringify({ ...small, production: { title: 'Ten thousand' }, clips, log }));
  return manifest;
}
