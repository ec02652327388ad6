/** Names that do not say which take they are, and clips that nothing places in a scene. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { suffix } from '../documents/paths.ts';
import { isChaotic } from '../names.ts';
import { clipAt, type Check } from './check.ts';

const two = (label: string) => label.replace(/^\d$/, '0$&');

/** A name that says it all, where the log knows what the take is. */
function properName(clip: Clip): string | null {
  const { scene, take, camera } = clip.identity;
  if (!scene || !take) return null;
  const tail = clip.kind === 'sound' ? '_AUDIO_MAIN' : camera ? `_${camera}` : '';
  return `SCENE_${two(scene)}_TAKE_${two(take)}${tail}.${suffix(clip.path)}`;
}

function nameIssue(handoff: Handoff, clip: Clip): Issue[] {
  const common = { at: clipAt(handoff, clip), clips: [clip.path], severity: 'warning' as const };
  if (isChaotic(clip.path)) {
    const proper = properName(clip);
    const { scene, take } = clip.identity;
    const known = scene && take ? `; the log says scene ${scene}, take ${take}` : '';
    const message = `The name ${clip.path} does not say which take this is: words such as FINAL or REV change with every copy${known}.`;
    const fix = proper ? `name it ${proper}` : 'name it SCENE_nn_TAKE_nn, or log it by file name';
    return [{ ...common, code: 'name-unclear', message, fix }];
  }
  if (clip.identity.scene || clip.broll || clip.pick === 'rejected' || clip.soundKind === 'wild') return [];
  const message = `Nothing says which scene ${clip.path} belongs to: not its name, not its metadata, not the log.`;
  return [
    { ...common, code: 'name-no-scene', message, fix: 'log it by file name, or name it SCENE_nn_TAKE_nn' },
  ];
}

export const names: Check = {
  id: 'name',
  title: 'Every clip says which take it is',
  why: 'A clip that nobody can place ends up in Unsorted, and is looked for later.',
  needs: [],
  run: (handoff) =>
    handoff.clips.flatMap((clip) =>
      clip.kind === 'picture' || clip.kind === 'sound' ? nameIssue(handoff, clip) : [],
    ),
};
