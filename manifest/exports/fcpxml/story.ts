/** Writes the storyline and everything on it, in the order Apple's DTD wants inside each element. */
import { recordTimecode } from '../../cutlist.ts';
import type { CutList, CutMarker, CutTrack } from '../../documents/cutlist.ts';
import { add, framesToSeconds, subtract } from '../../time/fraction.ts';
import type { XmlWriter } from '../xml.ts';
import type { Bundle, Rider } from './bundles.ts';
import type { Crossing } from './crossings.ts';
import { kindText, maybe, plainKindText, roleOf, tcFormat, type Kinds, type Split } from './kind.ts';
import { clockOf, startText, type Item } from './item.ts';
import { conformFrom, writeMetadata, type Resources } from './resources.ts';
import { clockAt, type Element, type Spine } from './spine.ts';
import { frameTime, holdable, seconds } from './time.ts';
import type { Version } from './version.ts';

export interface Story {
  xml: XmlWriter;
  list: CutList;
  media: Resources;
  version: Version;
  spine: Spine;
  kinds: Kinds;
}

export function writeSpine(story: Story): void {
  const { xml, list, spine } = story;
  xml.open('spine');
  for (const element of spine.elements) {
    for (const crossing of element.crossings)
      writeCrossing(story, crossing, spine.primary!, list.start + crossing.in);
    writeElement(story, element);
  }
  for (const crossing of spine.last) writeCrossing(story, crossing, spine.primary!, list.start + crossing.in);
  xml.close();
}

function writeElement(story: Story, element: Element): void {
  const { xml, list, spine } = story;
  const offset = frameTime(list.start + element.recordIn, list.rate);
  const inside = (clock: 'connected' | 'markers') => {
    if (clock === 'connected') writeConnected(story, element);
    else for (const marker of element.markers) writeSequenceMarker(story, element, marker);
  };
  if (element.item) return writeItem(story, element.item, spine.primary!, { offset }, inside);
  const gap = {
    name: element.name,
    offset,
    start: clockAt(list, element, element.recordIn),
    duration: frameTime(element.length, list.rate),
  };
  if (element.connected.length + element.markers.length === 0) return xml.leaf('gap', gap);
  xml.open('gap', gap);
  inside('connected');
  inside('markers');
  xml.close();
}

function writeConnected(story: Story, element: Element): void {
  const { xml, list, media } = story;
  for (const { items, track, lane, crossings } of element.connected) {
    const from = items[0]!.recordIn;
    const offset = clockAt(list, element, from);
    if (!crossings.length) {
      writeItem(story, items[0]!, track, { lane, offset });
      continue;
    }
    xml.open('spine', { lane, offset, format: media.sequenceFormat });
    let next = 0;
    for (const item of items) {
      for (; crossings[next]?.after === item; next++)
        writeCrossing(story, crossings[next]!, track, crossings[next]!.in - from);
      writeItem(story, item, track, { offset: frameTime(item.recordIn - from, list.rate) });
    }
    for (; crossings[next]; next++) writeCrossing(story, crossings[next]!, track, crossings[next]!.in - from);
    xml.close();
  }
}

function writeCrossing(
  story: Story,
  { in: from, out, name }: Crossing,
  track: CutTrack,
  offset: number,
): void {
  const { xml, list, media } = story;
  const own = track.type === 'video' ? 'Cross Dissolve' : 'Audio Crossfade';
  xml.open('transition', {
    name: name || own,
    offset: frameTime(offset, list.rate),
    duration: frameTime(out - from, list.rate),
  });
  xml.leaf(track.type === 'video' ? 'filter-video' : 'filter-audio', {
    ref: media.dissolve(track.type),
    name: own,
  });
  xml.close();
}

interface Position {
  /** Absent in a storyline. */
  lane?: number;
  offset: string;
}

type Inside = (part: 'connected' | 'markers') => void;

const NOTHING: Inside = () => {};

function writeItem(story: Story, item: Item, track: CutTrack, position: Position, inside = NOTHING): void {
  const { xml, list, spine } = story;
  const { event, asset } = item;
  const { lane, offset } = position;
  const stretch = { start: startText(item), duration: frameTime(item.length, list.rate) };
  const { start, duration } = stretch;
  const enabled = event.enabled && track.enabled ? undefined : 0;
  const bundle = spine.bundles.get(event);
  // A still is a `video` element: an asset-clip would need a length of its own.
  if (asset.source.still) {
    xml.open('video', { ref: asset.id, lane, offset, name: event.name, start, duration, enabled });
    writeFades(story, item);
    inside('connected');
    inside('markers');
    writeEventMarkers(story, item);
    writeKeywords(story, item, stretch);
    return xml.close();
  }
  if (bundle?.synced.length) {
    const clock = tcFormat(asset.source.rate.drop);
    xml.open('sync-clip', {
      lane,
      offset,
      name: event.name,
      start,
      duration,
      enabled,
      format: asset.format!,
      ...splitOf(story, item),
      tcFormat: clock,
    });
    writeFades(story, item);
    const whole = { start: seconds(asset.start), duration: seconds(subtract(asset.end, asset.start)) };
    writeAssetClip(story, item, track, { offset: whole.start }, whole, bundle, NOTHING);
    inside('connected');
    inside('markers');
    return xml.close();
  }
  writeAssetClip(story, item, track, position, stretch, bundle, inside, enabled);
}

