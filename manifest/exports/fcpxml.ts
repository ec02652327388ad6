/**
 * FCPXML 1.10, for Final Cut Pro and Resolve: V1 as the primary storyline, the other tracks as connected clips. Every time is
 * an exact fraction of a second. Valid under Apple's DTD of that version.
 */
import { recordTimecode } from '../cutlist.ts';
import type { CutList, CutSource } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { rateLabel } from '../time/rate.ts';
import type { Export, Exported, Refused } from './export.ts';
import type { Item } from './fcpxml/item.ts';
import { conformFrom, resources } from './fcpxml/resources.ts';
import { clockAt, spineOf, trackLosses, type Element } from './fcpxml/spine.ts';
import { frameTime, seconds } from './fcpxml/time.ts';
import { XmlWriter } from './xml.ts';

export const fcpxml: Export = {
  id: 'fcpxml',
  label: 'FCPXML 1.10 (Final Cut Pro, Resolve)',
  suffix: '.fcpxml',
  write,
};

function write(list: CutList): Exported | Refused {
  // A frame's duration is a fraction with a 32-bit denominator.
  if (list.rate.num >= 2 ** 31)
    return { refused: `FCPXML cannot hold a rate of ${rateLabel(list.rate)} frames a second` };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const media = resources(list, lose);
  const spine = spineOf(list, media, lose);
  trackLosses(list, lose);
  if (list.markers.some((marker) => marker.colour))
    lose({
      what: 'marker-colour',
      where: 'sequence',
      count: list.markers.length,
      message: 'markers have no colours in FCPXML',
    });

  const xml = new XmlWriter('fcpxml');
  xml.open('fcpxml', { version: '1.10' });
  media.write(xml);
  xml.open('library');
  xml.open('event', { name: list.name });
  xml.open('project', { name: list.name });
  xml.open('sequence', {
    format: media.sequenceFormat,
    duration: frameTime(spine.length, list.rate),
    tcStart: frameTime(list.start, list.rate),
    tcFormat: tcFormat(list.rate.drop),
    audioLayout: 'stereo',
    audioRate: '48k',
  });
  xml.open('spine');
  for (const element of spine.elements) writeElement(xml, list, element, media.sequenceFormat);
  for (let depth = 0; depth < 6; depth++) xml.close();
  losses.push(...xml.losses);
  return { files: [{ suffix: '.fcpxml', text: xml.text() }], losses };
}

function tcFormat(drop: boolean): string {
  return drop ? 'DF' : 'NDF';
}

function writeElement(xml: XmlWriter, list: CutList, element: Element, sequenceFormat: string): void {
  const offset = frameTime(list.start + element.recordIn, list.rate);
  const inside = () => {
    for (const { item, track, lane } of element.connected) {
      const onClock = seconds(clockAt(list, element, item.recordIn));
      const context = { lane, offset: onClock, enabled: track.enabled, type: track.type, sequenceFormat };
      writeItem(xml, list, item, context, () => {});
    }
    for (const marker of element.markers)
      xml.leaf('marker', {
        start: seconds(clockAt(list, element, marker.frame)),
        duration: frameTime(Math.max(1, marker.duration), list.rate),
        value: marker.name || recordTimecode(list, marker.frame),
        note: marker.comment || undefined,
      });
  };
  if (element.item) {
    const context = {
      offset,
      enabled: element.track!.enabled,
      type: 'video' as const,
      sequenceFormat,
    };
    writeItem(xml, list, element.item, context, inside);
    return;
  }
  const gap = {
    name: element.name,
    offset,
    start: seconds(element.start),
    duration: frameTime(element.length, list.rate),
  };
  if (element.connected.length + element.markers.length === 0) return xml.leaf('gap', gap);
  xml.open('gap', gap);
  inside();
  xml.close();
}

interface Context {
  /** Absent in the primary storyline. */
  lane?: number;
  offset: string;
  /** Whether its track is switched on. */
  enabled: boolean;
  type: 'video' | 'audio';
  sequenceFormat: string;
}

function writeItem(xml: XmlWriter, list: CutList, item: Item, context: Context, inside: () => void): void {
  const { event, asset } = item;
  const { source } = asset;
  const { lane, offset } = context;
  const [start, duration] = [seconds(item.start), frameTime(item.length, list.rate)];
  const enabled = event.enabled && context.enabled ? undefined : 0;
  // A still is a `video` element: an asset-clip would need a length of its own.
  if (source.still) {
    xml.open('video', { ref: asset.id, lane, offset, name: event.name, start, duration, enabled });
    inside();
    xml.close();
    return;
  }
  xml.open('asset-clip', {
    ref: asset.id,
    lane,
    offset,
    name: event.name,
    start,
    duration,
    enabled,
    srcEnable: source.hasPicture && source.channels ? context.type : undefined,
    format: asset.format !== null && asset.format !== context.sequenceFormat ? asset.format : undefined,
    tcFormat: tcFormat(source.hasPicture ? source.rate.drop : list.rate.drop),
    audioRole: context.type === 'audio' ? 'dialogue' : undefined,
  });
  writeTiming(xml, list, item);
  inside();
  writeMetadata(xml, source);
  xml.close();
}

function writeTiming(xml: XmlWriter, list: CutList, { asset, timeMap }: Item): void {
  if (timeMap) {
    xml.open('timeMap');
    for (const { time, value } of timeMap)
      xml.leaf('timept', { time: seconds(time), value: seconds(value), interp: 'smooth2' });
    xml.close();
    return;
  }
  const conform = conformFrom(asset.source, list.rate);
  // Not scaled: a second of media lasts a second, as the editor played it.
  if (conform) xml.leaf('conform-rate', { scaleEnabled: 0, srcFrameRate: conform.srcFrameRate });
}

function writeMetadata(xml: XmlWriter, { reel, scene, take }: CutSource): void {
  if (!reel && !scene && !take) return;
  xml.open('metadata');
  // Final Cut's own keys; its `shot` field is the one that holds the take.
  if (reel) xml.leaf('md', { key: 'com.apple.proapps.studio.reel', value: reel });
  if (scene) xml.leaf('md', { key: 'com.apple.proapps.studio.scene', value: scene });
  if (take) xml.leaf('md', { key: 'com.apple.proapps.studio.shot', value: take });
  xml.close();
}
