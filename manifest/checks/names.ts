/** Names that do not say which take they are, and clips that nothing places in a scene. */
import type { Clip, Handoff, LogEntry } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { suffix } from '../documents/paths.ts';
import { comparable } from '../identity.ts';
import { isChaotic, withoutChaos } from '../names.ts';
import { isNamelessTake } from './camera-default.ts';
import { clipAt, type Check } from './check.ts';

const two = (label: string) => label.replace(/^\d$/, '0$&');

/** A name that says it all, where the log knows what the take is. */
function properName(clip: Clip): string | null {
  const { scene, take, camera } = clip.identity;
  if (!scene || !take) return null;
  const tail = clip.kind === 'sound' ? '_AUDIO_MAIN' : camera ? `_CAM_${camera}` : '';
  return `SCENE_${two(scene)}_TAKE_${two(take)}${tail}.${suffix(clip.path)}`;
}

type Said = Pick<LogEntry, 'scene' | 'take'>;

const spelled = (id: string, { scene, take }: Said) => [id, comparable(scene), comparable(take)].join('\n');

/** Which clips the log calls what: what a person said of a clip by hand is no word of the log. */
function wordsOfLog({ log }: Handoff): ReadonlySet<string> {
  return new Set(log.entries.flatMap((entry) => entry.clips.map((id) => spelled(id, entry))));
}

function nameIssue(handoff: Handoff, clip: Clip, logged: ReadonlySet<string>): Issue[] {
  const common = { at: clipAt(handoff, clip), clips: [clip.path], severity: 'warning' as const };
  if (isChaotic(clip.path)) {
    const proper = properName(clip);
    const { scene, take } = clip.identity;
    const who = logged.has(spelled(clip.id, clip.identity)) ? 'the log says' : 'it is known to be';
    const known = scene && take ? `; ${who} scene ${scene}, take ${take}` : '';
    const message = `The name ${clip.path} does not say which take this is: words such as FINAL or REV change with every copy${known}.`;
    const fix = proper ? `name it ${proper}` : 'name it SCENE_nn_TAKE_nn, or log it by file name';
    return [{ ...common, code: 'name-unclear', message, fix }];
  }
  if (clip.identity.scene || clip.broll || clip.pick === 'rejected' || clip.soundKind === 'wild') return [];
  // A whole card of them is one issue, and has its own check.
  if (isNamelessTake(clip)) return [];
  const message = `Nothing says which scene ${clip.path} belongs to: not its name, not its metadata, not the log.`;
  return [
    { ...common, code: 'name-no-scene', message, fix: 'log it by file name, or name it SCENE_nn_TAKE_nn' },
  ];
}

/** Several names of haste for one thing: which of them counts is the question, and it is one question. */
function familyIssue(handoff: Handoff, clips: Clip[]): Issue {
  const [first] = clips;
  const names = clips.slice(0, MOST_NAMES).map(({ path }) => path);
  const more = clips.length > MOST_NAMES ? ` and ${clips.length - MOST_NAMES} more` : '';
  const message = `${names.join(', ')}${more} are ${clips.length} names for what looks like one thing: words such as FINAL or REV change with every copy, and none says which counts.`;
  const known = clips.flatMap((clip) => properName(clip) ?? []);
  const fix =
    known.length === clips.length
      ? 'the log knows what each is: baton rename names them by it'
      : 'ask which of them counts, move the others out, and log it by file name';
  return {
    code: 'name-unclear',
    severity: 'warning',
    at: clipAt(handoff, first!),
    clips: clips.map(({ path }) => path),
    message,
    fix,
  };
}

const MOST_NAMES = 5;

/** By folder and what is left of the name; a name of which nothing is left is like the others in its folder. */
function families(clips: Clip[]): Clip[][] {
  const found = new Map<string, Clip[]>();
  for (const clip of clips) {
    if (!isChaotic(clip.path) || clip.duplicateOf) continue;
    const key = [
      clip.root,
      clip.path.slice(0, clip.path.lastIndexOf('/') + 1),
      clip.kind,
      withoutChaos(clip.path),
    ].join('\n');
    const family = found.get(key);
    if (family) family.push(clip);
    else found.set(key, [clip]);
  }
  return [...found.values()].filter(({ length }) => length > 1);
}

export const names: Check = {
  id: 'name',
  title: 'Every clip says which take it is',
  why: 'A clip that nobody can place ends up in Unsorted, and is looked for later.',
  needs: [],
  run(handoff) {
    const named = handoff.clips.filter(({ kind }) => kind === 'picture' || kind === 'sound');
    const together = families(named);
    const said = new Set(together.flat());
    const logged = wordsOfLog(handoff);
    return [
      ...together.map((clips) => familyIssue(handoff, clips)),
      ...named.flatMap((clip) => (said.has(clip) ? [] : nameIssue(handoff, clip, logged))),
    ];
  },
};
