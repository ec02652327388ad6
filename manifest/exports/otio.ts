/**
 * OpenTimelineIO: the whole cut as JSON, in the schema versions that every current reader knows and the shape that Resolve's
 * importer wants. What OTIO has no field for rides in `metadata.baton`, and is said where other programs would show it wrong.
 */
import { eventPlace, trackName } from '../cutlist.ts';
import type { CutList, CutTrack } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { mayDrop, rateLabel } from '../time/rate.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions, type Refused } from './export.ts';
import { markerText, type Writing } from './otio/item.ts';
import { list as jsonList, string, time } from './otio/json.ts';
import { mediaReferences, sameSources } from './otio/media.ts';
import { rateNote, sizeNote } from './otio/note.ts';
import { fillerPieces, trackPieces } from './otio/track.ts';

/** Track numbers nobody used are filled up with empty tracks, up to this many; past it the numbers close up. */
const MOST_FILLERS = 99;

export const otio: Export = {
  id: 'otio',
  label: 'OpenTimelineIO',
  suffix: '.otio',
  write,
};

function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  const refused = refusal(list);
  if (refused) return { refused };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const resolve = options.target === 'resolve';
  const sound = resolve ? 'frames' : 'samples';
  const media = mediaReferences(list, sound, resolve, lose);
  const writing: Writing = {
    list,
    media,
    sound,
    resolve,
    lose,
    sameSource: sameSources(),
    notes: new Map(),
    recoloured: { count: 0, first: '' },
  };
  const markers = list.markers.map((marker) => markerText(marker, marker.frame, list.rate, writing));
  const tracks = [...tracksOf(list, 'video', writing), ...tracksOf(list, 'audio', writing)];
  const { rate, size, start } = list;
  const note = `{"rate": ${rateNote(rate)}, "start": ${start}, "size": ${sizeNote(size)}}`;
  const head = `{"OTIO_SCHEMA": "Timeline.1",
"metadata": {"baton": ${note}},
"name": ${string(list.name)},
"global_start_time": ${time(start, rate)},
"tracks": {"OTIO_SCHEMA": "Stack.1",
  "metadata": {},
  "name": "tracks",
  "source_range": null,
  "effects": [],
  "markers": ${jsonList(markers, '    ')},
  "enabled": true,
  "children": [`;
  const pieces = [head];
  for (const track of tracks) {
    pieces.push(pieces.length === 1 ? '\n    ' : ',\n    ');
    for (const piece of track) pieces.push(piece);
  }
  pieces.push(tracks.length > 0 ? '\n  ]}}\n' : ']}}\n');
  const text = pieces.join('');
  listLosses(writing, text);
  return { files: [{ suffix: '.otio', text }], losses };
}

/** Why no file can be right; null where one can. */
function refusal(list: CutList): string | null {
  const { num, den } = list.rate;
  if (!(num > 0 && den > 0))
    return `the sequence has no frame rate (${num}/${den}); OTIO counts every time in one`;
  for (const track of list.tracks) {
    let end = 0;
    for (const event of track.events) {
      if (event.recordIn < end || event.recordOut <= event.recordIn)
        return `${eventPlace(list, event)} on ${trackName(track)} lies over the event before it or has no length; an OTIO track is one item after the other, so put it on a track of its own`;
      end = event.recordOut;
    }
  }
  return null;
}

/** Bottom up, each at its own number. */
function tracksOf(list: CutList, type: CutTrack['type'], writing: Writing): string[][] {
  const tracks = list.tracks.filter((track) => track.type === type).sort((a, b) => a.index - b.index);
  const written: string[][] = [];
  let fillers = 0;
  for (const track of tracks) {
    while (written.length + 1 < track.index && fillers < MOST_FILLERS) {
      fillers++;
      written.push(fillerPieces(type, written.length + 1));
    }
    written.push(trackPieces(track, writing));
  }
  return written;
}

function listLosses({ list, lose, recoloured }: Writing, text: string): void {
  // Searched for first: hardly any file holds one, and a search costs next to nothing.
  if (text.includes('\ufffd'))
    lose({
      what: 'character',
      where: 'sequence',
      count: text.split('\ufffd').length - 1,
      message: 'halves of characters, which no Unicode text can hold, are written as U+FFFD',
    });
  if (mayDrop(list.rate))
    lose({
      what: 'drop-frame',
      where: 'sequence',
      count: 1,
      message: `OTIO does not say whether ${rateLabel({ ...list.rate, drop: false })} drops frames: this sequence is ${list.rate.drop ? 'drop-frame' : 'non-drop'}; set it so where the file is opened`,
    });
  if (recoloured.count > 0)
    lose({
      what: 'marker-colour',
      where: 'sequence',
      count: recoloured.count,
      message: `OTIO has eleven marker colours; ${recoloured.count} markers get the nearest (${recoloured.first})`,
    });
}
