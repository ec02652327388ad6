/**
 * The editor's hands on a stand-in's project: cuts a sequence, moves things about, changes and deletes what Baton wrote.
 * Each works on a saved state in place and throws an Error where what it is to touch is not there.
 */
import {
  allNodes,
  newGuid,
  newNodeId,
  type StandinMarker,
  type StandinNode,
  type StandinSequence,
  type StandinState,
  type StandinTrack,
  type StandinTrackItem,
} from './state.ts';
import { TICKS_PER_SECOND } from './time.ts';

/** Frames per second = num/den. */
export interface EditRate {
  num: number;
  den: number;
  drop: boolean;
}

/** `V1`, `A2`. */
export type TrackName = `V${number}` | `A${number}`;

export interface CutItem {
  /** Absolute path of the media, or the name of a sequence to nest. */
  file?: string;
  sequence?: string;
  track: TrackName;
  /** Record frames from the sequence's first frame. */
  recordIn: number;
  duration: number;
  /** Frames of the media from its first, at its own rate; of the sequence for sound and nested sequences. */
  sourceIn?: number;
  /** 1 where absent; negative plays backwards. */
  speed?: number;
  enabled?: boolean;
  /** The speed changes on the way: Premiere tells the first speed only, and the span does not fit it. */
  remapped?: boolean;
}
export interface CutTitle {
  name: string;
  track: TrackName;
  recordIn: number;
  duration: number;
  adjustment?: boolean;
}
export interface SequenceCut {
  name: string;
  rate: EditRate;
  /** Timecode of the first frame as a frame count. */
  start: number;
  size: { width: number; height: number };
  items: CutItem[];
  titles?: CutTitle[];
  transitions?: { track: TrackName; in: number; out: number; name?: string }[];
  markers?: { frame: number; duration?: number; name: string; comment: string; colour?: number }[];
  muted?: TrackName[];
}

const DISPLAYS: Record<string, number> = {
  '24000/1001': 110,
  '24/1': 100,
  '25/1': 101,
  '30000/1001': 103,
  '30/1': 104,
  '48/1': 113,
  '50/1': 105,
  '60000/1001': 107,
  '60/1': 108,
};
const DROP_DISPLAYS: Record<string, number> = { '30000/1001': 102, '60000/1001': 106 };

function displayFormat(rate: EditRate): number {
  const name = `${rate.num}/${rate.den}`;
  return (rate.drop ? DROP_DISPLAYS[name] : undefined) ?? DISPLAYS[name] ?? 109;
}

/** Puts a sequence at the project's top level and makes it the active one. */
export function cutSequence(state: StandinState, cut: SequenceCut): StandinSequence {
  const frame = (TICKS_PER_SECOND * BigInt(cut.rate.den)) / BigInt(cut.rate.num);
  const sequence: StandinSequence = {
    id: newGuid(state),
    node: newNodeId(state),
    name: cut.name,
    timebase: String(frame),
    zeroPoint: String(frame * BigInt(cut.start)),
    displayFormat: displayFormat(cut.rate),
    width: cut.size.width,
    height: cut.size.height,
    videoTracks: [],
    audioTracks: [],
    markers: [],
  };
  const links = new Map<string, StandinTrackItem[]>();
  for (const item of cut.items) {
    const made = trackItem(state, item, frame);
    trackOf(sequence, item.track).items.push(made);
    const key = JSON.stringify([item.file ?? item.sequence, item.recordIn, item.duration]);
    links.set(key, [...(links.get(key) ?? []), made]);
  }
  let link = 0;
  for (const group of links.values())
    if (group.length > 1 && ++link) for (const item of group) item.link = link;
  for (const title of cut.titles ?? [])
    trackOf(sequence, title.track).items.push(titleItem(state, title, frame));
  for (const { track, name, ...span } of cut.transitions ?? []) {
    trackOf(sequence, track).transitions.push({ name: name ?? 'Cross Dissolve', ...ticksOf(span, frame) });
  }
  for (const track of cut.muted ?? []) trackOf(sequence, track).muted = true;
  for (const track of [...sequence.videoTracks, ...sequence.audioTracks]) track.items.sort(byStart);
  sequence.markers = (cut.markers ?? []).map((marker) => sequenceMarker(state, marker, frame));
  state.sequences.push(sequence);
  state.activeSequence = sequence.id;
  const node = {
    id: sequence.node,
    kind: 'sequence' as const,
    name: cut.name,
    label: 5,
    metadata: [],
    markers: [],
  };
  (state.root.children ??= []).push(node);
  return sequence;
}

function ticksOf(span: { in: number; out: number }, frame: bigint): { start: string; end: string } {
  return { start: String(BigInt(span.in) * frame), end: String(BigInt(span.out) * frame) };
}

function byStart(a: StandinTrackItem, b: StandinTrackItem): number {
  return BigInt(a.start) < BigInt(b.start) ? -1 : 1;
}

