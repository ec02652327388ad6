/** A Resolve timeline as a snapshot: every track, item, transition and marker, by the object model's own frames. */
import { RESOLVE_ID_KEY } from '../../manifest/job.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import type {
  SequenceItem,
  SequenceItemKind,
  SequenceMarker,
  SequenceSnapshot,
  SequenceTrack,
} from '../../manifest/documents/snapshot.ts';
import { HostError } from '../call.ts';
import type { SequenceName } from '../contract.ts';
import { isHandle, type Ask, type Dict } from './ask.ts';
import type { Handle } from './door.ts';
import { clipRate, exactRate } from './rates.ts';
import { assertAnswering, openProject } from './session.ts';
import { played } from './source.ts';
import { timelines } from './usage.ts';
import { markerColour } from './words.ts';
import { readMarks } from './notes.ts';

export async function sequenceNames(ask: Ask): Promise<SequenceName[]> {
  const { handle } = await openProject(ask);
  const current = await ask.object(handle, 'GetCurrentTimeline');
  const active = current && (await ask.text(current, 'GetUniqueId'));
  const names: SequenceName[] = [];
  for (const line of await timelines(ask, handle)) {
    const id = await ask.text(line, 'GetUniqueId');
    names.push({ id, name: await ask.text(line, 'GetName'), active: id === active });
  }
  await assertAnswering(ask, 'sequences');
  return names;
}

/** The timeline with this id, the current one where none is given. */
export async function findTimeline(ask: Ask, id: string | null): Promise<Handle | null> {
  const { handle } = await openProject(ask);
  if (id === null) return ask.object(handle, 'GetCurrentTimeline');
  for (const line of await timelines(ask, handle))
    if ((await ask.text(line, 'GetUniqueId')) === id) return line;
  return null;
}

interface Around {
  ask: Ask;
  rate: Rate;
  /** First frame, absolute. */
  start: number;
  has: { enabled: boolean; links: boolean; span: boolean; speed: boolean; kinds: boolean };
  /** Properties and Baton's id of each pool item, by its id. */
  clips: Map<string, { properties: Dict; baton: string; markers: SequenceMarker[] }>;
  links: Map<string, string[]>;
}

export async function readTimeline(
  ask: Ask,
  id: string | null,
  version: string,
): Promise<SequenceSnapshot | null> {
  const line = await findTimeline(ask, id);
  if (!line) return null;
  const rate = exactRate(
    await ask.any(line, 'GetSetting', 'timelineFrameRate'),
    await ask.any(line, 'GetSetting', 'timelineDropFrameTimecode'),
  );
  const name = await ask.text(line, 'GetName');
  const start = await ask.number(line, 'GetStartFrame');
  if (!rate || start === null)
    throw new HostError(
      'refused',
      'sequence',
      `Resolve gives the timeline "${name}" no rate that Baton can read.`,
    );
  const around: Around = { ask, rate, start, has: NOTHING, clips: new Map(), links: new Map() };
  const tracks: SequenceTrack[] = [];
  for (const type of ['video', 'audio'] as const)
    for (let index = 1; index <= ((await ask.number(line, 'GetTrackCount', type)) ?? 0); index++)
      tracks.push(await readTrack(around, line, type, index));
  link(tracks, around.links);
  const [width, height] = [
    await ask.number(line, 'GetSetting', 'timelineResolutionWidth'),
    await ask.number(line, 'GetSetting', 'timelineResolutionHeight'),
  ];
  const [own, markers] = [await ask.text(line, 'GetUniqueId'), await ask.dict(line, 'GetMarkers')];
  // A dialog that opened meanwhile has made nothing of what was asked since.
  await assertAnswering(ask, 'sequence');
  return {
    kind: 'sequence',
    version: 1,
    editor: 'resolve',
    editorVersion: version,
    id: own,
    name,
    rate,
    start,
    size: width && height ? { width, height } : null,
    tracks,
    markers: markersOf(markers),
  };
}

const NOTHING: Around['has'] = { enabled: false, links: false, span: false, speed: false, kinds: false };

async function readTrack(
  around: Around,
  line: Handle,
  type: 'video' | 'audio',
  index: number,
): Promise<SequenceTrack> {
  const { ask } = around;
  const track: SequenceTrack = {
    type,
    index,
    name: await ask.text(line, 'GetTrackName', type, index),
    enabled: (await ask.has(line, 'GetIsTrackEnabled'))
      ? await ask.yes(line, 'GetIsTrackEnabled', type, index)
      : true,
    items: [],
    transitions: [],
  };
  for (const item of await ask.objects(line, 'GetItemListInTrack', type, index))
    await readItem(around, track, item);
  track.items.sort((a, b) => a.in - b.in);
  return track;
}

