/**
 * The manifest after files were renamed: ids stay, paths follow, what the new name says is read anew, and the name a file had is kept, so
 * that camera reports and log sheets still find it. Pure; undoing is the same with the names turned round.
 */
import { carry } from '../carry.ts';
import { WitnessSchema, type Clip, type Handoff, type HistoryRecord } from '../documents/handoff.ts';
import { fileName } from '../documents/paths.ts';
import { readName } from '../names.ts';
import { settleClip } from '../scan.ts';
import { productionNaming } from './defaults.ts';

export interface MovedFile {
  root: string;
  from: string;
  to: string;
}

export interface RenameRecord extends HistoryRecord {
  kind: 'rename' | 'rename-undone';
  id: string;
  files: MovedFile[];
}

const SAID = Object.keys(WitnessSchema.shape);

/** With the record in its history. `back`: the files get names back that they had, which are then former names no longer. */
export function withRenames(
  handoff: Handoff,
  moved: MovedFile[],
  record: RenameRecord,
  back: boolean,
): Handoff {
  const names = new Map(moved.map(({ root, from, to }) => [`${root}\n${from}`, to]));
  const now = (root: string, path: string) => names.get(`${root}\n${path}`) ?? path;
  const { naming } = productionNaming(handoff);
  const clips = handoff.clips.map((clip): Clip => {
    const follow = (path: string) => now(clip.root, path);
    const path = follow(clip.path);
    const moves = path !== clip.path;
    const others = [...(clip.parts ?? []).map((part) => part.path), ...(clip.sidecars ?? [])];
    if (!moves && others.every((each) => follow(each) === each)) return clip;
    const next: Clip = {
      ...clip,
      path,
      ...(clip.parts ? { parts: clip.parts.map((part) => ({ ...part, path: follow(part.path) })) } : {}),
      ...(clip.sidecars ? { sidecars: clip.sidecars.map(follow) } : {}),
    };
    if (!moves) return next;
    const said = carry(clip.witnesses?.name, readName(path, clip.kind, naming), SAID);
    const witnesses = { ...clip.witnesses, name: said };
    return formerly(settleClip({ ...next, witnesses }, clip.witnesses?.log, clip), fileName(clip.path), back);
  });
  const transcripts = handoff.transcripts.map((each) => {
    const path = now(each.root, each.path);
    return path === each.path ? each : { ...each, path };
  });
  return {
    ...handoff,
    clips: inOrder(handoff.clips, clips),
    transcripts,
    history: [...handoff.history, record],
  };
}

/** A scan lists a root by path. Where it was listed so before, it is again, so that the next scan finds nothing to change. */
function inOrder(before: Clip[], after: Clip[]): Clip[] {
  const roots = new Map<string, number[]>();
  for (const [at, { root }] of before.entries()) {
    const slots = roots.get(root);
    if (slots) slots.push(at);
    else roots.set(root, [at]);
  }
  const clips = after.slice();
  for (const slots of roots.values()) {
    if (slots.some((at, nth) => nth > 0 && before[slots[nth - 1]!]!.path >= before[at]!.path)) continue;
    const sorted = slots.map((at) => after[at]!).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const [nth, at] of slots.entries()) clips[at] = sorted[nth]!;
  }
  return clips;
}

/** Oldest first; a name it has again is no former one. */
function formerly(clip: Clip, had: string, back: boolean): Clip {
  const { formerNames = [], ...bare } = clip;
  const names = back ? formerNames.slice(0, -1) : [...formerNames, had];
  return names.length > 0 ? { ...bare, formerNames: names } : bare;
}

/** Whether the last thing the history knows of this rename is that it was done. */
export function isRecorded(handoff: Handoff, id: string): boolean {
  const last = handoff.history
    .filter(({ kind, id: of }) => /^rename(-undone)?$/.test(kind) && of === id)
    .pop();
  return last?.kind === 'rename';
}
