/**
 * Markers as the tab-separated text that Avid Media Composer imports (Tools > Markers): user, timecode, track, colour,
 * comment, length in frames. The sequence they go to must start at the same timecode.
 */
import { recordTimecode, trackName } from '../cutlist.ts';
import type { CutList } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import type { Export, Exported, Refused } from './export.ts';
import { listedMarkers, type ListedMarker } from './markers/project.ts';
import { colourWriter, earlyLoss, markerLoss, oneLine, timecodeRefusal } from './markers/text.ts';

const COLOURS = ['red', 'green', 'blue', 'cyan', 'magenta', 'yellow', 'black', 'white'];

/** The name of who made the marker, which Avid shows beside it. */
const USER = 'Baton';

export const avidMarkers: Export = {
  id: 'avid-markers',
  label: 'Markers for Avid (text)',
  suffix: '_markers.txt',
  write,
};

function write(list: CutList): Exported | Refused {
  const refused = timecodeRefusal(list);
  if (refused) return { refused };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const colours = colourWriter(COLOURS, 'red', 'Avid');
  let joined = 0;
  const lines = listedMarkers(list, lose).map((marker) => {
    if (marker.name.trim() !== '' && marker.comment.trim() !== '') joined++;
    if (marker.frame < 0) lose(earlyLoss(list, marker, 'Avid'));
    return markerLine(list, marker, colours.write(marker), lose);
  });
  colours.say(lose);
  if (joined > 0)
    lose({
      what: 'marker-text',
      where: 'sequence',
      count: joined,
      message: `an Avid marker has one text: the name and comment of ${joined} markers stand in it one after the other`,
    });
  return { files: [{ suffix: '_markers.txt', text: lines.map((line) => `${line}\r\n`).join('') }], losses };
}

function markerLine(list: CutList, marker: ListedMarker, colour: string, lose: (loss: Loss) => void): string {
  const parts = [marker.name, marker.comment].filter((part) => part.trim() !== '');
  const text = oneLine(parts.join(': '), '');
  if (!text.same)
    lose(
      markerLoss(
        list,
        marker,
        'marker-text',
        `an Avid marker list has one line without tabs for a text; it is written "${text.text}"`,
      ),
    );
  const track = marker.on ? trackName(marker.on.track) : 'TC1';
  const cells = [
    USER,
    recordTimecode(list, marker.frame),
    track,
    colour,
    text.text,
    Math.max(1, marker.duration),
  ];
  return cells.join('\t');
}
