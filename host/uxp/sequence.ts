/** Reads sequences as Premiere gives them: ticks, ids, flags. Nothing is converted here. */
import type {
  RawExport,
  RawSequence,
  RawSequenceName,
  RawSource,
  RawTrack,
  RawTrackItem,
} from '../../bridge/premiere/wire.ts';
import type { ExportRequest } from '../../bridge/uxp/methods.ts';
import { asClip, mediaPath, projectMetadata } from './find.ts';
import { readMarker } from './look.ts';
import {
  askEach,
  openProject,
  orNull,
  refuse,
  type Converter,
  type Host,
  type NativeMedia,
  type ProjectItem,
  type Sequence,
} from './natives.ts';
import { frameRate } from './project.ts';
import { itemsOf, tracksOf, type NumberedTrack, type TrackItem } from './tracks.ts';

async function allSequences(host: Host): Promise<{ all: Sequence[]; active: string }> {
  const project = await openProject(host);
  const active = await orNull(() => project.getActiveSequence());
  return { all: await project.getSequences(), active: active ? active.guid.toString() : '' };
}

/** What Premiere calls active may belong to a project that was closed: then none is. */
export async function sequences(host: Host): Promise<RawSequenceName[]> {
  const { all, active } = await allSequences(host);
  return all.map(({ guid, name }) => ({ id: guid.toString(), name, active: guid.toString() === active }));
}

/** Looked up anew at every call: a sequence kept from before may be stale. */
async function findSequence(host: Host, id: string | null): Promise<Sequence | null> {
  const { all, active } = await allSequences(host);
  return all.find(({ guid }) => guid.toString() === (id ?? active)) ?? null;
}

export async function readSequence(host: Host, request: { id: string | null }): Promise<RawSequence | null> {
  const sequence = await findSequence(host, request.id);
  if (!sequence) return null;
  const sources = new Map<string, RawSource>();
  const tracks: RawTrack[] = [];
  for (const each of await tracksOf(sequence)) tracks.push(await readTrack(host, each, sources));
  const settings = await orNull(() => sequence.getSettings());
  const display = settings && (await orNull(() => settings.getVideoDisplayFormat()));
  const size = await orNull(() => sequence.getFrameSize());
  const markers = await orNull(() => host.ppro.Markers.getMarkers(sequence));
  return {
    version: host.version,
    id: sequence.guid.toString(),
    name: sequence.name,
    timebase: await sequence.getTimebase(),
    zeroPoint: (await sequence.getZeroPoint()).ticks,
    displayFormat: display ? displayNumber(host, display.type) : null,
    width: size?.width ? size.width : null,
    height: size?.height ? size.height : null,
    tracks,
    sources: [...sources.values()],
    markers: markers ? markers.getMarkers().map(readMarker) : [],
    total: tracks.reduce((sum, track) => sum + track.items.length, 0),
    next: null,
  };
}

/** The numbers that ExtendScript uses; Premiere names some of its own, whose values are written down nowhere. */
function displayNumber({ ppro }: Host, type: number): number {
  const { VIDEO_DISPLAY_FORMAT_2997, VIDEO_DISPLAY_FORMAT_2997_NON_DROP } = ppro.SequenceSettings ?? {};
  if (type === VIDEO_DISPLAY_FORMAT_2997) return 102;
  return type === VIDEO_DISPLAY_FORMAT_2997_NON_DROP ? 103 : type;
}

async function readTrack(
  host: Host,
  numbered: NumberedTrack,
  sources: Map<string, RawSource>,
): Promise<RawTrack> {
  const { type, index, track } = numbered;
  const word = `${type === 'video' ? 'V' : 'A'}${index}`;
  const found = await askEach(itemsOf(host, track, 'clip'), async (item) => {
    const source = await orNull(() => item.getProjectItem());
    return { source, read: await readTrackItem(item, source?.getId() ?? null, word) };
  });
  for (const { source } of found)
    if (source && !sources.has(source.getId())) sources.set(source.getId(), await readSource(host, source));
  const transitions = await askEach(itemsOf(host, track, 'transition'), async (transition) => ({
    name: (await orNull(() => transition.getName())) ?? '',
    start: (await transition.getStartTime()).ticks,
    end: (await transition.getEndTime()).ticks,
  }));
  return {
    type,
    index,
    name: track.name,
    muted: await track.isMuted(),
    items: found.map(({ read }) => read),
    transitions,
  };
}

