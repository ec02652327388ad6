/**
 * What Baton keeps on a clip for itself, as `Baton Apply.lua` writes it: `name=value` pairs, percent-coded, parted by spaces. And
 * the keyword and flag that stand for what Resolve has no field for.
 */
import { RESOLVE_WROTE_KEY, wellFormed } from '../../manifest/job.ts';
import type { Ask, Dict } from './ask.ts';
import type { Entry } from './session.ts';
import { keywords, type Sign } from './words.ts';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
const coded = (text: string) => encodeURIComponent(wellFormed(text));

/** Read once; every writing of it goes through the entry, so it stays right until the project is walked again. */
async function recall(ask: Ask, entry: Entry): Promise<Map<string, string>> {
  if (entry.memory) return entry.memory;
  const text = await ask.text(entry.handle, 'GetThirdPartyMetadata', RESOLVE_WROTE_KEY);
  const pairs = [...text.matchAll(/(\S+?)=(\S*)/g)];
  return (entry.memory = new Map(pairs.map(([, name, value]) => [decoded(name!), decoded(value!)])));
}

/**
 * Remembers values as Baton's own, by the names that the script knows, so that neither takes the other's write for a person's change,
 * nor writes over a person's. null = Baton has nothing there any more.
 */
export async function note(
  ask: Ask,
  entry: Entry,
  values: { readonly [name: string]: string | null },
): Promise<void> {
  const memory = await recall(ask, entry);
  const news = Object.entries(values).filter(([name, value]) => (memory.get(name) ?? null) !== value);
  if (news.length === 0) return;
  for (const [name, value] of news)
    if (value === null) memory.delete(name);
    else memory.set(name, value);
  const parts = [...memory].map(([name, value]) => `${coded(name)}=${coded(value)}`);
  await ask.any(entry.handle, 'SetThirdPartyMetadata', RESOLVE_WROTE_KEY, parts.sort().join(' '));
}

/**
 * Puts the flag on or takes it off, and gives the keywords to be written after it; null where they are right. A flag that was there
 * before Baton's keyword is a person's and stays. The memory goes first and the keyword last, so that a run that is killed anywhere is
 * begun again by the keyword.
 */
export async function sign(
  ask: Ask,
  entry: Entry,
  about: Sign,
  on: boolean,
  metadata: Dict,
): Promise<string | null> {
  const words = keywords(metadata);
  if (words.includes(about.keyword) === on) return null;
  const { handle } = entry;
  const memory = await recall(ask, entry);
  if (on) {
    if (!memory.has(about.memory)) {
      const flags = await ask.any(handle, 'GetFlagList');
      const theirs = Array.isArray(flags) && flags.includes(about.flag);
      await note(ask, entry, { [about.memory]: theirs ? 'theirs' : 'ours' });
    }
    await ask.any(handle, 'AddFlag', about.flag);
    return [...words, about.keyword].join(',');
  }
  if (memory.get(about.memory) !== 'theirs') await ask.any(handle, 'ClearFlags', about.flag);
  return words.filter((word) => word !== about.keyword).join(',');
}

/** Once the keyword is gone, the memory of its flag goes too. */
export const unsign = (ask: Ask, entry: Entry, about: Sign) => note(ask, entry, { [about.memory]: null });
