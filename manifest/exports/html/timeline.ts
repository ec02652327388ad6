/** The picture of a cut: markers on top, then a row for each track, the highest picture track first, sound below. */
import { trackName } from '../../cutlist.ts';
import type { CutEvent, CutList, CutTrack } from '../../documents/cutlist.ts';
import { counted } from './count.ts';
import { escape } from './escape.ts';
import { across, bars, edges, picture, ruler, rulerMarks, type Across } from './strip.ts';

const ROW = 20;
const BAR = 14;
const TOP = 18;
/** Up to so many events each bar is a link with its name; beyond that the page would be mostly these. */
const MOST_LINKS = 800;

export type Look = 'video' | 'audio' | 'made' | 'off';

export function lookOf(track: CutTrack, event: CutEvent): Look {
  if (!event.enabled || !track.enabled) return 'off';
  if (track.type === 'audio') return 'audio';
  return event.kind === 'clip' || event.kind === 'multicam' ? 'video' : 'made';
}

/** Tracks as an editor shows them, top to bottom. */
export function shownTracks(list: CutList): CutTrack[] {
  const of = (type: CutTrack['type']) =>
    list.tracks.filter((track) => track.type === type).sort((a, b) => a.index - b.index);
  return [...of('video').reverse(), ...of('audio')];
}

/** `frames` = running time. */
export function timeline(list: CutList, frames: number): string {
  const tracks = shownTracks(list);
  const marked = list.markers.length > 0 ? 1 : 0;
  const height = TOP + (tracks.length + marked) * ROW;
  const x = across(frames);
  const count = tracks.reduce((sum, track) => sum + track.events.length, 0);
  const { lines, labels } = ruler(rulerMarks(list.start, frames, list.rate), frames, height);
  const rows = tracks.map((track, at) => row(track, x, TOP + (at + marked) * ROW + 3, count <= MOST_LINKS));
  const names = [...(marked ? ['Markers'] : []), ...tracks.map(trackName)];
  const lanes = names.map((name) => `<div class="lane">${name === 'Markers' ? '▾' : escape(name)}</div>`);
  const says = `Timeline of ${counted(count, 'event', 'events') ?? 'no events'} on ${counted(tracks.length, 'track', 'tracks')}, listed below`;
  const drawn = picture(height, says, lines + markers(list, x) + rows.join(''), labels);
  return `<div class="strip"><div aria-hidden="true" style="padding-top:${TOP}px">${lanes.join('')}</div>${drawn}</div>\n${legend(list, tracks)}`;
}

function row(track: CutTrack, x: Across, top: number, linked: boolean): string {
  // What is switched off has an outline of its own.
  const shown = track.events.filter((event) => lookOf(track, event) !== 'off');
  const cuts = edges(
    shown.map(({ recordIn, recordOut }) => [recordIn, recordOut] as const),
    x,
    top,
    BAR,
  );
  const over = cuts + transitions(track, x, top);
  if (linked) return track.events.map((event) => link(track, event, x, top)).join('') + over;
  const looks = new Map<Look, [number, number][]>();
  for (const event of track.events) {
    const look = lookOf(track, event);
    const spans = looks.get(look);
    if (spans) spans.push([event.recordIn, event.recordOut]);
    else looks.set(look, [[event.recordIn, event.recordOut]]);
  }
  const paths = [...looks].map(([look, spans]) => `<path class="${look}" d="${bars(spans, x, top, BAR)}"/>`);
  return paths.join('') + over;
}

function link(track: CutTrack, event: CutEvent, x: Across, top: number): string {
  const d = bars([[event.recordIn, event.recordOut]], x, top, BAR);
  // Not a stop of the Tab key: the rows themselves are there for that, and there are hundreds of bars.
  return `<a tabindex="-1" href="#${anchor(track, event)}"><title>${escape(`${event.id} ${event.name}`)}</title><path class="${lookOf(track, event)}" d="${d}"/></a>`;
}

/** The id of an event's row: built from numbers only, whatever the event is called. */
export function anchor(track: CutTrack, event: CutEvent): string {
  return `${trackName(track)}-${event.recordIn}`;
}

/** A slope over each transition, as editors draw one. */
function transitions(track: CutTrack, x: Across, top: number): string {
  if (track.transitions.length === 0) return '';
  const d = track.transitions.map((each) => `M${x(each.in)} ${top + BAR}L${x(each.out)} ${top}`).join('');
  return `<path class="cut" d="${d}"/>`;
}

function markers(list: CutList, x: Across): string {
  if (list.markers.length === 0) return '';
  const d = [...new Set(list.markers.map(({ frame }) => x(frame)))].map((at) => `M${at} ${TOP + 3}v14`);
  return `<path class="flag" d="${d.join('')}"/>`;
}

const WORDS: [Look | 'cut' | 'mark', string, string][] = [
  ['video', 'picture', 'M0 1h22v10h-22z'],
  ['audio', 'sound', 'M0 1h22v10h-22z'],
  ['made', 'titles, nests and the like', 'M0 1h22v10h-22z'],
  ['off', 'switched off (outline)', 'M1 1h20v10h-20z'],
  ['cut', 'transition (slope)', 'M0 11L22 1'],
  ['mark', 'marker', 'M10 0h2v12h-2z'],
];

/** Only what the picture shows. */
function legend(list: CutList, tracks: CutTrack[]): string {
  const used = new Set<string>();
  for (const track of tracks) {
    for (const event of track.events) used.add(lookOf(track, event));
    if (track.transitions.length > 0) used.add('cut');
  }
  if (list.markers.length > 0) used.add('mark');
  const items = WORDS.filter(([look]) => used.has(look)).map(
    ([look, words, d]) =>
      `<li><svg viewBox="0 0 22 12" aria-hidden="true"><path class="${look}" d="${d}"/></svg>${words}</li>`,
  );
  return items.length > 0 ? `<ul class="legend">${items.join('')}</ul>` : '';
}
