/** The words for changes of events: moved, trimmed, slipped, rippled, and what holds for many at once. */
import { sameSpeed } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';
import type { CutSource } from '../documents/cutlist.ts';
import type { Change, ChangeList, OfEvent } from './list.ts';
import { counted, length, otherwise, shown, timecode } from './units.ts';
import type { Told } from './words.ts';

export function ripple(change: Extract<Change, { what: 'ripple' }>, { before, after }: ChangeList): Told {
  const { from, by, to, tracks, everywhere, markers, events, next } = change;
  const first = next ? ` (${next.id}, ${counted(events, 'event')})` : '';
  const on = everywhere
    ? 'everything'
    : tracks.length > 0
      ? `everything on ${tracks.join(', ')}`
      : 'every marker';
  const stay = everywhere && !markers ? '; the markers stay' : '';
  const also = !everywhere && markers && tracks.length > 0 ? ' and every marker' : '';
  const direction = by > 0 ? 'later' : 'earlier';
  return {
    sign: '>',
    word: 'ripple',
    track: everywhere ? 'all' : tracks.join(' ') || 'markers',
    frames: by,
    at: timecode(after, to),
    text: `${on}${also} from ${timecode(before, from)}${first} on moves ${length(by, after.rate)} ${direction}${stay}`,
  };
}

export type EventChange = Extract<
  Change,
  { what: 'replaced' | 'moved' | 'trimmed' | 'slipped' | 'retimed' | 'enabled' | 'disabled' }
>;

export function ofEvent(change: EventChange, { after }: ChangeList): Told {
  switch (change.what) {
    case 'replaced':
      return { sign: '~', word: 'replaced', text: `in the place of ${change.was.name}` };
    case 'moved': {
      const { by, onto, reordered, was } = change;
      const parts = [
        by === 0 ? '' : `${length(by, after.rate)} ${by > 0 ? 'later' : 'earlier'}`,
        onto === null ? '' : `from ${was.track} onto ${onto}`,
        reordered ? 'past its neighbours' : '',
      ];
      return { sign: '>', word: reordered ? 're-ordered' : 'moved', frames: by, text: listed(parts) };
    }
    case 'trimmed': {
      const { head, tail } = change;
      const text = listed([trim('head', head), trim('tail', tail)]) || 'another range of its source';
      return { sign: '~', word: 'trimmed', frames: head + tail, text };
    }
    case 'slipped': {
      const { by, rate } = change;
      const unit =
        rate.den === 1 && rate.num >= 8000
          ? 'sample'
          : sameSpeed(rate, after.rate)
            ? 'frame'
            : 'source frame';
      const text = `shows material ${counted(Math.abs(by), unit)} ${by > 0 ? 'later' : 'earlier'}`;
      return { sign: '~', word: 'slipped', frames: unit === 'sample' ? null : by, text };
    }
    case 'retimed':
      return {
        sign: '~',
        word: 'retimed',
        text: `speed ${percent(change.before)} → ${percent(change.after)}`,
      };
    case 'enabled':
      return { sign: '~', word: 'enabled', text: 'switched on' };
    case 'disabled':
      return { sign: '~', word: 'disabled', text: 'switched off' };
  }
}

function trim(end: string, frames: number): string {
  return frames === 0
    ? ''
    : `${end} ${counted(Math.abs(frames), 'frame')} ${frames > 0 ? 'longer' : 'shorter'}`;
}

function percent(speed: { num: number; den: number } | null): string {
  if (speed === null) return 'a varying speed';
  if (speed.num === 0) return 'a freeze';
  // For people only; the list itself keeps the exact ratio.
  return `${Math.round((speed.num / speed.den) * 10000) / 100} %`;
}

const listed = (parts: string[]) => parts.filter(Boolean).join(', ');

export function manyAtOnce(change: Extract<Change, { what: 'source' | 'changed' | 'linked' }>): Told {
  if (change.what === 'source') {
    const text = `${described(change.before, change.after)} (${counted(change.events, 'event')})`;
    return { sign: '~', word: 'source', name: change.after.name, text };
  }
  const { events } = change;
  const many = events.length > 1 ? ` (${events.length} events: ${some(events)})` : '';
  const [{ now }] = events as [OfEvent];
  const one = events.length === 1 ? { track: now.track, now, was: events[0]!.was } : {};
  if (change.what === 'linked')
    return {
      sign: '~',
      word: 'links',
      ...one,
      text: `linked with other events than before, or no longer${many}`,
    };
  const text = `${change.field} ${shown(change.before)} → ${shown(change.after)}${many}`;
  return { sign: '~', word: change.field === 'name' ? 'renamed' : 'changed', name: now.name, ...one, text };
}

/** What is said otherwise in full; of what only one side says, which fields they are: formats know more or less of one source. */
function described(before: CutSource, after: CutSource): string {
  const [left, right] = [before as unknown as Fields, after as unknown as Fields];
  const says = (fields: Fields, name: string) => fields[name] !== undefined && fields[name] !== null;
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const both = (fields: Fields) =>
    Object.fromEntries(
      names
        .filter((name) => name !== 'start' && says(left, name) && says(right, name))
        .map((name) => [name, fields[name]]),
    );
  const moved = says(left, 'start') && says(right, 'start') && startOf(before) !== startOf(after);
  const gone = names.filter((name) => says(left, name) && !says(right, name));
  const found = names.filter((name) => !says(left, name) && says(right, name));
  const parts = [
    otherwise(both(left), both(right)),
    moved ? `start ${startOf(before)} → ${startOf(after)}` : '',
    gone.length > 0 ? `no longer says ${gone.join(', ')}` : '',
    found.length > 0 ? `now says ${found.map((name) => `${name} ${shown(right[name])}`).join(', ')}` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

/** As timecode; sound counts in samples. */
function startOf({ start, rate }: CutSource): string {
  return rate.den === 1 && rate.num >= 8000 ? `sample ${start}` : frameToTimecode(start ?? 0, rate);
}

type Fields = Record<string, unknown>;

function some(events: OfEvent[]): string {
  const ids = events.slice(0, 5).map(({ now }) => now.id);
  return `${ids.join(', ')}${events.length > 5 ? ', …' : ''}`;
}
