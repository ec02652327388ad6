/** Markers as a table: the sequence's own, and those on clips at the record time they are seen at. */
import { recordTimecode, trackName } from '../cutlist.ts';
import type { CutList } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { nominal, rateLabel } from '../time/rate.ts';
import type { Export, Exported, Refused } from './export.ts';
import { listedMarkers } from './markers/project.ts';
import { csvText } from './sheet/csv.ts';

const HEADINGS = [
  'Name',
  'Comment',
  'Colour',
  'TC In',
  'TC Out',
  'Frame',
  'Duration',
  'Track',
  'Clip',
  'Scene',
  'Take',
];

export const markersCsv: Export = {
  id: 'markers',
  label: 'Markers (CSV)',
  suffix: '_markers.csv',
  write,
};

/** `TC Out` is exclusive; `Frame` counts from the sequence's first; a marker without length takes one frame of timecode. */
function write(list: CutList): Exported | Refused {
  if (nominal(list.rate) < 1)
    return { refused: `there is no timecode for ${rateLabel(list.rate)} frames a second` };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const rows = listedMarkers(list, lose).map((marker) => {
    const { on, frame, duration } = marker;
    return [
      marker.name,
      marker.comment,
      marker.colour,
      recordTimecode(list, frame),
      recordTimecode(list, frame + Math.max(1, duration)),
      frame,
      duration,
      on ? trackName(on.track) : '',
      on?.event.name ?? '',
      on?.event.source?.scene ?? '',
      on?.event.source?.take ?? '',
    ];
  });
  return { files: [{ suffix: '_markers.csv', text: csvText(HEADINGS, rows, lose) }], losses };
}
