/** One check run on a few clips, for the tests of checks of names. */
import type { Check } from '../../manifest/checks/check.ts';
import type { Clip, Handoff, Witness } from '../../manifest/documents/handoff.ts';
import { settle } from '../../manifest/identity.ts';
import { readName } from '../../manifest/names.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';

export const issues = (one: Check, clips: Clip[], more: Partial<Handoff> = {}) =>
  one.run(handoff(clips, more), {});
export const codes = (...args: Parameters<typeof issues>) => issues(...args).map(({ code }) => code);

/** A clip as a scan makes it of these words. */
export function said(
  path: string,
  words: { log?: Witness; media?: Witness; kind?: 'picture' | 'sound' },
): Clip {
  const { log, media, kind = 'picture' } = words;
  const witnesses = { name: readName(path, kind), ...(media ? { media } : {}), ...(log ? { log } : {}) };
  const { broll: _broll, ...settled } = settle(witnesses);
  return (kind === 'sound' ? sound : picture)({ path, clip: { witnesses, ...settled } });
}
