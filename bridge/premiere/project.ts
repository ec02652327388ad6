/** Premiere's project as a snapshot: its words become Baton's, its floats exact rates. */
import type { Marker } from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import type { ProjectItem, ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { HostError } from '../call.ts';
import { metadataOf, rateOf } from './columns.ts';
import { labelName } from './labels.ts';
import { markerOf } from './markers.ts';
import { mediaRate } from './rates.ts';
import { checked, RAW } from './raw.ts';
import type { Send } from './send.ts';
import type { RawItem, RawProject, RawUsage, ReadProjectRequest, ReadUsageRequest } from './wire.ts';
import { readColumns } from './xmp.ts';

/** Items per call, and characters of metadata after which a call ends early. */
const PAGE = { limit: 200, characters: 500_000 };
const TRIES = 3;
/** Track items per call, of which only the source is asked. */
const TRACK_ITEMS = 2000;

/** The whole project, read page by page; starts over when somebody edits meanwhile. */
export async function readProject(send: Send): Promise<ProjectSnapshot> {
  for (let left = TRIES; left > 0; left--) {
    const pages = await readPages(send);
    if (pages) return snapshotOf(pages, await readUsage(send));
  }
  throw new HostError(
    'busy',
    'readProject',
    'The project keeps changing while Baton reads it: wait until Premiere is at rest and try again.',
  );
}

async function readPages(send: Send): Promise<RawProject[] | null> {
  const pages: RawProject[] = [];
  let from: number | null = 0;
  while (from !== null) {
    const request: ReadProjectRequest = { from, ...PAGE };
    const page: RawProject = checked('readProject', RAW.project, await send('readProject', request));
    const first = pages[0] ?? page;
    if (page.total !== first.total || page.about.project.id !== first.about.project.id) return null;
    pages.push(page);
    from = page.next;
  }
  const ids = new Set(pages.flatMap((page) => page.items.map((item) => item.id)));
  return ids.size === pages[0]!.total ? pages : null;
}

/** Names of the sequences that use each item, by its id. */
async function readUsage(send: Send): Promise<Map<string, Set<string>>> {
  const used = new Map<string, Set<string>>();
  for (let from: number | null = 0; from !== null;) {
    const request: ReadUsageRequest = { from, limit: TRACK_ITEMS };
    const page: RawUsage = checked('readUsage', RAW.usage, await send('readUsage', request));
    for (const { id, sequence } of page.used) {
      const names = used.get(id);
      if (names) names.add(sequence);
      else used.set(id, new Set([sequence]));
    }
    from = page.next;
  }
  return used;
}

function snapshotOf(pages: RawProject[], used: Map<string, Set<string>>): ProjectSnapshot {
  const first = pages[0]!;
  return {
    kind: 'project',
    version: 1,
    editor: 'premiere',
    editorVersion: first.about.version,
    project: first.about.project,
    bins: first.bins,
    items: pages.flatMap((page) => page.items.map((raw) => itemOf(raw, used.get(raw.id)))),
  };
}

function itemOf(raw: RawItem, usedIn: Set<string> | undefined): ProjectItem {
  const columns = (raw.xmp === null ? null : readColumns(raw.xmp)) ?? new Map();
  // What Baton remembered comes first: Premiere knows no rate for sound, and never whether labels drop.
  const rate: Rate = rateOf(columns) ?? mediaRate(raw.frameRate, columns) ?? SAMPLES;
  return {
    id: raw.id,
    name: raw.name,
    file: raw.file,
    bin: raw.bin,
    kind: raw.isSequence ? 'sequence' : raw.file === null ? 'other' : 'clip',
    offline: raw.offline,
    label: labelName(raw.label),
    metadata: metadataOf(columns),
    markers: raw.markers
      .map((marker) => markerOf(marker, rate))
      .filter((marker): marker is Marker => marker !== null),
    ...(usedIn ? { usedIn: [...usedIn] } : {}),
  };
}

/** Where nothing gives a rate, markers count samples. */
const SAMPLES: Rate = { num: 48000, den: 1, drop: false };
