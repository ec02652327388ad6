/** A cut list as a sequence element: format, tracks, markers. */
import { recordTimecode } from '../../cutlist.ts';
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { exploded, type Outputs } from './channels.ts';
import type { FileTable } from './files.ts';
import { clipXml, titleXml, transitionXml, type Context } from './item.ts';
import { numbered } from './links.ts';
import { logging, markerXml, type Escape, type Logged } from './logging.ts';
import { nestTable, type Nests } from './nests.ts';
import { isCrossing, placeTrack, playsMedia, type PlacedTrack } from './place.ts';
import { rateXml, timecodeXml } from './text.ts';

export interface SequenceParts {
  files: FileTable;
  escape: Escape;
  lose(loss: Loss): void;
  logged: Map<string, Logged>;
  /** No speeds are written. */
  plain: boolean;
  /** What nested events may hold. */
  nests: readonly CutList[];
}

/** The list's rate must be one xmeml knows. */
export function sequenceXml(given: CutList, parts: SequenceParts): string {
  let items = 0;
  const next = () => ++items;
  const nests = nestTable(parts.nests, given, (list, id) => {
    const lose = (loss: Loss) => parts.lose({ ...loss, where: `${list.name}: ${loss.where}` });
    return oneSequence(list, id, { ...parts, lose }, nests, next);
  });
  return oneSequence(given, 'sequence-1', parts, nests, next);
}

function oneSequence(
  given: CutList,
  id: string,
  parts: SequenceParts,
  nests: Nests,
  next: () => number,
): string {
  const { files, escape, lose } = parts;
  const mediaOf = (event: CutEvent) =>
    playsMedia(event) ? files.of(event.source!, given.rate) : nests.of(event, given.rate);
  // Before anything is written: events that describe one file differently are merged.
  for (const track of given.tracks)
    for (const event of track.events) if (playsMedia(event)) files.of(event.source!, given.rate);
  const { list, losses, outputs } = exploded(given, (event) => mediaOf(event) !== null);
  for (const loss of losses) lose(loss);
  const placed = list.tracks.map((track) => placeTrack(list, track, parts.plain, mediaOf, lose));
  const rate = rateXml(list.rate);
  const context = {
    list,
    rate,
    files,
    escape,
    lose,
    logging: logging(parts.logged, escape),
    nests,
    numbers: numbered(placed, next, lose),
  };
  const head = `<sequence id="${id}">
<name>${escape(list.name, 'sequence')}</name><duration>${lengthOf(list)}</duration>${rate}
${timecodeXml(list.start, list.rate)}
<media>
<video>
<format><samplecharacteristics>${rate}${sizeXml(list, lose)}<anamorphic>FALSE</anamorphic><pixelaspectratio>square</pixelaspectratio><fielddominance>none</fielddominance></samplecharacteristics></format>
`;
  const body = [head];
  writeTracks(placed, 'video', outputs, body, context);
  body.push(
    '</video>\n<audio>\n<format><samplecharacteristics><depth>16</depth><samplerate>48000</samplerate></samplecharacteristics></format>\n',
  );
  writeTracks(placed, 'audio', outputs, body, context);
  body.push('</audio>\n</media>\n');
  for (const marker of list.markers)
    body.push(markerXml(marker, marker.frame, `marker at ${recordTimecode(list, marker.frame)}`, escape));
  body.push('</sequence>\n');
  tellRest(given, lose);
  return body.join('');
}

/** xmeml's tracks are numbered by their order alone, so one that the list leaves out stands there empty. */
function writeTracks(
  placed: PlacedTrack[],
  type: CutTrack['type'],
  outputs: Outputs,
  body: string[],
  about: Omit<Context, 'type'>,
): void {
  const context = { ...about, type };
  let index = 1;
  for (const { track, items } of placed) {
    if (track.type !== type) continue;
    for (; index < track.index; index++)
      body.push('<track><enabled>TRUE</enabled><locked>FALSE</locked></track>\n');
    index = track.index + 1;
    body.push('<track>\n');
    // In flat pieces: pieced-together strings that live long cost the collector most of the run.
    for (let at = 0; at < items.length; at += 64)
      body.push(
        items
          .slice(at, at + 64)
          .map((item) => itemXml(item, context))
          .join(''),
      );
    const output = outputs.get(track);
    const going = output === undefined ? '' : `<outputchannelindex>${output}</outputchannelindex>`;
    body.push(
      `<enabled>${track.enabled ? 'TRUE' : 'FALSE'}</enabled><locked>FALSE</locked>${going}\n</track>\n`,
    );
  }
}

function itemXml(item: PlacedTrack['items'][number], context: Context): string {
  if (isCrossing(item)) return transitionXml(item, context);
  return item.file ? clipXml(item, context) : titleXml(item, context);
}

function lengthOf(list: CutList): number {
  let length = 0;
  for (const { events } of list.tracks) length = Math.max(length, events[events.length - 1]?.recordOut ?? 0);
  return length;
}

/** Without a size Resolve brings every clip in black. */
function sizeXml(list: CutList, lose: (loss: Loss) => void): string {
  const known = list.size ?? firstSize(list);
  if (!known)
    lose({
      what: 'size',
      where: 'sequence',
      count: 1,
      message: 'the sequence has no known size; 1920x1080 is written',
    });
  const { width, height } = known ?? { width: 1920, height: 1080 };
  return `<width>${width}</width><height>${height}</height>`;
}

function firstSize(list: CutList) {
  for (const { events } of list.tracks) for (const { source } of events) if (source?.size) return source.size;
  return null;
}

/** What of the whole list xmeml has no word for. */
function tellRest(list: CutList, lose: (loss: Loss) => void): void {
  const named = list.tracks.filter(({ name }) => !/^((video|audio|v|a) ?\d+)?$/i.test(name));
  if (named.length)
    lose({
      what: 'track-name',
      where: 'sequence',
      count: named.length,
      message: `tracks have no names in FCP7 XML: ${named.map(({ name }) => name).join(', ')}`,
    });
  let coloured = 0;
  const count = (markers: { colour: string }[]) => {
    for (const marker of markers) if (marker.colour) coloured++;
  };
  count(list.markers);
  for (const { events } of list.tracks) for (const { markers } of events) if (markers) count(markers);
  if (coloured)
    lose({
      what: 'marker-colour',
      where: 'sequence',
      count: coloured,
      message: 'markers have no colours in FCP7 XML',
    });
}
