/** Markers as lines of text: what a line cannot hold is replaced and said, and what timecode cannot count is refused. */
import { recordTimecode } from '../../cutlist.ts';
import type { CutList, CutMarker } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { framesPerDay, nominal, rateLabel } from '../../time/rate.ts';
import { frameDigits } from '../../time/timecode.ts';
import { nearestColour } from './colours.ts';

/** Why no list of markers by timecode can be right; null where one can. */
export function timecodeRefusal(list: CutList): string | null {
  const { rate } = list;
  const whole = nominal(rate);
  const counted =
    whole >= 1 && (whole * rate.den === rate.num || whole * 1000 * rate.den === rate.num * 1001);
  if (!counted)
    return `there is no timecode for ${rateLabel(rate)} frames a second; put the cut in a sequence of a whole or NTSC rate`;
  if (frameDigits(rate) > 2)
    return `a marker list has two digits for frames and ${rateLabel(rate)} counts to ${whole - 1}; take the CSV, which has three`;
  const day = framesPerDay(rate);
  const far = list.markers.find((marker) => marker.frame >= day || marker.frame <= -day);
  const end = list.tracks.some((track) => (track.events[track.events.length - 1]?.recordOut ?? 0) > day);
  if (far || end)
    return 'the sequence runs past 24 hours; the timecode of its markers would come round again';
  return null;
}

/** One line without the characters in `reserved`, and whether that is still what was given. */
export function oneLine(text: string, reserved: string): { text: string; same: boolean } {
  const folded = text
    .trim()
    .replace(/[ \t]*(?:\r\n|[\n\r\u2028\u2029\u0085])[ \t\r\n]*/g, ' / ')
    // oxlint-disable-next-line no-control-regex -- what no line of text can hold
    .replace(/[\u0000-\u001f\u007f]/g, ' ');
  const clear = Array.from(reserved).reduce((sum, each) => sum.replaceAll(each, '/'), folded);
  return { text: clear, same: clear === text.trim() };
}

/** The colours a format has: `write` gives the nearest and counts those that changed. */
export function colourWriter(palette: readonly string[], fallback: string, whose: string) {
  let count = 0;
  let first = '';
  return {
    write(marker: CutMarker): string {
      const { colour, exact } = nearestColour(marker.colour, palette, fallback);
      if (!exact && count++ === 0) first = `${marker.colour} is written ${colour}`;
      return colour;
    },
    say(lose: (loss: Loss) => void): void {
      if (count === 0) return;
      const message = `${count === 1 ? '1 marker has' : `${count} markers have`} a colour that ${whose} has not; ${count === 1 ? 'it gets' : 'they get'} the nearest (${first})`;
      lose({ what: 'marker-colour', where: 'sequence', count, message });
    },
  };
}

export function markerLoss(list: CutList, marker: CutMarker, what: string, message: string): Loss {
  const name = marker.name || marker.comment.slice(0, 40);
  return { what, where: recordTimecode(list, marker.frame), count: 1, message: `${name}: ${message}` };
}

/** Of a marker before the sequence's first frame. */
export function earlyLoss(list: CutList, marker: CutMarker, whose: string): Loss {
  const why = `it lies before the sequence's first frame, where ${whose} shows none`;
  return markerLoss(list, marker, 'marker-place', why);
}
