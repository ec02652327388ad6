/** One event as an OTIO item: a clip with its media, its speed and its markers, or a gap that keeps a title's place. */
import { decimalOf } from '../../cdl.ts';
import { eventPlace } from '../../cutlist.ts';
import type { CutEvent, CutGrade, CutList, CutMarker, CutSource } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import type { Rate } from '../../documents/rate.ts';
import { nearestColour } from '../markers/colours.ts';
import { list as jsonList, range, string, time } from './json.ts';
import type { MediaReferences } from './media.ts';
import { eventNote, sourceNote } from './note.ts';
import { sourceStart, type SoundCount } from './span.ts';

/** The words Marker.2 has. */
export const OTIO_COLOURS = [
  'magenta',
  'red',
  'orange',
  'yellow',
  'green',
  'cyan',
  'blue',
  'purple',
  'pink',
  'black',
  'white',
] as const;

/** What is the same for every item of one file. */
export interface Writing {
  list: CutList;
  media: MediaReferences;
  sound: SoundCount;
  /** Whether Resolve's own fields are written too: it keeps links and markers' notes there. */
  resolve: boolean;
  lose: (loss: Loss) => void;
  /** The same media is described anew by every event; this gives the first description that is equal. */
  sameSource(source: CutSource): CutSource;
  /** What is noted about each source, written once. */
  notes: Map<CutSource, string>;
  /** Markers whose colour OTIO has no word for; said once for the file. */
  recoloured: { count: number; first: string };
}

const KINDS: Record<CutEvent['kind'], string> = {
  clip: 'clips',
  title: 'titles',
  nested: 'reference to another sequence',
  adjustment: 'adjustment layers',
  multicam: 'multicam clips',
  unknown: 'word for this kind of item',
};

/** Joined from pieces at once: the longest of them are shared by all events of one source, and the rest dies young. */
export function itemText(event: CutEvent, writing: Writing): string {
  const source = event.source && writing.sameSource(event.source);
  const { list, lose } = writing;
  const said = (what: string, message: string) =>
    lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
  // What lies over other picture must not hide it: an empty clip would, a gap does not.
  const gap = event.kind === 'title' || event.kind === 'adjustment';
  if (event.kind !== 'clip')
    said(
      event.kind,
      `OTIO has no ${KINDS[event.kind]}; ${gap ? 'a gap' : 'a clip'} keeps its place, and Baton's own note the rest`,
    );
  const start = gap
    ? { value: 0, rate: list.rate, exact: true }
    : sourceStart(event, source, list.rate, writing.sound);
  if (!start.exact)
    said(
      'subframe',
      `the sound begins between two frames, at sample ${event.sourceIn}; Resolve gets the nearest frame`,
    );
  const length = time(event.recordOut - event.recordIn, list.rate);
  const markers = (event.markers ?? []).map((marker) => {
    const rate = source?.rate ?? list.rate;
    // Markers count on the same clock as the source range: the media's own timecode.
    return markerText(marker, marker.frame + (source?.start ?? 0), rate, writing);
  });
  if (event.cdl && !isDouble(event.cdl))
    said('cdl', 'its ASC CDL has more digits than a reader of JSON keeps; the nearest numbers come back');
  const [before, about, after] = noteParts(event, source, writing);
  const pieces = [
    `{"OTIO_SCHEMA": "${gap ? 'Gap.1' : 'Clip.2'}",\n        "metadata": ${before}`,
    about,
    `${after},
        "name": ${string(event.name)},
        "source_range": ${range(time(start.value, start.rate), length)},
        "effects": [${gap ? '' : effectText(event, said)}],
        "markers": ${jsonList(markers, '          ')},
        "enabled": ${event.enabled}${gap ? '}' : ',\n        "media_references": {"DEFAULT_MEDIA": '}`,
  ];
  if (!gap)
    pieces.push(
      writing.media.of(event, source),
      '},\n        "active_media_reference_key": "DEFAULT_MEDIA"}',
    );
  return pieces.join('');
}

/** The item's metadata, cut where what is noted about its source stands. */
function noteParts(
  event: CutEvent,
  source: CutSource | null,
  { resolve, notes }: Writing,
): [string, string, string] {
  const { link } = event;
  let about = source ? notes.get(source) : 'null';
  if (about === undefined) notes.set(source!, (about = sourceNote(source!)));
  const own = resolve && link !== undefined ? `"Resolve_OTIO": {"Link Group ID": ${link}}, ` : '';
  return [`{${own}${gradeText(event)}"baton": ${eventNote(event)}`, about, '}}'];
}

/** Where OTIO's own EDL adapter keeps it. The numbers are exact as they stand; a reader's doubles may not be. */
function gradeText({ cdl }: CutEvent): string {
  if (!cdl) return '';
  const { sop, sat } = cdl;
  const group = (name: 'slope' | 'offset' | 'power') => `"${name}": [${sop![name].join(', ')}]`;
  const parts = [
    ...(sat === undefined ? [] : [`"asc_sat": ${sat}`]),
    ...(sop ? [`"asc_sop": {${group('slope')}, ${group('offset')}, ${group('power')}}`] : []),
  ];
  return `"cdl": {${parts.join(', ')}}, `;
}

function isDouble({ sop, sat }: CutGrade): boolean {
  const numbers = [...(sop ? [...sop.slope, ...sop.offset, ...sop.power] : []), ...(sat ? [sat] : [])];
  return numbers.every((each) => decimalOf(String(Number(each))) === each);
}

function effectText(event: CutEvent, said: (what: string, message: string) => void): string {
  const { speed } = event;
  if (!speed) {
    said('retime', 'its speed varies, which OTIO cannot hold; it plays at 100 % from its source in');
    return '';
  }
  if (speed.num === speed.den) return '';
  if (speed.num === 0)
    return '{"OTIO_SCHEMA": "FreezeFrame.1", "metadata": {}, "name": "", "effect_name": "FreezeFrame", "time_scalar": 0.0}';
  if (speed.num < 0)
    said(
      'retime',
      'it plays backwards: programs disagree about the end its source range counts from; the range begins at its lowest frame',
    );
  const scalar = speed.num / speed.den;
  const text = Number.isInteger(scalar) ? `${scalar}.0` : String(scalar);
  return `{"OTIO_SCHEMA": "LinearTimeWarp.1", "metadata": {}, "name": "", "effect_name": "LinearTimeWarp", "time_scalar": ${text}}`;
}

/** `frame` and the marker's length count at `rate`, on the clock of what it stands on. */
export function markerText(marker: CutMarker, frame: number, rate: Rate, writing: Writing): string {
  const { colour, exact } = nearestColour(marker.colour, OTIO_COLOURS, 'green');
  if (!exact) {
    if (writing.recoloured.count++ === 0)
      writing.recoloured.first = `${marker.name || marker.comment}: ${marker.colour} is written ${colour}`;
  }
  const note = `"baton": {"colour": ${string(marker.colour)}}`;
  // Resolve keeps a marker's note here and passes over `comment`.
  const own = writing.resolve ? `"Resolve_OTIO": {"Keywords": [], "Note": ${string(marker.comment)}}, ` : '';
  return `{"OTIO_SCHEMA": "Marker.2", "metadata": {${own}${note}}, "name": ${string(marker.name)}, "color": "${colour.toUpperCase()}", "marked_range": ${range(time(frame, rate), time(marker.duration, rate))}, "comment": ${string(marker.comment)}}`;
}
