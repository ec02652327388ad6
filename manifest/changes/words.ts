/** Each change as a row of words: what, where and how much. Text, CSV and HTML are written from these, so that they say the same. */
import { visible } from '../exports/html/escape.ts';
import { frameToTimecode } from '../time/timecode.ts';
import type { Change, ChangeList, CutSummary, EventAt } from './list.ts';
import { counted, length, otherwise, shown, timecode } from './units.ts';
import { manyAtOnce, ofEvent, ripple } from './words-of-events.ts';

export interface ChangeRow {
  /** `+` new, `-` gone, `>` elsewhere, `~` otherwise. */
  sign: '+' | '-' | '>' | '~';
  /** `added`, `ripple`, `trimmed`. */
  word: string;
  /** `V1`; where it lies now, or where it lay. Empty for the sequence and for many at once. */
  track: string;
  was: EventAt | null;
  now: EventAt | null;
  /** Name of the event, transition or marker. */
  name: string;
  /** Record timecode where to look, in the new cut (in the old one for what is gone); empty = nowhere in particular. */
  at: string;
  /** The amount as a number where there is one: frames moved, trimmed, added. */
  frames: number | null;
  text: string;
}

export function changeRows(list: ChangeList): ChangeRow[] {
  return list.changes.map((change) => {
    const {
      name = '',
      track = '',
      frames = null,
      was = null,
      now = null,
      at = '',
      ...told
    } = tell(change, list);
    return { name: visible(name), track, frames, was, now, at, ...told, text: visible(told.text) };
  });
}

/** What a change must say of itself; the rest is empty. */
export type Told = Pick<ChangeRow, 'sign' | 'word' | 'text'> & Partial<ChangeRow>;

function tell(change: Change, list: ChangeList): Told {
  const { before, after } = list;
  switch (change.what) {
    case 'ripple':
      return ripple(change, list);
    case 'added': {
      const { now } = change;
      const text = `${length(now.out - now.in, after.rate)} new`;
      return { sign: '+', word: 'added', frames: now.out - now.in, text, ...placed(null, now, list) };
    }
    case 'removed': {
      const { was } = change;
      const text = `${length(was.out - was.in, before.rate)} gone`;
      return { sign: '-', word: 'removed', frames: was.in - was.out, text, ...placed(was, null, list) };
    }
    case 'source':
    case 'changed':
    case 'linked':
      return manyAtOnce(change);
    case 'replaced':
    case 'moved':
    case 'trimmed':
    case 'slipped':
    case 'retimed':
    case 'enabled':
    case 'disabled':
      return { ...ofEvent(change, list), ...placed(change.was, change.now, list) };
    default:
      return change.what.startsWith('track') || change.what === 'sequence'
        ? frame(change as FrameChange, list)
        : beside(change as BesideChange, list);
  }
}

function placed(was: EventAt | null, now: EventAt | null, { before, after }: ChangeList) {
  const event = (now ?? was)!;
  return {
    was,
    now,
    track: event.track,
    name: event.name,
    at: now ? timecode(after, now.in) : timecode(before, was!.in),
  };
}

type FrameChange = Extract<
  Change,
  { what: 'sequence' | 'track-added' | 'track-removed' | 'track-moved' | 'track-changed' }
>;

function frame(change: FrameChange, { before, after }: ChangeList): Told {
  switch (change.what) {
    case 'sequence': {
      const say = (value: unknown, cut: CutSummary) =>
        change.field === 'start' ? frameToTimecode(value as number, cut.rate) : shown(value);
      const kept = { kept: '; frame numbers stay', converted: '; times stay' }[change.frames ?? 'kept'];
      const text = `${change.field} ${say(change.before, before)} → ${say(change.after, after)}${change.frames ? kept : ''}`;
      return { sign: '~', word: 'sequence', text };
    }
    case 'track-added':
      return {
        sign: '+',
        word: 'track added',
        track: change.track,
        text: `a new track${called(change.fields['name'])}`,
      };
    case 'track-removed':
      return { sign: '-', word: 'track removed', track: change.track, text: 'no longer there' };
    case 'track-moved':
      return {
        sign: '>',
        word: 'track moved',
        track: change.track,
        text: `${change.track} is now ${change.to}`,
      };
    case 'track-changed': {
      const { track, field } = change;
      const text = `${field} ${shown(change.before)} → ${shown(change.after)}`;
      return { sign: '~', word: 'track changed', track, text };
    }
  }
}

const called = (name: unknown) => (typeof name === 'string' && name !== '' ? `, “${name}”` : '');

type BesideChange = Extract<
  Change,
  {
    what:
      | 'transition-added'
      | 'transition-removed'
      | 'transition-changed'
      | 'marker-added'
      | 'marker-removed'
      | 'marker-changed';
  }
>;

function beside(change: BesideChange, { before, after }: ChangeList): Told {
  const removed = change.what === 'transition-removed' || change.what === 'marker-removed';
  const cut = removed ? before : after;
  const sign = change.what.endsWith('added') ? '+' : removed ? '-' : '~';
  const word = change.what.replace('-', ' ');
  if ('track' in change) {
    const value =
      change.what === 'transition-added'
        ? change.value
        : change.what === 'transition-removed'
          ? change.before
          : change.after;
    const size = `${counted(value.out - value.in, 'frame')} of ${value.kind}`;
    const text = change.what === 'transition-changed' ? otherwise(change.before, change.after, after) : size;
    return { sign, word, track: change.track, name: value.name, at: timecode(cut, value.in), text };
  }
  const value =
    change.what === 'marker-added'
      ? change.value
      : change.what === 'marker-removed'
        ? change.before
        : change.after;
  const on = change.event ? `on the media of ${change.event.id} ${change.event.name}` : 'on the sequence';
  const text =
    change.what === 'marker-changed'
      ? `${on}: ${otherwise(change.before, change.after, change.event ? undefined : after)}`
      : on;
  const at = change.event ? '' : timecode(cut, value.frame);
  return { sign, word, track: change.event?.track ?? '', name: value.name, at, text };
}
