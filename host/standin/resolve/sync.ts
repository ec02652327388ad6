/** AutoSyncAudio of the stand-in: constants only, links by overlapping timecode, and a boolean that says nothing. */
import { CONSTANTS } from './constants.ts';
import { idOf } from './handle.ts';
import { exact } from './label.ts';
import type { StandinResolve } from './standin.ts';
import type { ClipState } from './state.ts';

const KEYS = [
  'AUDIO_SYNC_MODE',
  'AUDIO_SYNC_CHANNEL_NUMBER',
  'AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO',
  'AUDIO_SYNC_RETAIN_VIDEO_METADATA',
].map((name) => String(CONSTANTS[name]));

const [MODE, CHANNEL] = KEYS;
const MODES = ['AUDIO_SYNC_TIMECODE', 'AUDIO_SYNC_WAVEFORM'].map((name) => CONSTANTS[name]);

/** Numbers of its own for what has a name, and nothing else. */
function isTaken(key: string, value: unknown): boolean {
  if (key === MODE) return MODES.includes(value as number);
  if (key === CHANNEL) return typeof value === 'number';
  return KEYS.includes(key) && typeof value === 'boolean';
}

const seconds = (clip: ClipState, frames: number) => (frames * exact(clip.fps).den) / exact(clip.fps).num;

/** Any unknown key fails the whole call. The answer is false where it linked and true where nothing fits, as was measured. */
export function autoSync(standin: StandinResolve, [list, settings]: unknown[]): boolean {
  const options = (settings ?? {}) as Record<string, unknown>;
  if (!Object.entries(options).every(([key, value]) => isTaken(key, value))) return false;
  const clips = (Array.isArray(list) ? list : []).flatMap((each) => {
    const id = idOf(each, 'MediaPoolItem');
    const found = id === null ? null : standin.clip(id);
    return found ? [found.clip] : [];
  });
  const sounds = clips.filter(({ type }) => type === 'Audio');
  const pictures = clips.filter(({ type }) => type !== 'Audio');
  if (sounds.length === 0 || pictures.length === 0) return false;
  let linked = 0;
  for (const picture of pictures) {
    const from = seconds(picture, picture.start);
    const to = from + seconds(picture, picture.frames);
    const sound = sounds.find((each) => {
      const start = seconds(each, each.start);
      return start < to && start + seconds(each, each.frames) > from;
    });
    if (!sound) continue;
    picture.synced = {
      name: sound.file.split(/[/\\]/).at(-1)!,
      path: sound.file,
      offset: Math.round((seconds(sound, sound.start) - from) * 48000),
    };
    linked++;
  }
  return linked === 0;
}
