/** Which project items the project's sequences use, by walking every track: what is used, or may be, is not removed. */
import type { RawUsage } from '../../bridge/premiere/wire.ts';
import { projectMetadata, type Found } from './find.ts';
import { askEach, openProject, orNull, refuse, type Host, type Project } from './natives.ts';
import { itemsOf, tracksOf } from './tracks.ts';

/** Each item and sequence once. Throws where a sequence cannot be read. */
async function uses(host: Host, project: Project): Promise<RawUsage['used']> {
  const used = new Map<string, { id: string; sequence: string }>();
  for (const sequence of await project.getSequences())
    for (const { track } of await tracksOf(sequence)) {
      const sources = await askEach(itemsOf(host, track, 'clip'), (item) => item.getProjectItem());
      for (const source of sources) {
        const id = (source as typeof source | null)?.getId();
        if (id !== undefined) used.set(`${id} ${sequence.guid.toString()}`, { id, sequence: sequence.name });
      }
    }
  return [...used.values()];
}

/** A sequence that cannot be read is no reason to read nothing; what goes is asked about again before it goes. */
export async function readUsage(host: Host): Promise<RawUsage> {
  const project = await openProject(host);
  return { used: (await orNull(() => uses(host, project))) ?? [], next: null };
}

/** By item id, the name of a sequence that uses it. Throws where a sequence cannot be read: then nothing is proven. */
export async function usedItems(host: Host, project: Project): Promise<Map<string, string>> {
  const used = await orNull(() => uses(host, project));
  if (!used)
    throw refuse('refused', 'a sequence cannot be read, so nobody knows whether it is used; it stays');
  return new Map(used.map(({ id, sequence }) => [id, sequence]));
}

/** Why the item must stay; null where nothing uses it. */
export async function useOf(host: Host, found: Found, used: Map<string, string>): Promise<string | null> {
  const sequence = used.get(found.id);
  if (sequence !== undefined) return `the sequence "${sequence}" uses it; it stays`;
  // Premiere counts uses of its own, and knows places that no script can look into.
  const xmp = (await projectMetadata(host, found.item)) ?? '';
  const counted = /Column\.Intrinsic\.(?:Video|Audio)Usage>\s*[1-9]/.test(xmp);
  return counted ? 'Premiere counts it as used; it stays' : null;
}
