/**
 * A report of the cut as one HTML file: a picture of the timeline, every event, marker and source, and what needs care when it is
 * handed on. For people; nothing reads it back. Opens anywhere, asks the network for nothing, prints.
 */
import { runningTime } from '../changes/canonical.ts';
import type { CutList } from '../documents/cutlist.ts';
import { rateLabel } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions } from './export.ts';
import { careNotes } from './html/care.ts';
import { escape } from './html/escape.ts';
import { eventTable, markerTable } from './html/events.ts';
import { page } from './html/page.ts';
import { sourceTables } from './html/sources.ts';
import { shownTracks, timeline } from './html/timeline.ts';

export const html: Export = {
  id: 'html',
  label: 'Report (HTML)',
  suffix: '.html',
  write,
};

/** Loses nothing of the model that a person could read. `options.handoff` adds what the cut leaves out. */
function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported {
  const frames = runningTime(list);
  const { rate, start, size } = list;
  const tracks = shownTracks(list);
  const events = tracks.reduce((sum, track) => sum + track.events.length, 0);
  const facts: [string, string][] = [
    ['Running time', frameToTimecode(frames, rate)],
    ['Starts', frameToTimecode(start, rate)],
    ['Ends', frameToTimecode(start + frames, rate)],
    ['Rate', `${rateLabel(rate)} fps`],
    ['Frames', String(frames)],
    ['Picture', size ? `${size.width} × ${size.height}` : 'unknown'],
    ['Events', String(events)],
    ['Tracks', `${count(tracks, 'video')} picture, ${count(tracks, 'audio')} sound`],
  ];
  const notes = careNotes(list).map((note) => `<li>${escape(note)}</li>`);
  const body = [
    events > 0 ? `<h2>Timeline</h2>\n${timeline(list, frames)}` : '<p>The cut is empty.</p>',
    notes.length > 0 ? `<h2>Needs care elsewhere</h2><ul>${notes.join('')}</ul>` : '',
    markerTable(list),
    events > 0 ? '<h2>Events</h2>' : '',
    ...tracks.filter((track) => track.events.length > 0).map((track) => eventTable(list, track)),
    sourceTables(list, options.handoff, options.roots),
  ];
  const title = list.name || 'Untitled cut';
  const under = `Cut report${options.handoff ? `, ${escape(options.handoff.production.title)}` : ''}. Out points are the first frame after.`;
  const text = page({ title, under, facts, body: body.filter(Boolean).join('\n') });
  return { files: [{ suffix: '.html', text }], losses: [] };
}

const count = (tracks: CutList['tracks'], type: 'video' | 'audio') =>
  tracks.filter((track) => track.type === type).length;