async function readItem(around: Around, track: SequenceTrack, item: Handle): Promise<void> {
  const { ask, start } = around;
  if (around.has === NOTHING) around.has = await abilities(ask, item);
  const [from, to] = [await ask.number(item, 'GetStart'), await ask.number(item, 'GetEnd')];
  // A zombie: Resolve lists it and knows nothing of it.
  if (from === null || to === null) return;
  const name = await ask.text(item, 'GetName');
  const clip = await ask.object(item, 'GetMediaPoolItem');
  const place = { in: from - start, out: to - start };
  if (!clip && (await isTransition(around, item))) {
    track.transitions.push({ ...place, name });
    return;
  }
  const id = await ask.text(item, 'GetUniqueId');
  const { links, has } = around;
  if (has.links) {
    const others = await ask.objects(item, 'GetLinkedItems');
    const ids: string[] = [];
    for (const other of others) ids.push(await ask.text(other, 'GetUniqueId'));
    if (ids.length > 0) links.set(id, ids);
  }
  const enabled = has.enabled ? (await ask.any(item, 'GetClipEnabled')) !== false : true;
  const bare: SequenceItem = {
    id,
    kind: 'title',
    name,
    ...place,
    source: null,
    speed: { num: 1, den: 1 },
    enabled,
  };
  track.items.push(clip ? await withSource(around, bare, { item, clip, type: track.type }) : bare);
}

async function abilities(ask: Ask, item: Handle): Promise<Around['has']> {
  return {
    enabled: await ask.has(item, 'GetClipEnabled'),
    links: await ask.has(item, 'GetLinkedItems'),
    span: await ask.has(item, 'GetSourceStartFrame'),
    speed: await ask.has(item, 'GetSpeed'),
    kinds: await ask.has(item, 'GetType'),
  };
}

/** Before 21.1 a transition is told by having no properties. */
async function isTransition({ ask, has }: Around, item: Handle): Promise<boolean> {
  if (has.kinds) return (await ask.text(item, 'GetType')) === 'transition';
  return Object.keys(await ask.dict(item, 'GetProperty')).length === 0;
}

const KINDS: Record<string, SequenceItemKind> = {
  Timeline: 'nested',
  Compound: 'nested',
  Multicam: 'multicam',
};

async function withSource(
  around: Around,
  bare: SequenceItem,
  { item, clip, type }: { item: Handle; clip: Handle; type: 'video' | 'audio' },
): Promise<SequenceItem> {
  const { ask, has, rate } = around;
  const { properties, baton, markers } = await describe(around, clip);
  const speed = has.speed ? await ask.dict(item, 'GetSpeed') : {};
  const raw = {
    kind: type,
    duration: bare.out - bare.in,
    left: await ask.number(item, 'GetLeftOffset'),
    start: has.span ? await ask.number(item, 'GetSourceStartFrame') : null,
    end: has.span ? await ask.number(item, 'GetSourceEndFrame') : null,
    percent: typeof speed['Percentage'] === 'number' ? speed['Percentage'] : null,
  };
  const plays = played(raw, properties, rate, baton);
  const kind = KINDS[String(properties['Type'] ?? '')] ?? 'clip';
  if (!plays) return { ...bare, kind: 'unknown' };
  return { ...bare, kind, ...plays, ...(markers.length > 0 ? { markers } : {}) };
}

async function describe({ ask, clips }: Around, clip: Handle) {
  const id = await ask.text(clip, 'GetUniqueId');
  const known = clips.get(id);
  if (known) return known;
  const properties = await ask.dict(clip, 'GetClipProperty');
  const sound = properties['Type'] === 'Audio';
  const markers = sound || !clipRate(properties) ? [] : markersOf(await ask.dict(clip, 'GetMarkers'));
  const baton = await ask.text(clip, 'GetThirdPartyMetadata', RESOLVE_ID_KEY);
  const described = { properties, baton, markers };
  clips.set(id, described);
  return described;
}

function markersOf(markers: Dict): SequenceMarker[] {
  const { spare } = readMarks(markers);
  return Object.entries(markers)
    .map(([frame, marker]): SequenceMarker | null => {
      if (
        Number(frame) === spare ||
        typeof marker !== 'object' ||
        marker === null ||
        Array.isArray(marker) ||
        isHandle(marker)
      )
        return null;
      return {
        frame: Number(frame),
        duration: Math.max(1, Number(marker['duration']) || 1),
        name: String(marker['name'] ?? ''),
        comment: String(marker['note'] ?? ''),
        colour: markerColour(String(marker['color'] ?? '')),
      };
    })
    .filter((marker): marker is SequenceMarker => marker !== null)
    .sort((a, b) => a.frame - b.frame);
}

/** A number from 1 for each group of linked items, in the order they stand. */
function link(tracks: SequenceTrack[], links: Map<string, string[]>): void {
  const numbers = new Map<string, number>();
  let last = 0;
  for (const item of tracks.flatMap((track) => track.items)) {
    const group = [item.id, ...(links.get(item.id) ?? [])];
    if (group.length < 2) continue;
    const number = group.map((id) => numbers.get(id)).find((each) => each !== undefined) ?? ++last;
    for (const id of group) if (!numbers.has(id)) numbers.set(id, number);
  }
  for (const item of tracks.flatMap((track) => track.items)) {
    const number = numbers.get(item.id);
    if (number !== undefined) item.link = number;
  }
}