/** UXP gives a track item no id and does not say what it is linked with; where it lies names it. */
async function readTrackItem(item: TrackItem, source: string | null, track: string): Promise<RawTrackItem> {
  const [start, end, inPoint, outPoint] = await Promise.all([
    item.getStartTime(),
    item.getEndTime(),
    item.getInPoint(),
    item.getOutPoint(),
  ]);
  const speed = await orNull(() => item.getSpeed());
  return {
    id: `${track}@${start.ticks}`,
    name: (await orNull(() => item.getName())) ?? '',
    start: start.ticks,
    end: end.ticks,
    inPoint: inPoint.ticks,
    outPoint: outPoint.ticks,
    source,
    disabled: (await orNull(() => item.isDisabled())) === true,
    speed: typeof speed === 'number' ? speed : null,
    reversed: !!(await orNull(() => item.isSpeedReversed())),
    adjustment: !!(await orNull(() => item.isAdjustmentLayer())),
    linked: [],
  };
}

async function readSource(host: Host, item: ProjectItem): Promise<RawSource> {
  const clip = asClip(host, item);
  const flag = async (ask: 'isSequence' | 'isMulticamClip' | 'isMergedClip') =>
    clip !== null && (await orNull(() => clip[ask]())) === true;
  const isSequence = await flag('isSequence');
  const isMulticam = await flag('isMulticamClip');
  const nested = isSequence && clip ? await orNull(() => clip.getSequence()) : null;
  return {
    id: item.getId(),
    name: item.name,
    file: await mediaPath(host, item),
    isSequence,
    isMulticam,
    isMerged: await flag('isMergedClip'),
    frameRate: isSequence ? null : await frameRate(host, item),
    // As through ExtendScript: a nested sequence has no start of its own.
    start: isSequence && !isMulticam ? null : await startOf(host, item),
    timebase: nested ? await nested.getTimebase() : null,
    xmp: await projectMetadata(host, item),
  };
}

/** Ticks of the media's start timecode, from whichever of three places this Premiere has; null where it has none. */
async function startOf(host: Host, item: ProjectItem): Promise<string | null> {
  const clip = asClip(host, item);
  const media = clip && ((await orNull(() => clip.getMedia())) as NativeMedia | null);
  const start = media && (await orNull(() => (media.getStart ? media.getStart() : media.start!)));
  if (start) return start.ticks;
  const columns = await orNull(() => host.ppro.Metadata.getProjectColumnsMetadata(item));
  return startColumn(columns ?? '');
}

/** The view's columns as JSON; times are ticks there. Names are localised, ids are not; a hidden column is absent. */
function startColumn(columns: string): string | null {
  try {
    const list = JSON.parse(columns) as { ColumnID?: unknown; ColumnValue?: unknown }[];
    const value = list.find(({ ColumnID }) => ColumnID === 'Column.Intrinsic.MediaStart')?.ColumnValue;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? value : null;
  } catch {
    return null;
  }
}

const EXPORTERS = {
  'fcp7-xml': 'exportAsFinalCutProXML',
  otio: 'exportAsOpenTimelineIO',
  aaf: 'exportAAF',
} as const;

/** What this Premiere can write itself. */
export function exportable({ ppro }: Host): ExportRequest['format'][] {
  const converter = ppro.ProjectConverter as Converter | undefined;
  return (['fcp7-xml', 'otio', 'aaf'] as const).filter((format) => converter?.[EXPORTERS[format]]);
}

/** Its return value is not trusted: the file is looked for. */
export async function exportSequence(host: Host, request: ExportRequest): Promise<RawExport> {
  const { id, path, format } = request;
  if (!exportable(host).includes(format))
    throw refuse('unknown-method', `This Premiere (${host.version}) cannot write ${format} for a panel.`);
  const sequence = await findSequence(host, id);
  if (!sequence) throw refuse('refused', 'That sequence is not in the project any more.');
  const converter = host.ppro.ProjectConverter;
  const said =
    format === 'aaf'
      ? await converter.exportAAF(sequence, path)
      : await converter[format === 'otio' ? 'exportAsOpenTimelineIO' : 'exportAsFinalCutProXML'](
          sequence,
          path,
          true,
        );
  return { said, exists: await host.disk.exists(path) };
}
