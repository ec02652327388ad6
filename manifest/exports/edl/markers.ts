/** Markers of the sequence as `* LOC:` lines under the event they stand in, for programs that read them. */
import { ascii } from './ascii.ts';
import type { Writing } from './comments.ts';
import type { Entry } from './lines.ts';
import { recordTimecode } from '../../cutlist.ts';
import type { CutMarker } from '../../documents/cutlist.ts';
import { LOCATOR_COLOURS } from '../../readers/edl/notes.ts';
import { frameToTimecode } from '../../time/timecode.ts';

/** `entries` are in record order. Where there is none, the lines come back to stand on top of the list. */
export function placeMarkers(entries: Entry[], writing: Writing): string[] {
  const { list } = writing;
  const top: string[] = [];
  let at = -1;
  for (const marker of [...list.markers].sort((a, b) => a.frame - b.frame)) {
    while (at + 1 < entries.length && entries[at + 1]!.at <= marker.frame) at++;
    const under = entries[Math.max(at, 0)];
    if (under) (under.more ??= []).push(locator(marker, writing));
    else top.push(locator(marker, writing));
  }
  return top;
}

/** Avid's colours are words of up to seven letters; the text follows them. */
function locator(marker: CutMarker, { list, lose }: Writing): string {
  const where = `marker at ${recordTimecode(list, marker.frame)}`;
  const said = (what: string, message: string) => lose({ what, where, count: 1, message });
  const both = [marker.name, marker.comment].filter((text) => text.trim() !== '').join(' - ');
  const text = ascii(both).trim();
  if (text !== marker.name || marker.comment !== '' || marker.duration > 1)
    said(
      'marker',
      `"${both}": a LOC line has one line of plain text, its name and comment run together, and no length`,
    );
  const wanted = marker.colour.toUpperCase();
  const known = LOCATOR_COLOURS.has(wanted);
  const ambiguous = wanted === '' && LOCATOR_COLOURS.has(text.split(' ')[0]!.toUpperCase());
  if ((wanted !== '' && !known) || ambiguous)
    said(
      'marker-colour',
      `"${both}": its colour ${marker.colour ? `"${marker.colour}"` : '(none)'} is written WHITE`,
    );
  const colour = known ? wanted : wanted === '' && !ambiguous ? '' : 'WHITE';
  const { rate } = list;
  const timecode = frameToTimecode(list.start + marker.frame, rate);
  const place = rate.drop ? timecode.replace(';', ':') : timecode;
  return `* LOC: ${place} ${colour === '' ? '' : `${colour.padEnd(7)} `}${text}`.trimEnd();
}
