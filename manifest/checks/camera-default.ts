/** Clips that go by the name their camera gave them, where nothing else says which take they are. */
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName, stem } from '../documents/paths.ts';
import { isChaotic } from '../names.ts';
import { folderOf } from '../patterns/companions.ts';
import { nameMaker } from '../patterns/cameras.ts';
import type { Check } from './check.ts';

/** Whether the camera's own name is all there is. */
export function isNamelessTake(clip: Clip): boolean {
  if (clip.kind !== 'picture' && clip.kind !== 'sound') return false;
  if (clip.identity.scene || clip.broll || clip.pick === 'rejected' || clip.soundKind === 'wild')
    return false;
  return nameMaker(stem(clip.path)) !== null && !isChaotic(clip.path);
}

export const cameraDefault: Check = {
  id: 'name-camera',
  title: 'Files under their camera’s own names are in the log',
  why: 'MVI_1234 is a good name for a card and none for a take: every one of them has to be opened and looked at.',
  needs: [],
  run(handoff) {
    const folders = new Map<string, Clip[]>();
    for (const clip of handoff.clips) {
      if (!isNamelessTake(clip)) continue;
      const key = `${clip.root}\n${folderOf(clip.path)}\n${clip.kind}`;
      const list = folders.get(key);
      if (list) list.push(clip);
      else folders.set(key, [clip]);
    }
    return [...folders.values()].map((clips): Issue => {
      const [first] = clips;
      const folder = folderOf(first!.path);
      const maker = nameMaker(stem(first!.path))!;
      const what = first!.kind === 'sound' ? 'sound' : 'picture';
      const who =
        clips.length === 1
          ? `${first!.path} goes`
          : `${clips.length} ${what} files in ${folder || 'the top folder'} (${fileName(first!.path)} and on) go`;
      const message = `${who} by the name ${article(maker)} gave, and nothing else tells scene or take: not the metadata, not the log.`;
      return {
        code: 'name-camera',
        severity: 'warning',
        at: folder || '.',
        clips: clips.map(({ path }) => path),
        message,
        fix: 'log them by file name (column File), then baton rename names them',
      };
    });
  },
};

const article = (maker: string) => (/^(a|the) /.test(maker) ? maker : `the ${maker} camera or recorder`);