function trackOf(sequence: StandinSequence, name: TrackName): StandinTrack {
  const match = /^([VA])([1-9]\d?)$/.exec(name);
  if (!match) throw new Error(`"${name}" is no track: V1 to V99, A1 to A99`);
  const [tracks, word] = match[1] === 'V' ? [sequence.videoTracks, 'Video'] : [sequence.audioTracks, 'Audio'];
  const index = Number(match[2]);
  while (tracks.length < index) {
    const number = tracks.length + 1;
    tracks.push({ id: number, name: `${word} ${number}`, muted: false, items: [], transitions: [] });
  }
  return tracks[index - 1]!;
}

function trackItem(state: StandinState, item: CutItem, frame: bigint): StandinTrackItem {
  const node =
    item.sequence === undefined ? findClip(state, item.file ?? '') : nestedNode(state, item.sequence);
  const perFrame = BigInt(node.media?.ticksPerFrame ?? frame);
  const speed = item.speed ?? 1;
  const inPoint = BigInt(item.sourceIn ?? 0) * perFrame;
  const record = BigInt(item.duration) * frame;
  // Six decimals of a speed, as Premiere's dialogs hold them.
  const span = (record * BigInt(Math.round(Math.abs(speed) * 1e6))) / 1_000_000n;
  return {
    id: newNodeId(state),
    name: node.name,
    ...ticksOf({ in: item.recordIn, out: item.recordIn + item.duration }, frame),
    in: String(inPoint),
    out: String(inPoint + span + (item.remapped ? 10n * perFrame : 0n)),
    node: node.id,
    disabled: item.enabled === false,
    speed: Math.abs(speed),
    reversed: speed < 0,
    adjustment: false,
    link: null,
  };
}

function nestedNode(state: StandinState, name: string): StandinNode {
  const sequence = state.sequences.find((each) => each.name === name);
  if (!sequence) throw new Error(`there is no sequence "${name}" to nest`);
  return allNodes(state.root).find(({ id }) => id === sequence.node)!;
}

function titleItem(state: StandinState, title: CutTitle, frame: bigint): StandinTrackItem {
  return {
    id: newNodeId(state),
    name: title.name,
    ...ticksOf({ in: title.recordIn, out: title.recordIn + title.duration }, frame),
    in: '0',
    out: String(BigInt(title.duration) * frame),
    node: null,
    disabled: false,
    speed: 1,
    reversed: false,
    adjustment: title.adjustment === true,
    link: null,
  };
}

function sequenceMarker(
  state: StandinState,
  marker: NonNullable<SequenceCut['markers']>[number],
  frame: bigint,
): StandinMarker {
  const span = ticksOf({ in: marker.frame, out: marker.frame + (marker.duration ?? 0) }, frame);
  return {
    guid: newGuid(state),
    name: marker.name,
    comments: marker.comment,
    type: 'Comment',
    ...span,
    colour: marker.colour ?? 0,
  };
}

const same = (a: string, b: string) =>
  a.normalize('NFC').replace(/\\/g, '/') === b.normalize('NFC').replace(/\\/g, '/');

/** The first clip with this media. */
export function findClip(state: StandinState, file: string): StandinNode {
  const clip = allNodes(state.root).find(({ media }) => media && same(media.path, file));
  if (!clip) throw new Error(`${file} is not in the stand-in's project`);
  return clip;
}

export function findBin(state: StandinState, path: string[]): StandinNode {
  let here = state.root;
  for (const name of path) {
    const next = here.children?.find((child) => child.kind === 'bin' && child.name === name);
    if (!next) throw new Error(`there is no bin ${path.join('/')} in the stand-in's project`);
    here = next;
  }
  return here;
}

function detach(state: StandinState, node: StandinNode): void {
  for (const parent of allNodes(state.root)) {
    if (parent.children?.includes(node)) parent.children = parent.children.filter((child) => child !== node);
  }
}

/** Moves a clip into a bin that is there. */
export function moveItem(state: StandinState, file: string, bin: string[]): void {
  const [clip, into] = [findClip(state, file), findBin(state, bin)];
  detach(state, clip);
  (into.children ??= []).push(clip);
}

export function renameBin(state: StandinState, path: string[], name: string): void {
  findBin(state, path).name = name;
}

/** `label` is Premiere's index, 0–15. */
export function setLabel(state: StandinState, file: string, label: number): void {
  findClip(state, file).label = label;
}

/** Deletes a clip from the project; sequences keep the cut without its source. */
export function deleteItem(state: StandinState, file: string): void {
  detach(state, findClip(state, file));
}

/** The clip's marker whose comment contains this. */
function findMarker(state: StandinState, file: string, comment: string): StandinMarker {
  const marker = findClip(state, file).markers.find(({ comments }) => comments.includes(comment));
  if (!marker) throw new Error(`${file} has no marker with "${comment}"`);
  return marker;
}

/** Changes a marker as a person would: its name, its comment (Baton's tag goes unless it is typed again), its colour, its place in ticks. */
export function editMarker(
  state: StandinState,
  file: string,
  comment: string,
  change: Partial<Omit<StandinMarker, 'guid'>>,
): void {
  Object.assign(findMarker(state, file, comment), change);
}

export function deleteMarker(state: StandinState, file: string, comment: string): void {
  const gone = findMarker(state, file, comment);
  const clip = findClip(state, file);
  clip.markers = clip.markers.filter((marker) => marker !== gone);
}
