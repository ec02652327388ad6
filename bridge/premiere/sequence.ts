/** A Premiere sequence as a snapshot: ticks become frames at exact rates, flags become kinds, nothing is guessed. */
import type { Rate } from '../../manifest/documents/rate.ts';
import type {
  SequenceItem,
  SequenceItemKind,
  SequenceSnapshot,
  SequenceTrack,
} from '../../manifest/documents/snapshot.ts';
import { ticksToFrames } from '../../manifest/time/ticks.ts';
import { HostError } from '../call.ts';
import { markerColour } from './labels.ts';
import { lines } from './markers.ts';
import { sequenceRate } from './rates.ts';
import { checked, RAW } from './raw.ts';
import type { Send } from './send.ts';
import { describe, sourceAt, type Described } from './sources.ts';
import { speedOf } from './speed.ts';
import type { RawMarker, RawSequence, RawTrackItem, ReadSequenceRequest } from './wire.ts';

/** Track items per call. */
const LIMIT = 400;
const TRIES = 3;

/** The sequence with this id, the active one where none is given; null where there is none. */
export async function readSequence(send: Send, id: string | null): Promise<SequenceSnapshot | null> {
  for (let left = TRIES; left > 0; left--) {
    const pages = await readPages(send, id);
    if (pages === 'changed') continue;
    return pages && snapshotOf(pages);
  }
  throw new HostError(
    'busy',
    'readSequence',
    'The sequence keeps changing while Baton reads it: wait until Premiere is at rest and try again.',
  );
}

async function readPages(send: Send, id: string | null): Promise<RawSequence[] | null | 'changed'> {
  const pages: RawSequence[] = [];
  let from: number | null = 0;
  while (from !== null) {
    // Later pages ask for the id that the first one had: another sequence may have become active.
    const request: ReadSequenceRequest = { id: pages[0]?.id ?? id, from, limit: LIMIT };
    const page: RawSequence | null = checked(
      'readSequence',
      RAW.sequence,
      await send('readSequence', request),
    );
    if (!page) return pages.length > 0 ? 'changed' : null;
    const first = pages[0] ?? page;
    if (page.total !== first.total || page.tracks.length !== first.tracks.length) return 'changed';
    pages.push(page);
    from = page.next;
  }
  return pages;
}

function snapshotOf(pages: RawSequence[]): SequenceSnapshot {
  const first = pages[0]!;
  const rate = sequenceRate(first.timebase, first.displayFormat);
  const sources = new Map<string, Described>();
  for (const page of pages) for (const raw of page.sources) sources.set(raw.id, describe(raw, rate));
  const links = linkNumbers(pages.flatMap((page) => page.tracks.flatMap((track) => track.items)));
  const around: Around = { rate, sources, links, timebase: first.timebase };
  const tracks = first.tracks.map((track, at): SequenceTrack => {
    const items = pages.flatMap((page) => page.tracks[at]!.items);
    return {
      type: track.type,
      index: track.index,
      name: track.name,
      enabled: !track.muted,
      items: items.map((item) => itemOf(item, around)).sort((a, b) => a.in - b.in),
      transitions: track.transitions.map(({ name, start, end }) => ({
        name,
        in: ticksToFrames(start, rate).frame,
        out: ticksToFrames(end, rate).frame,
      })),
    };
  });
  return {
    kind: 'sequence',
    version: 1,
    editor: 'premiere',
    editorVersion: first.version,
    id: first.id,
    name: first.name,
    rate,
    start: ticksToFrames(first.zeroPoint, rate).frame,
    size: first.width && first.height ? { width: first.width, height: first.height } : null,
    tracks,
    markers: first.markers.map((marker) => markerAt(marker, rate)),
  };
}

function markerAt(marker: RawMarker, rate: Rate): SequenceSnapshot['markers'][number] {
  const frame = ticksToFrames(marker.start, rate).frame;
  return {
    frame,
    duration: Math.max(1, ticksToFrames(marker.end, rate).frame - frame),
    name: marker.name,
    comment: lines(marker.comments),
    colour: markerColour(marker.colour),
  };
}

interface Around {
  rate: Rate;
  timebase: string;
  sources: Map<string, Described>;
  links: Map<string, number>;
}

function itemOf(raw: RawTrackItem, around: Around): SequenceItem {
  const described = raw.source === null ? null : (around.sources.get(raw.source) ?? null);
  const kind: SequenceItemKind = raw.adjustment ? 'adjustment' : (described?.kind ?? 'title');
  const frame = BigInt(around.timebase);
  const longest = described && described.frame > frame ? described.frame : frame;
  const item: SequenceItem = {
    id: raw.id,
    kind,
    name: raw.name,
    in: ticksToFrames(raw.start, around.rate).frame,
    out: ticksToFrames(raw.end, around.rate).frame,
    source: described && kind !== 'adjustment' ? sourceAt(described, raw) : null,
    speed: speedOf(raw, longest),
    enabled: !raw.disabled,
  };
  const link = around.links.get(raw.id);
  return link === undefined ? item : { ...item, link };
}

/** A number from 1 for each group of linked items, in the order they stand. */
function linkNumbers(items: RawTrackItem[]): Map<string, number> {
  const numbers = new Map<string, number>();
  let last = 0;
  for (const item of items) {
    const group = [item.id, ...item.linked.filter((id) => id !== item.id)];
    if (group.length < 2) continue;
    const known = group.map((id) => numbers.get(id)).find((number) => number !== undefined);
    const number = known ?? ++last;
    for (const id of group) if (!numbers.has(id)) numbers.set(id, number);
  }
  return numbers;
}
