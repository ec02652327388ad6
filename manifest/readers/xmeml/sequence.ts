/** A sequence element as a cut list. */
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Rate } from '../../time/rate.ts';
import { mayDrop } from '../../time/rate.ts';
import { child, childrenOf, type XmlElement } from '../../xml/read.ts';
import type { Document } from './document.ts';
import { readMarkers } from './item.ts';
import { link, type Linkable } from './links.ts';
import { rejoined, type Joined } from './rejoin.ts';
import { sizeOf } from './media.ts';
import { quoted, type Report } from './report.ts';
import { origins } from './source.ts';
import { nameEvents, overTracks, readTrack, type ReadTrack } from './track.ts';
import { rateOf, timecodeOf, words } from './values.ts';

/** `given` = the rate to count at where the sequence names none. Null, with an issue, where nothing gives a rate. */
export function readSequence(
  element: XmlElement,
  document: Document,
  given: Rate | undefined,
  report: Report,
): CutList | null {
  const name = words(element, 'name') ?? element.attributes['id'] ?? 'Sequence';
  const base = rateOf(element) ?? formatRate(element) ?? given ?? null;
  if (!base) {
    report.add(
      'xmeml-rate',
      'error',
      element.line,
      `the sequence ${quoted(name)} names no rate, so it cannot be counted`,
      'give its rate',
    );
    return null;
  }
  const { rate, start } = clockOf(element, base, document, name, report);
  const media = child(element, 'media');
  const linkable: Linkable[] = [];
  const sources = origins(document, report);
  const read = (['video', 'audio'] as const).map((type) => {
    const part = media && child(media, type);
    return part
      ? readTracks(part, { type, record: rate, origins: sources, report }, linkable)
      : { channels: [], over: [] };
  });
  // How many channels undescribed media has is known by now.
  sources.finish();
  const { tracks, joined } = arranged(read[0]!, read[1]!);
  nameEvents(tracks);
  link(linkable, joined, report);
  const video = media && child(media, 'video');
  const format = video && child(video, 'format');
  return {
    kind: 'cutlist',
    version: 1,
    name,
    rate,
    start,
    size: (format && sizeOf(format)) ?? null,
    tracks,
    markers: readMarkers(
      element,
      (frame) => frame,
      (length) => length,
      report,
    ),
  };
}

interface ReadTracks {
  channels: ReadTrack[];
  over: CutEvent[];
}

function readTracks(
  part: XmlElement,
  context: Parameters<typeof readTrack>[2],
  linkable: Linkable[],
): ReadTracks {
  const channels = childrenOf(part, 'track').map((element, at) =>
    readTrack(element, at + 1, context, linkable),
  );
  return { channels, over: channels.flatMap((each) => each.over) };
}

/** Picture, then sound; in each what lies over other things on tracks above the rest. */
function arranged(video: ReadTracks, audio: ReadTracks): { tracks: CutTrack[]; joined: Joined } {
  const pictures = video.channels.map(({ track }) => track);
  const { tracks: sounds, joined } = rejoined(audio.channels);
  const tracks = [
    ...pictures,
    ...overTracks(video.over, 'video', pictures.length + 1),
    ...sounds,
    ...overTracks(audio.over, 'audio', sounds.length + 1),
  ];
  return { tracks, joined };
}

function formatRate(element: XmlElement): Rate | null {
  const media = child(element, 'media');
  const video = media && child(media, 'video');
  const format = video && child(video, 'format');
  const facts = format && child(format, 'samplecharacteristics');
  return facts ? rateOf(facts) : null;
}

/** Premiere's time displays of a sequence: true = drop-frame. */
const DISPLAYS: Record<string, boolean> = { '102': true, '103': false, '106': true, '107': false };

/** Premiere's display format says DF at 29.97 and NDF at 59.94 whatever is set; the sequence's own attribute is right. */
function clockOf(
  element: XmlElement,
  base: Rate,
  document: Document,
  name: string,
  report: Report,
): { rate: Rate; start: number } {
  const timecode = timecodeOf(element, base);
  const shown = DISPLAYS[element.attributes['MZ.Sequence.VideoTimeDisplayFormat'] ?? ''];
  const drop = mayDrop(base) && (shown ?? timecode?.rate.drop ?? false);
  if (mayDrop(base) && document.premiere && shown === undefined && timecode)
    report.warn(
      'xmeml-drop',
      element.line,
      `Premiere says drop-frame for every 29.97 sequence and never at 59.94; ${quoted(name)} is taken at its word`,
    );
  if (timecode && timecode.label !== null) report.label();
  return { rate: { num: base.num, den: base.den, drop }, start: timecode?.frame ?? 0 };
}
