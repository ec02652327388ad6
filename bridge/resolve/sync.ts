/**
 * Resolve's own AutoSyncAudio, 19.1 and up, on a person's word only: no script can unlink. Its boolean lies both ways, so what came of it
 * is read from the audio mapping and `Synced Audio` of each picture, before and after.
 */
import { comparablePath } from '../../manifest/documents/paths.ts';
import { HostError } from '../call.ts';
import type { SoundLinked, SoundPair } from '../contract.ts';
import type { Ask, Dict } from './ask.ts';
import type { Handle } from './door.ts';
import { assertMeant, findEntry, type Entry, type Pool, type Session } from './session.ts';

/** Only live constants are taken. The camera's own sound and what the picture says of itself stay. */
async function settingsOf(ask: Ask): Promise<Dict | null> {
  const [mode, timecode, sound, words] = [
    await ask.constant('AUDIO_SYNC_MODE'),
    await ask.constant('AUDIO_SYNC_TIMECODE'),
    await ask.constant('AUDIO_SYNC_RETAIN_EMBEDDED_AUDIO'),
    await ask.constant('AUDIO_SYNC_RETAIN_VIDEO_METADATA'),
  ];
  if (mode === null || timecode === null || sound === null || words === null) return null;
  return { [mode]: timecode, [sound]: true, [words]: true };
}

/** Whether this Resolve links sound for a script. */
export async function canSync(ask: Ask, project: Handle): Promise<boolean> {
  const media = await ask.object(project, 'GetMediaPool');
  return media !== null && (await ask.has(media, 'AutoSyncAudio')) && (await settingsOf(ask)) !== null;
}

/** Pair by pair: of many sounds at once Resolve would take the one it likes. Throws HostError where this Resolve cannot. */
export async function syncSound(ask: Ask, session: Session, pairs: SoundPair[]): Promise<SoundLinked[]> {
  const pool = await session.pool();
  assertMeant(session, pool);
  const settings = (await ask.has(pool.media, 'AutoSyncAudio')) ? await settingsOf(ask) : null;
  if (!settings)
    throw new HostError(
      'refused',
      'AutoSyncAudio',
      'This Resolve has no AutoSyncAudio for scripts; it came with 19.1.',
    );
  const results: SoundLinked[] = [];
  for (const pair of pairs) results.push(await syncOne(ask, pool, pair, settings));
  return results;
}

async function syncOne(
  ask: Ask,
  pool: Pool,
  { picture, sounds }: SoundPair,
  settings: Dict,
): Promise<SoundLinked> {
  const { clip, path } = picture;
  const no = (reason: string): SoundLinked => ({ clip, path, result: 'no', reason });
  const entry = findEntry(pool, picture);
  if (!entry) return no(`${path} is not in the project.`);
  const wanted = sounds.flatMap((sound) => findEntry(pool, sound) ?? []);
  if (wanted.length === 0) return no(`No sound of ${path} is in the project.`);
  const before = await linkedTo(ask, entry);
  if (!before)
    await ask.any(
      pool.media,
      'AutoSyncAudio',
      [entry, ...wanted].map(({ handle }) => handle),
      settings,
    );
  const now = before ?? (await linkedTo(ask, entry));
  if (!now) return no(`Resolve linked no sound to ${path} and gives no reason.`);
  const told = { clip, path, ...now };
  if (!isOne(wanted, now.sound))
    return {
      ...told,
      result: 'other',
      reason: `${path} ${before ? 'was' : 'is'} linked to another sound: ${now.sound}.`,
    };
  return { ...told, result: before ? 'was' : 'linked' };
}

/** By path, or by name where Resolve says no more. */
function isOne(wanted: Entry[], sound: string): boolean {
  const known = /[/\\]/.test(sound)
    ? comparablePath
    : (path: string) => path.replace(/^.*[/\\]/s, '').toLowerCase();
  return wanted.some(({ file }) => known(file) === known(sound));
}

async function linkedTo(
  ask: Ask,
  { handle }: Entry,
): Promise<{ sound: string; offsetSamples?: number } | null> {
  const mapping = parsed(await ask.text(handle, 'GetAudioMapping'));
  const [first] = Object.values((mapping['linked_audio'] ?? {}) as Record<string, unknown>);
  const { path, offset } = (first ?? {}) as { path?: unknown; offset?: unknown };
  if (typeof path === 'string')
    return { sound: path, ...(typeof offset === 'number' ? { offsetSamples: offset } : {}) };
  const name = await ask.text(handle, 'GetClipProperty', 'Synced Audio');
  return name === '' ? null : { sound: name };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
