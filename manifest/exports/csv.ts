/** The cut as a table, a row for each event: what a person checks, searches and sends on. Timecode for people, frames for exactness. */
import { cdlLines } from '../cdl.ts';
import { recordTimecode, trackName } from '../cutlist.ts';
import type { CutEvent, CutList, CutTrack, CutTransition } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { nominal, rateLabel } from '../time/rate.ts';
import { sidesOf } from '../transitions.ts';
import type { Export, Exported, Refused } from './export.ts';
import { csvText, OWN_COLUMN } from './sheet/csv.ts';
import { sourceCells } from './sheet/source.ts';

const HEADINGS = [
  'No.',
  'Track',
  'Kind',
  'Clip',
  'Reel',
  'Scene',
  'Take',
  'Camera',
  'Record In',
  'Record Out',
  'Record In Frame',
  'Record Frames',
  'Source In',
  'Source Out',
  'Source In Frame',
  'Source Frames',
  'Source Rate',
  'Speed',
  'Enabled',
  'Transition In',
  'Transition Out',
  'File',
  OWN_COLUMN,
  'Notes',
];

export const csv: Export = {
  id: 'csv',
  label: 'Cut list (CSV)',
  suffix: '_cutlist.csv',
  write,
};

function write(list: CutList): Exported | Refused {
  if (nominal(list.rate) < 1)
    return { refused: `there is no timecode for ${rateLabel(list.rate)} frames a second` };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const rows: (string | number)[][] = [];
  for (const track of list.tracks) {
    const cuts = transitionsByCut(list, track, lose);
    for (const event of track.events) rows.push([rows.length + 1, ...cells(list, track, event, cuts)]);
  }
  if (list.markers.length > 0)
    lose({
      what: 'marker',
      where: 'sequence',
      count: list.markers.length,
      message: `${list.markers.length === 1 ? '1 marker of the sequence has' : `${list.markers.length} markers of the sequence have`} no row in a cut list; the formats markers, resolve-markers and avid-markers hold them`,
    });
  return { files: [{ suffix: '_cutlist.csv', text: csvText(HEADINGS, rows, lose) }], losses };
}

function cells(
  list: CutList,
  track: CutTrack,
  event: CutEvent,
  cuts: Map<number, CutTransition[]>,
): (string | number)[] {
  const { source, recordIn, recordOut } = event;
  const own = sourceCells(event, list.rate);
  const crossing = (frame: number) =>
    (cuts.get(frame) ?? []).map((each) => transitionText(list, each)).join('; ');
  return [
    trackName(track),
    event.kind,
    event.name,
    source?.reel ?? '',
    source?.scene ?? '',
    source?.take ?? '',
    source?.camera ?? '',
    recordTimecode(list, recordIn),
    recordTimecode(list, recordOut),
    recordIn,
    recordOut - recordIn,
    own.in,
    own.out,
    own.inFrame,
    own.frames,
    own.rate,
    speedText(event.speed),
    event.enabled && track.enabled ? 'yes' : 'no',
    crossing(recordIn),
    crossing(recordOut),
    source?.file ?? '',
    source?.clip ?? '',
    [...notes(event, track), ...own.notes].join('; '),
  ];
}

/** Exact where percent with two places is; a ratio where it is not. Never begins with a minus, which spreadsheets reckon with. */
function speedText(speed: CutEvent['speed']): string {
  if (!speed) return 'varies';
  if (speed.num === 0) return 'freeze';
  const size = Math.abs(speed.num);
  const percent = (size * 100) / speed.den;
  const exact = Number.isInteger((size * 10000) / speed.den);
  const text = exact ? `${percent}%` : `${size}/${speed.den} (${percent.toFixed(2)}%)`;
  return speed.num < 0 ? `reverse ${text}` : text;
}

function transitionText(list: CutList, { kind, wipe, name, in: from, out: to }: CutTransition): string {
  const word = kind === 'wipe' && wipe !== undefined ? `wipe ${wipe}` : kind;
  return `${word} of ${to - from} frames (${name}) ${recordTimecode(list, from)}–${recordTimecode(list, to)}`;
}

function notes(event: CutEvent, track: CutTrack): string[] {
  const said: string[] = [];
  if (track.name !== '' && track.name !== trackName(track)) said.push(`track "${track.name}"`);
  if (!track.enabled) said.push(`${trackName(track)} is switched off`);
  if (event.link !== undefined) said.push(`link ${event.link}`);
  if (event.channels) said.push(`channels ${event.channels.join(' ')}`);
  for (const { frame, name, comment } of event.markers ?? [])
    said.push(`marker at source frame ${frame}: ${[name, comment].filter((part) => part !== '').join(': ')}`);
  if (event.cdl) said.push(...cdlLines(event.cdl));
  if (event.source?.tags?.length) said.push(event.source.tags.join(', '));
  return said;
}

function transitionsByCut(
  list: CutList,
  track: CutTrack,
  lose: (loss: Loss) => void,
): Map<number, CutTransition[]> {
  const cuts = new Map<number, CutTransition[]>();
  for (const transition of track.transitions) {
    const cut = sidesOf(track.events, transition).cut;
    if (cut === null)
      lose({
        what: 'transition',
        where: `${trackName(track)} at ${recordTimecode(list, transition.in)}`,
        count: 1,
        message: `${transition.name}: it lies over no edge of an event, so no row can name it`,
      });
    else {
      const over = cuts.get(cut);
      if (over) over.push(transition);
      else cuts.set(cut, [transition]);
    }
  }
  return cuts;
}
