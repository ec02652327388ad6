/**
 * What the stand-in Premiere holds, as one plain JSON value: enough that another process goes on exactly where this one
 * stopped. Times are ticks as decimal strings, as in Premiere.
 */
import { z } from 'zod';

const text = z.string();
const ticks = z.string().regex(/^-?\d+$/, 'ticks are a whole number as text');

const MediaSchema = z.object({
  path: text,
  /** Start timecode; null = the media carries none. */
  startTicks: ticks.nullable(),
  durationTicks: ticks,
  /** Null for sound. */
  ticksPerFrame: ticks.nullable(),
  hasVideo: z.boolean(),
  hasAudio: z.boolean(),
  /** Whether its timecode drops frames. */
  drop: z.boolean().optional(),
  /** It came in as numbered stills: the path is the first of them. */
  stills: z.boolean().optional(),
});

const MarkerSchema = z.object({
  guid: text,
  name: text,
  comments: text,
  type: text,
  start: ticks,
  end: ticks,
  colour: z.int(),
});

export interface StandinNode {
  /** Eight hex digits, counted up from 000f4240. */
  id: string;
  kind: 'root' | 'bin' | 'clip' | 'sequence' | 'multicam' | 'synthetic';
  name: string;
  /** 0–15. */
  label: number;
  /** A search bin: it shows every clip whose name holds this, wherever that lies. */
  query?: string | undefined;
  /** Bins and the root only, in Premiere's order. */
  children?: StandinNode[] | undefined;
  media?: StandinMedia | undefined;
  /** Start timecode as set in the project, over the media's own. */
  startTicks?: string | undefined;
  offline?: boolean | undefined;
  /** Column id and value, set ones only. */
  metadata: [string, string][];
  markers: StandinMarker[];
}

const NodeSchema: z.ZodType<StandinNode> = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/, 'a node id has eight hex digits'),
  kind: z.enum(['root', 'bin', 'clip', 'sequence', 'multicam', 'synthetic']),
  name: text,
  label: z.int().min(0).max(15),
  query: text.optional(),
  get children() {
    return z.array(NodeSchema).optional();
  },
  media: MediaSchema.optional(),
  startTicks: ticks.optional(),
  offline: z.boolean().optional(),
  metadata: z.array(z.tuple([text, text])),
  markers: z.array(MarkerSchema),
});

const TrackItemSchema = z.object({
  id: text,
  name: text,
  start: ticks,
  end: ticks,
  in: ticks,
  out: ticks,
  /** Node id of the project item; null for graphics. */
  node: text.nullable(),
  disabled: z.boolean(),
  speed: z.number(),
  reversed: z.boolean(),
  adjustment: z.boolean(),
  /** Items that share a number are linked. */
  link: z.int().nullable(),
});

const TrackSchema = z.object({
  id: z.int(),
  name: text,
  muted: z.boolean(),
  items: z.array(TrackItemSchema),
  transitions: z.array(z.object({ name: text, start: ticks, end: ticks })),
});

const SequenceSchema = z.object({
  /** GUID. */
  id: text,
  /** Its project item. */
  node: text,
  name: text,
  timebase: ticks,
  zeroPoint: ticks,
  displayFormat: z.int(),
  width: z.int(),
  height: z.int(),
  videoTracks: z.array(TrackSchema),
  audioTracks: z.array(TrackSchema),
  markers: z.array(MarkerSchema),
});

const StateSchema = z.object({
  kind: z.literal('standin-premiere'),
  version: z.literal(1),
  appVersion: text,
  project: z.object({ documentID: text, name: text, path: text }),
  /** Numbers that the next node and the next GUID get. */
  nextNode: z.int(),
  nextGuid: z.int(),
  schema: z.array(z.object({ name: text, label: text, type: z.int() })),
  root: NodeSchema,
  sequences: z.array(SequenceSchema),
  activeSequence: text.nullable(),
  /** Imports that have not appeared yet, and after how many calls they will. */
  late: z.array(z.object({ bin: text, media: MediaSchema, calls: z.int() })),
});

export type StandinMedia = z.infer<typeof MediaSchema>;
export type MediaFacts = Omit<StandinMedia, 'path'>;
export type StandinMarker = z.infer<typeof MarkerSchema>;
export type StandinTrackItem = z.infer<typeof TrackItemSchema>;
export type StandinTrack = z.infer<typeof TrackSchema>;
export type StandinSequence = z.infer<typeof SequenceSchema>;
export type StandinState = z.infer<typeof StateSchema>;

export const KIND = 'standin-premiere';
const FIRST_NODE = 0x000f4240;

export interface EmptyOptions {
  name?: string;
  documentID?: string;
  appVersion?: string;
}

/** A new project. */
export function emptyState(options: EmptyOptions = {}): StandinState {
  const name = options.name ?? 'Stand-in';
  const root: StandinNode = {
    id: nodeId(FIRST_NODE),
    kind: 'root',
    name: `${name}.prproj`,
    label: 0,
    children: [],
    metadata: [],
    markers: [],
  };
  return {
    kind: KIND,
    version: 1,
    appVersion: options.appVersion ?? '25.6.0',
    project: {
      documentID: options.documentID ?? '5ba70000-0000-4000-8000-000000000001',
      name: `${name}.prproj`,
      path: `/Projects/${name}.prproj`,
    },
    nextNode: FIRST_NODE + 1,
    nextGuid: 1,
    schema: [],
    root,
    sequences: [],
    activeSequence: null,
    late: [],
  };
}

/** Throws an Error that names the first thing wrong. */
export function readState(value: unknown): StandinState {
  const kind = typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
  if (kind !== KIND) {
    throw new Error(
      `this is not the state of a stand-in Premiere: its kind is ${JSON.stringify(kind)}, not "${KIND}"`,
    );
  }
  const read = StateSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0]!;
  throw new Error(
    `the stand-in Premiere's state is damaged at ${issue.path.join('.') || 'its top'}: ${issue.message}`,
  );
}

export function nodeId(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** Takes the next node id. */
export function newNodeId(state: StandinState): string {
  return nodeId(state.nextNode++);
}

/** Takes the next GUID. */
export function newGuid(state: StandinState): string {
  return `ba700000-0000-4000-8000-${(state.nextGuid++).toString(16).padStart(12, '0')}`;
}

/** Every node, parents first. */
export function allNodes(root: StandinNode): StandinNode[] {
  const nodes = [root];
  for (let at = 0; at < nodes.length; at++) for (const child of nodes[at]!.children ?? []) nodes.push(child);
  return nodes;
}