/** Where the sound lies that goes along with a picture whose cut was moved. */
function splitOf({ list }: Story, { asCut }: Item): Split | undefined {
  return asCut && { audioStart: startText(asCut), audioDuration: frameTime(asCut.length, list.rate) };
}

/** A stretch of an item's own clock, as it is written. */
interface Stretch {
  start: string;
  duration: string;
}

function writeAssetClip(
  story: Story,
  item: Item,
  track: CutTrack,
  { lane, offset }: Position,
  stretch: Stretch,
  bundle: Bundle | undefined,
  inside: Inside,
  enabled?: number,
): void {
  const { xml, list } = story;
  const { event, asset } = item;
  const sounds: Rider[] = track.type === 'audio' ? [{ event, track }] : (bundle?.own ?? []);
  const split = bundle?.own.length && !bundle.synced.length ? splitOf(story, item) : undefined;
  const name = xml.escaped(event.name, 'asset-clip', 'name');
  const first = ` ref="${asset.id}"${maybe('lane', lane)} offset="`;
  const last =
    split || bundle ? kindText(list, item, track, sounds, split) : plainKindText(story, item, track);
  // In one go: of these a list has thousands.
  xml.open(
    'asset-clip',
    `${first}${offset}" name="${name}" start="${stretch.start}" duration="${stretch.duration}${enabled === undefined ? '"' : '" enabled="0"'}${last}`,
  );
  writeTiming(story, item);
  if (!bundle?.synced.length) writeFades(story, item);
  for (const { event: sound, item: own, track: on, from, length: all } of bundle?.synced ?? [])
    writeAssetClip(
      story,
      { ...own, event: sound },
      on,
      { lane: -on.index, offset: seconds(from) },
      { start: seconds(from), duration: seconds(all) },
      undefined,
      NOTHING,
    );
  inside('connected');
  inside('markers');
  writeEventMarkers(story, item);
  writeKeywords(story, item, stretch);
  for (const sound of sounds)
    if (sound.event.channels?.length)
      xml.leaf('audio-channel-source', { srcCh: sound.event.channels.join(', '), role: roleOf(sound) });
  const source = event.source!;
  const { reel, scene, take } = source;
  if (reel || scene || take) xml.again(source, () => writeMetadata(xml, { reel, scene, take }));
  xml.close();
}

function writeTiming({ xml, list, version }: Story, { asset, timeMap }: Item): void {
  if (timeMap) {
    xml.open('timeMap');
    for (const { time, value } of timeMap)
      xml.leaf('timept', { time: seconds(time), value: seconds(value), interp: 'smooth2' });
    return xml.close();
  }
  const conform = conformFrom(asset.source, list.rate, version);
  // Not scaled: a second of media lasts a second, as the editor played it.
  if (conform) xml.leaf('conform-rate', { scaleEnabled: 0, srcFrameRate: conform.srcFrameRate });
}

function writeFades({ xml, list, spine }: Story, item: Item): void {
  const found = spine.fades.get(item);
  if (!found) return;
  xml.open('adjust-blend');
  xml.open('param', { name: 'amount' });
  for (const kind of ['fadeIn', 'fadeOut'] as const)
    for (const { in: from, out, before } of found)
      if ((before ? 'fadeOut' : 'fadeIn') === kind)
        xml.leaf(kind, { type: 'linear', duration: frameTime(out - from, list.rate) });
  xml.close();
  xml.close();
}

function writeSequenceMarker({ xml, list }: Story, element: Element, marker: CutMarker): void {
  xml.leaf('marker', {
    start: clockAt(list, element, marker.frame),
    duration: frameTime(Math.max(1, marker.duration), list.rate),
    value: marker.name || recordTimecode(list, marker.frame),
    note: marker.comment || undefined,
  });
}

/** Markers on the media, on the clip's own clock; a freeze has no place for those of other frames. */
function writeEventMarkers({ xml, list }: Story, item: Item): void {
  const { event, asset } = item;
  for (const marker of event.markers ?? []) {
    const { rate } = asset.source.still ? list : event.source!;
    const time = framesToSeconds(marker.frame, rate);
    const start = asset.source.still
      ? add((item.asCut ?? item).start, time)
      : clockOf(item, add(asset.start, time));
    if (!start) continue;
    xml.leaf('marker', {
      start: seconds(holdable(start, list.rate)),
      duration: seconds(framesToSeconds(Math.max(1, marker.duration), rate)),
      value: marker.name || 'Marker',
      note: marker.comment || undefined,
    });
  }
}

function writeKeywords({ xml }: Story, { event }: Item, stretch: Stretch): void {
  const { tags } = event.source!;
  if (!tags?.length) return;
  xml.leaf('keyword', { start: stretch.start, duration: stretch.duration, value: tags.join(', ') });
}
