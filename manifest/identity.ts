/** What a take is called, settled from what each witness says, and compared the way a script supervisor would. */
import type { Clip, Identity, Pick, SoundKind, Witness } from './documents/handoff.ts';

/** `07` = `7`, `7a` = `07A`, ` 7 ` = `7`; '' for a field that is absent. */
export function comparable(label: string | undefined): string {
  return (label ?? '')
    .trim()
    .toUpperCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
}

/** Both known and the same. */
export function sameLabel(a: string | undefined, b: string | undefined): boolean {
  const left = comparable(a);
  return left !== '' && left === comparable(b);
}

/** Scene and take as one word for a map's key; null where either is unknown. */
export function takeKey(identity: Identity): string | null {
  const [scene, take] = [comparable(identity.scene), comparable(identity.take)];
  return scene && take ? `${scene}\n${take}` : null;
}

const FIELDS = ['scene', 'setup', 'take', 'camera', 'reel', 'soundRoll', 'place'] as const;

export interface Settled {
  identity: Identity;
  pick: Pick;
  soundKind: SoundKind;
  broll: boolean;
}

/**
 * The log is a person's word of that day, the file's own metadata was typed on set, the name may have been changed since:
 * so log, then media, then name. A name that says DO NOT USE stands above all: better unused than used by mistake.
 */
export function settle(witnesses: Clip['witnesses']): Settled {
  const order = [witnesses?.log, witnesses?.media, witnesses?.name].filter((each): each is Witness => !!each);
  const identity: Identity = {};
  for (const field of FIELDS) {
    const said = order.find((each) => each[field]);
    if (said) identity[field] = said[field];
  }
  const known = <Word extends string>(word: Word | undefined) => word !== undefined && word !== 'unknown';
  const pick =
    witnesses?.name?.pick === 'rejected' ? 'rejected' : order.find((each) => known(each.pick))?.pick;
  return {
    identity,
    pick: pick ?? 'unknown',
    soundKind: order.find((each) => known(each.soundKind))?.soundKind ?? 'unknown',
    broll: order.some((each) => each.broll === true),
  };
}

/** `7/3 A`: a take in a sentence; '' where nothing is known. */
export function takeLabel(identity: Identity): string {
  const { scene, take, camera } = identity;
  if (!scene && !take) return '';
  return `${scene ?? '?'}/${take ?? '?'}${camera ? ` ${camera}` : ''}`;
}
