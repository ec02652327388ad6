/**
 * What Baton keeps on a clip for itself, as `Baton Apply.lua` writes it: `name=value` pairs, percent-coded, parted by spaces. And
 * the keyword and flag that stand for what Resolve has no field for.
 */
import type { MetadataField } from '../../manifest/documents/plan.ts';
import type { WroteOn } from '../../manifest/documents/snapshot.ts';
import { RESOLVE_ID_KEY, RESOLVE_METADATA, RESOLVE_WROTE_KEY, wellFormed } from '../../manifest/job.ts';
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

function parsed(text: string): Map<string, string> {
  const pairs = [...text.matchAll(/(\S+?)=(\S*)/g)];
  return new Map(pairs.map(([, name, value]) => [decoded(name!), decoded(value!)]));
}

/**
 * Baton's id on an item, and what it remembers to have written there; one call where this Resolve gives all at once. For looking only:
 * the script may come by before anything is written, so a write reads it again.
 */
export async function ownWords(ask: Ask, { handle }: Entry): Promise<{ id: string; wrote: WroteOn | null }> {
  const all = await ask.dict(handle, 'GetThirdPartyMetadata');
  const read = async (key: string) =>
    Object.keys(all).length > 0 ? String(all[key] ?? '') : ask.text(handle, 'GetThirdPartyMetadata', key);
  const id = await read(RESOLVE_ID_KEY);
  return { id, wrote: wroteOn(parsed(await read(RESOLVE_WROTE_KEY))) };
}

function wroteOn(memory: Map<string, string>): WroteOn | null {
  const wrote: WroteOn = { metadata: {}, markers: [] };
  for (const [name, value] of memory)
    if (name === 'label') wrote.label = value;
    else if (name.startsWith('marker baton:'))
      wrote.markers.push(decoded(name.slice('marker baton:'.length)));
    else if (FIELDS.has(name)) wrote.metadata[name as MetadataField] = value;
  return memory.size > 0 ? wrote : null;
}
const FIELDS = new Set<string>([...Object.keys(RESOLVE_METADATA), 'good', 'keywords']);

/** Read once; every writing of it goes through the entry, so it stays right until the project is walked again. */
async function recall(ask: Ask, entry: Entry): Promise<Map<string, string>> {
  if (entry.memory) return entry.memory;
  return (entry.memory = parsed(await ask.text(entry.handle, 'GetThirdPartyMetadata', RESOLVE_WROTE_KEY)));
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
