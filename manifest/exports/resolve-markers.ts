/**
 * Markers as the EDL that Resolve imports onto a timeline (Timelines > Import > Timeline Markers from EDL): an event of one
 * frame for each, and under it a line with note, colour, name and length. Resolve keeps one marker a frame.
 */
import { recordTimecode } from '../cutlist.ts';
import type { CutList } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { ascii } from './edl/ascii.ts';
import type { Export, Exported, Refused } from './export.ts';
import { listedMarkers, type ListedMarker } from './markers/project.ts';
import { colourWriter, earlyLoss, markerLoss, oneLine, timecodeRefusal } from './markers/text.ts';

const COLOURS =
  'blue cyan green yellow red pink purple fuchsia rose lavender sky mint lemon sand cocoa cream'.split(' ');

/** What a reader of EDLs could take for a line of its own. */
const EDL_WORD = /^(?:\d|\*|>>>|(?:M2|TITLE|FCM|AUD|SPLIT|EFFECTS|DLEDL|FINAL CUT|BL)\b)/i;

export const resolveMarkers: Export = {
  id: 'resolve-markers',
  label: 'Markers for Resolve (EDL)',
  suffix: '_markers.edl',
  write,
};

function write(list: CutList): Exported | Refused {
  const refused = timecodeRefusal(list);
  if (refused) return { refused };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const colours = colourWriter(COLOURS, 'blue', 'Resolve');
  const lines = [
    `TITLE: ${ascii(list.name)}`,
    `FCM: ${list.rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ];
  let free = -Infinity;
  listedMarkers(list, lose).forEach((given, nth) => {
    const marker = given.frame >= free ? given : { ...given, frame: free };
    if (marker !== given)
      lose(
        markerLoss(
          list,
          given,
          'marker-place',
          `Resolve keeps one marker a frame; it stands at ${recordTimecode(list, marker.frame)}`,
        ),
      );
    free = marker.frame + 1;
    if (given.frame < 0) lose(earlyLoss(list, given, 'Resolve'));
    lines.push(...markerLines(list, marker, nth + 1, colours.write(marker), lose), '');
  });
  colours.say(lose);
  return { files: [{ suffix: '_markers.edl', text: lines.join('\r\n') }], losses };
}

function markerLines(
  list: CutList,
  marker: ListedMarker,
  number: number,
  colour: string,
  lose: (loss: Loss) => void,
): string[] {
  const [from, to] = [marker.frame, marker.frame + 1].map((frame) => recordTimecode(list, frame));
  const [note, name] = [oneLine(marker.comment, '|'), oneLine(marker.name, '|')];
  const guarded = EDL_WORD.test(note.text) ? `- ${note.text}` : note.text;
  const changed = !note.same || !name.same || guarded !== note.text;
  if (changed)
    lose(
      markerLoss(
        list,
        marker,
        'marker-text',
        `Resolve's list takes one line without | that begins like no other line of an EDL; it is written "${[name.text, guarded].filter(Boolean).join(': ')}"`,
      ),
    );
  const word = `ResolveColor${colour[0]!.toUpperCase()}${colour.slice(1)}`;
  return [
    `${String(number).padStart(3, '0')}  001      V     C        ${from} ${to} ${from} ${to}  `,
    `${guarded} |C:${word} |M:${name.text} |D:${Math.max(1, marker.duration)}`,
  ];
}
