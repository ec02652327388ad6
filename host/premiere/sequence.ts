/** Reads sequences as Premiere gives them: ticks, node ids, flags. Nothing is converted here. */
import type {
  RawExport,
  RawSequence,
  RawSequenceName,
  RawSource,
  RawTrack,
  RawTrackItem,
  ReadSequenceRequest,
} from '../../bridge/premiere/wire.ts';
import { openProject, refuse } from './answer.ts';
import type {
  NativeItem,
  NativeSequence,
  NativeTrack,
  NativeTrackItem,
  NativeTrackItems,
} from './natives.ts';
import { frameRate, mediaPath, projectMetadata, readMarkers } from './project.ts';

/** The id of the active sequence; '' where there is none. What Premiere calls active may belong to a project that was closed. */
function activeId(): string {
  const active = openProject().activeSequence;
  return (active && active.sequenceID) || '';
}

export function sequences(): RawSequenceName[] {
  const all = openProject().sequences;
  const active = activeId();
  const names: RawSequenceName[] = [];
  for (let i = 0; i < all.numSequences; i++) {
    names.push({ id: all[i]!.sequenceID, name: all[i]!.name, active: all[i]!.sequenceID === active });
  }
  return names;
}

/** Looked up anew at every call, by id: a sequence object kept from before may be stale. */
function findSequence(id: string | null): NativeSequence | null {
  const all = openProject().sequences;
  const wanted = id === null ? activeId() : id;
  for (let i = 0; i < all.numSequences; i++) if (all[i]!.sequenceID === wanted) return all[i]!;
  return null;
}

interface Page {
  at: number;
  from: number;
  to: number;
  sources: RawSource[];
  seen: Record<string, boolean>;
}

/** One page of a sequence, counted in track items from the lowest video track up, then audio; null where there is no such sequence. */
export function readSequence(request: ReadSequenceRequest): RawSequence | null {
  const sequence = findSequence(request.id);
  if (!sequence) return null;
  const page: Page = { at: 0, from: request.from, to: request.from + request.limit, sources: [], seen: {} };
  const tracks: RawTrack[] = [];
  for (let i = 0; i < sequence.videoTracks.numTracks; i++) {
    tracks.push(readTrack('video', i + 1, sequence.videoTracks[i]!, page));
  }
  for (let i = 0; i < sequence.audioTracks.numTracks; i++) {
    tracks.push(readTrack('audio', i + 1, sequence.audioTracks[i]!, page));
  }
  return {
    version: app.version,
    id: sequence.sequenceID,
    name: sequence.name,
    timebase: String(sequence.timebase),
    zeroPoint: String(sequence.zeroPoint),
    displayFormat: typeof sequence.videoDisplayFormat === 'number' ? sequence.videoDisplayFormat : null,
    width: sequence.frameSizeHorizontal || null,
    height: sequence.frameSizeVertical || null,
    tracks,
    sources: page.sources,
    markers: request.from === 0 ? readMarkers(sequence.markers) : [],
    total: page.at,
    next: page.at > page.to ? page.to : null,
  };
}

function readTrack(type: RawTrack['type'], index: number, track: NativeTrack, page: Page): RawTrack {
  const items: RawTrackItem[] = [];
  const count = track.clips.numItems;
  for (let i = 0; i < count; i++) {
    const at = page.at + i;
    if (at >= page.from && at < page.to) items.push(readTrackItem(track.clips[i]!, page));
  }
  page.at += count;
  const read: RawTrack = { type, index, name: track.name, muted: !!track.isMuted(), items, transitions: [] };
  for (let i = 0; page.from === 0 && i < track.transitions.numItems; i++) {
    const transition = track.transitions[i]!;
    read.transitions.push({
      name: transition.name,
      start: transition.start.ticks,
      end: transition.end.ticks,
    });
  }
  return read;
}

function readTrackItem(item: NativeTrackItem, page: Page): RawTrackItem {
  const source = item.projectItem || null;
  if (source && !page.seen['#' + source.nodeId]) {
    page.seen['#' + source.nodeId] = true;
    page.sources.push(readSource(source));
  }
  const linked: string[] = [];
  const others = item.getLinkedItems();
  const count = others ? others.numItems : 0;
  for (let i = 0; i < count; i++) linked.push((others as NativeTrackItems)[i]!.nodeId);
  const speed = item.getSpeed();
  return {
    id: item.nodeId,
    name: item.name,
    start: item.start.ticks,
    end: item.end.ticks,
    inPoint: item.inPoint.ticks,
    outPoint: item.outPoint.ticks,
    source: source ? source.nodeId : null,
    disabled: item.disabled === true,
    speed: typeof speed === 'number' ? speed : null,
    reversed: !!item.isSpeedReversed(),
    adjustment: !!item.isAdjustmentLayer(),
    linked,
  };
}

function readSource(item: NativeItem): RawSource {
  const isSequence = !!item.isSequence();
  const isMulticam = !!item.isMulticamClip();
  return {
    id: item.nodeId,
    name: item.name,
    file: mediaPath(item),
    isSequence,
    isMulticam,
    isMerged: !!item.isMergedClip(),
    frameRate: isSequence ? null : frameRate(item),
    // A nested sequence is no media and has no start of its own; a multicam has that of its cameras.
    start: isSequence && !isMulticam ? null : startOf(item),
    timebase: isSequence ? timebaseOf(item) : null,
    xmp: projectMetadata(item),
  };
}

function startOf(item: NativeItem): string | null {
  try {
    return item.startTime().ticks;
  } catch {
    return null;
  }
}

/** Ticks per frame of the sequence that a nested item stands for. */
function timebaseOf(item: NativeItem): string | null {
  const all = openProject().sequences;
  for (let i = 0; i < all.numSequences; i++) {
    const behind = all[i]!.projectItem;
    if (behind && behind.nodeId === item.nodeId) return String(all[i]!.timebase);
  }
  return null;
}

/** Premiere's own Final Cut Pro 7 XML. Its return value is not trusted: the file is looked for. */
export function exportFcp7Xml(request: { id: string; path: string }): RawExport {
  const sequence = findSequence(request.id);
  if (!sequence) throw refuse('refused', 'That sequence is not in the project any more.');
  const said = sequence.exportAsFinalCutProXML(request.path, 1);
  return { said: said === true, exists: new File(request.path.replace(/%/g, '%25')).exists };
}
