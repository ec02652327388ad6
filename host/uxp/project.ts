/** Reads the whole project at once: there is no wire here whose calls must stay small. */
import type { RawAbout, RawItem, RawProject } from '../../bridge/premiere/wire.ts';
import { asClip, ProjectIndex, projectMetadata, type Found } from './find.ts';
import { labelOf, markersOf, readMarker } from './look.ts';
import { askEach, openProject, orNull, type Host, type ProjectItem } from './natives.ts';

export async function about(host: Host): Promise<RawAbout> {
  const project = await openProject(host);
  return {
    version: host.version,
    project: { id: project.guid.toString(), name: project.name },
  };
}

/** `total` counts again at the end: where it differs from the items read, somebody was editing, and the reader starts over. */
export async function readProject(host: Host): Promise<RawProject> {
  const project = await openProject(host);
  const index = await ProjectIndex.read(host, project);
  const items = await askEach([...index.items.values()], (found) => readItem(host, index, found));
  const after = await ProjectIndex.read(host, await openProject(host));
  const same = after.items.size === items.length && items.every(({ id }) => after.items.has(id));
  return {
    about: await about(host),
    bins: index.every.map(({ id, path }) => ({ id, path })),
    items,
    total: same ? items.length : -1,
    next: null,
  };
}

async function readItem(host: Host, index: ProjectIndex, found: Found): Promise<RawItem> {
  const { item, id, parent } = found;
  const clip = asClip(host, item);
  const isSequence = clip !== null && (await orNull(() => clip.isSequence())) === true;
  const markers = isSequence ? null : await markersOf(host, item);
  const read = markers ? markers.getMarkers().map(readMarker) : [];
  return {
    id,
    name: item.name,
    file: await index.pathOf(found),
    bin: parent.path,
    isSequence,
    offline: clip !== null && (await orNull(() => clip.isOffline())) === true,
    label: await labelOf(item),
    xmp: await projectMetadata(host, item),
    frameRate: read.length > 0 ? await frameRate(host, item) : null,
    markers: read,
  };
}

/** Frames a second as Premiere's float; null for sound and made things. */
export async function frameRate(host: Host, item: ProjectItem): Promise<number | null> {
  const clip = asClip(host, item);
  const interpretation = clip && (await orNull(() => clip.getFootageInterpretation()));
  const rate = interpretation ? interpretation.getFrameRate() : 0;
  return rate > 0 ? rate : null;
}
