/**
 * What Baton keeps on a clip for itself, as `Baton Apply.lua` writes it: `name=value` pairs, percent-coded, parted by spaces. And
 * the keyword and flag that stand for what Resolve has no field for.
 */
import { RESOLVE_WROTE_KEY } from '../../manifest/job.ts';
import type { Ask, Dict } from './ask.ts';
import type { Handle } from './door.ts';
import { keywords, type Sign } from './words.ts';

type Memory = Map<string, string>;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function recall(ask: Ask, item: Handle): Promise<Memory> {
  const text = await ask.text(item, 'GetThirdPartyMetadata', RESOLVE_WROTE_KEY);
  const pairs = [...text.matchAll(/(\S+?)=(\S*)/g)];
  return new Map(pairs.map(([, name, value]) => [decoded(name!), decoded(value!)]));
}

async function remember(ask: Ask, item: Handle, memory: Memory): Promise<void> {
  const parts = [...memory].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  await ask.any(item, 'SetThirdPartyMetadata', RESOLVE_WROTE_KEY, parts.sort().join(' '));
}

/**
 * Puts the flag on or takes it off, and gives the keywords to be written after it; null where they are right. A flag that was there
 * before Baton's keyword is a person's and stays. The memory goes first and the keyword last, so that a run that is killed anywhere is
 * begun again by the keyword.
 */
export async function sign(
  ask: Ask,
  item: Handle,
  about: Sign,
  on: boolean,
  metadata: Dict,
): Promise<string | null> {
  const words = keywords(metadata);
  if (words.includes(about.keyword) === on) return null;
  const memory = await recall(ask, item);
  if (on) {
    if (!memory.has(about.memory)) {
      const flags = await ask.any(item, 'GetFlagList');
      const theirs = Array.isArray(flags) && flags.includes(about.flag);
      await remember(ask, item, memory.set(about.memory, theirs ? 'theirs' : 'ours'));
    }
    await ask.any(item, 'AddFlag', about.flag);
    return [...words, about.keyword].join(',');
  }
  if (memory.get(about.memory) !== 'theirs') await ask.any(item, 'ClearFlags', about.flag);
  return words.filter((word) => word !== about.keyword).join(',');
}

/** Once the keyword is gone, the memory of its flag goes too. */
export async function unsign(ask: Ask, item: Handle, about: Sign): Promise<void> {
  const memory = await recall(ask, item);
  if (memory.delete(about.memory)) await remember(ask, item, memory);
}
