/** baton mark: what a person knows better than any file says: MOS, a pick, a scene and take, which sound belongs to a picture. */
import { editHandoff } from '../../bridge/local/edit.ts';
import type { Edit } from '../../manifest/documents/edit.ts';
import { EditSchema } from '../../manifest/documents/edit.ts';
import { Pick, SoundKind, type Clip, type Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { CannotDo, type Command, type OptionValues } from '../command.ts';
import { openOrExplain, ROOT_OPTION } from '../roots.ts';
import { nearest } from '../words.ts';

const FIELDS = ['scene', 'take', 'camera', 'reel'] as const;

export const markCommand: Command = {
  id: 'mark',
  summary:
    'say what a clip is, by hand: MOS, wild, a pick, its scene and take, its sound; later scans keep it',
  usage:
    'MANIFEST CLIP... [--sound-kind mos|wild|sync|unknown] [--pick circled|good|rejected|alternate|unknown] [--scene S] [--take T] [--camera C] [--reel R] [--sound CLIP]... [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST', 'CLIP'],
  most: Infinity,
  options: {
    'sound-kind': { type: 'string', value: 'KIND', help: 'mos, wild, sync or unknown' },
    pick: { type: 'string', value: 'PICK', help: 'circled, good, rejected, alternate or unknown' },
    scene: { type: 'string', value: 'SCENE', help: 'the scene; "" = unknown' },
    take: { type: 'string', value: 'TAKE', help: 'the take; "" = unknown' },
    camera: { type: 'string', value: 'CAMERA', help: 'the camera; "" = unknown' },
    reel: { type: 'string', value: 'REEL', help: 'the camera or sound roll; "" = unknown' },
    sound: {
      type: 'string',
      multiple: true,
      value: 'CLIP',
      help: 'a sound file of this picture (repeatable); "" = as timecode says',
    },
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const [manifest, ...named] = positionals as [string, ...string[]];
    const { handoff, path } = await openOrExplain(manifest, options['root'], output);
    const clips = named.map((each) => findClip(handoff, each));
    const edits = clips.flatMap((clip) => editsOf(clip, options, handoff));
    if (edits.length === 0)
      throw new CannotDo(
        'say what to mark: --sound-kind, --pick, --scene, --take, --camera, --reel or --sound',
      );
    const { revision, undo } = await editHandoff(path, edits);
    for (const clip of clips) output.say(`marked ${clip.path}`);
    output.document({ revision, edits, undo });
    return 0;
  },
};

/** By path, by file name where only one has it, or by id. Throws CannotDo with what is nearest. */
export function findClip(handoff: Handoff, named: string): Clip {
  const wanted = named.normalize('NFC').replace(/\\/g, '/');
  const whole = handoff.clips.filter((clip) => clip.path === wanted || clip.id === named);
  const ending = handoff.clips.filter((clip) => clip.path.endsWith(`/${wanted}`));
  const found = whole.length > 0 ? whole : ending;
  if (found.length === 1) return found[0]!;
  if (found.length > 1)
    throw new CannotDo(
      `"${named}" names ${found.length} clips: ${found
        .slice(0, 5)
        .map((clip) => clip.path)
        .join(', ')}`,
    );
  const like = nearestClip(handoff, wanted);
  throw new CannotDo(
    `the manifest has no clip "${named}"; ${like ? `did you mean ${like}?` : 'paths are as baton check prints them'}`,
  );
}

/** Its path; by the file's name alone, however it is capitalised. */
function nearestClip({ clips }: Handoff, wanted: string): string | undefined {
  const byName = new Map(clips.map(({ path }) => [fileName(path).toLowerCase(), path]));
  const name = nearest(fileName(wanted), [...byName.keys()]);
  return name === undefined ? undefined : byName.get(name);
}

/** What the two options with words of their own may say. */
const WORDS = { 'sound-kind': SoundKind.options, pick: Pick.options } as const;

function editsOf(clip: Clip, options: OptionValues, handoff: Handoff): Edit[] {
  const wanted: unknown[] = [];
  const given = (name: string) => options[name] as string | undefined;
  for (const option of ['sound-kind', 'pick'] as const) {
    const word = given(option);
    const words: readonly string[] = WORDS[option];
    if (word !== undefined && !words.includes(word))
      throw new CannotDo(`--${option}: "${word}" is not one of ${words.join(', ')}`);
  }
  if (given('sound-kind') !== undefined)
    wanted.push({ edit: 'sound-kind', clip: clip.id, to: given('sound-kind') });
  if (given('pick') !== undefined) wanted.push({ edit: 'pick', clip: clip.id, to: given('pick') });
  for (const field of FIELDS)
    if (given(field) !== undefined)
      wanted.push({ edit: 'identity', clip: clip.id, field, to: given(field) || null });
  const sound = options['sound'] as string[] | undefined;
  if (sound) {
    if (clip.kind !== 'picture')
      throw new CannotDo(`--sound goes with a picture; ${clip.path} is ${clip.kind}`);
    const ids = sound.filter(Boolean).map((each) => findClip(handoff, each).id);
    wanted.push({ edit: 'pair', clip: clip.id, sound: ids.length > 0 ? ids : null });
  }
  return wanted.map((edit) => {
    const read = EditSchema.safeParse(edit);
    if (read.success) return read.data;
    const { path, message } = read.error.issues[0]!;
    throw new CannotDo(`${(edit as Edit).edit}: ${path.join('.')}: ${message}`);
  });
}
