/**
 * Resolve's own AutoSyncAudio, 19.1 and up, on a person's word only: it replaces a clip's camera sound. Its boolean lies both ways, so
 * what came of it is read from `Synced Audio` and the audio mapping of each picture, before and after.
 */
import type { ClipTarget } from '../../manifest/documents/plan.ts';
import { HostError } from '../call.ts';
import { type Ask, type Dict } from './ask.ts';
import type { Handle } from './door.ts';
import { findEntry, type Session } from './session.ts';

export interface SyncAsked {
  pictures: ClipTarget[];
  sounds: ClipTarget[];
  by: 'timecode' | 'waveform';
  /** Keeps the camera's own sound beside the linked one. */
  keepCameraSound: boolean;
}

export interface Synced {
  clip: string;
  path: string;
  /** `was`: linked before already. `no`: Resolve linked nothing. */
  result: 'linked' | 'was' | 'no';
  /** Absolute path of the linked sound, and where it plays from, in its samples; absent where Resolve does not say. */
  sound?: string;
  offsetSamples?: number;
  reason?: string;
}

const NAMES = [
  'AUDIO_SYNC_MODE',
  'AUDIO_SYNC_TIMECODE',
  'AUDIO_SYNC_WAVEFORM',
  'AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO',
] as const;

export async function syncAudio(ask: Ask, session: Session, asked: SyncAsked): Promise<Synced[]> {
  const pool = await session.pool();
  const constants = new Map<string, number>();
  for (const name of NAMES) {
    const number = await ask.constant(name);
    if (number !== null) constants.set(name, number);
  }
  if (constants.size < NAMES.length || !(await ask.has(pool.media, 'AutoSyncAudio')))
    throw new HostError(
      'refused',
      'AutoSyncAudio',
      'This Resolve has no AutoSyncAudio for scripts; it came with 19.1.',
    );
  const sounds = asked.sounds.flatMap((target) => findEntry(pool, target)?.handle ?? []);
  const pictures = asked.pictures.map((target) => ({ target, entry: findEntry(pool, target) }));
  const before = new Map<Handle, Linked | null>();
  for (const { entry } of pictures) if (entry) before.set(entry.handle, await linkedTo(ask, entry.handle));
  const open = [...before].filter(([, linked]) => linked === null).map(([handle]) => handle);
  const settings: Dict = {
    [constants.get('AUDIO_SYNC_MODE')!]: constants.get(
      asked.by === 'timecode' ? 'AUDIO_SYNC_TIMECODE' : 'AUDIO_SYNC_WAVEFORM',
    )!,
    [constants.get('AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO')!]: asked.keepCameraSound,
  };
  if (open.length > 0 && sounds.length > 0)
    await ask.any(pool.media, 'AutoSyncAudio', [...open, ...sounds], settings);
  const results: Synced[] = [];
  for (const { target, entry } of pictures) {
    const { clip, path } = target;
    if (!entry) {
      results.push({ clip, path, result: 'no', reason: `${path} is not in the project.` });
      continue;
    }
    const was = before.get(entry.handle) ?? null;
    const now = was ?? (await linkedTo(ask, entry.handle));
    if (now) results.push({ clip, path, result: was ? 'was' : 'linked', ...now });
    else
      results.push({
        clip,
        path,
        result: 'no',
        reason: `Resolve linked no sound to ${path} and gives no reason.`,
      });
  }
  return results;
}

type Linked = Pick<Synced, 'sound' | 'offsetSamples'>;

async function linkedTo(ask: Ask, item: Handle): Promise<Linked | null> {
  const mapping = parsed(await ask.text(item, 'GetAudioMapping'));
  const [first] = Object.values((mapping['linked_audio'] ?? {}) as Record<string, unknown>);
  const { path, offset } = (first ?? {}) as { path?: unknown; offset?: unknown };
  if (typeof path === 'string')
    return { sound: path, ...(typeof offset === 'number' ? { offsetSamples: offset } : {}) };
  return (await ask.text(item, 'GetClipProperty', 'Synced Audio')) === '' ? null : {};
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
