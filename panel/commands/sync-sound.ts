/** Has the editor link the sound to every picture that is in sync by timecode, and says what it shows of them afterwards. */
import type { SoundLinked, SoundPair } from '../../bridge/contract.ts';
import type { PanelState } from '../state.ts';
import { counted } from '../words.ts';
import type { Command } from './command.ts';

/** Pictures between two looks at Cancel. */
const AT_ONCE = 10;
/** Reasons that are told one by one. */
const TOLD = 3;

export const syncSound: Command = {
  id: 'sync-sound',
  label: 'Sync sound in Resolve',
  doing: 'Linking sound',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.editor?.syncsSound) return 'This editor links no sound by itself';
    if (!state.project || state.project.items.length === 0) return 'Bring the handoff in first';
    return state.verdicts.some(inSync) ? null : 'No picture is in sync by timecode';
  },
  run: async ({ store, editor }, signal) => {
    const pairs = pairsIn(store.get());
    const linked: SoundLinked[] = [];
    for (let at = 0; at < pairs.length && !signal.aborted; at += AT_ONCE) {
      store.change((state) => {
        if (state.work)
          state.work.progress = { done: at, total: pairs.length, current: pairs[at]!.picture.path };
      });
      linked.push(...(await editor!.syncSound!(pairs.slice(at, at + AT_ONCE))));
    }
    store.change((state) => {
      state.notice = told(linked, pairs.length);
      state.said = state.notice;
    });
  },
};

type Verdict = PanelState['verdicts'][number];

export function inSync({ verdict, soundIds }: Verdict): boolean {
  return verdict === 'in-sync' && soundIds.length > 0;
}

function pairsIn({ verdicts, opened, project }: PanelState): SoundPair[] {
  const items = new Map(project!.items.map(({ file, id }) => [file, id]));
  const paths = new Map(opened!.handoff!.clips.map(({ id, path }) => [id, path]));
  const target = (clip: string) => {
    const file = opened!.files[clip] ?? '';
    const item = items.get(file);
    return { clip, path: paths.get(clip) ?? clip, file, ...(item === undefined ? {} : { item }) };
  };
  return verdicts
    .filter(inSync)
    .map(({ clipId, soundIds }) => ({ picture: target(clipId), sounds: soundIds.map(target) }));
}

/** `Sound was linked to 12 of 15 pictures; 1 had it already. A003.mov: …` */
function told(linked: SoundLinked[], total: number): string {
  const count = (result: SoundLinked['result']) => linked.filter((each) => each.result === result).length;
  const reasons = linked.flatMap(({ reason }) => reason ?? []);
  const [was, left] = [count('was'), total - linked.length];
  const more = reasons.length - TOLD;
  return [
    `Sound was linked to ${count('linked')} of ${counted(total, 'picture')}${was > 0 ? `; ${was} had it already` : ''}.`,
    ...reasons.slice(0, TOLD),
    ...(more > 0 ? [`And ${more} more like these.`] : []),
    ...(left > 0 ? [`${counted(left, 'picture')} not tried: it was stopped.`] : []),
  ].join(' ');
}
