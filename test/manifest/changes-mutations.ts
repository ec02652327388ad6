/** Edits as an editor makes them, applied at random to a cut: what the tests of the change list compare the original with. */
import fc from 'fast-check';
import type { CutEvent, CutList, CutTrack } from '../../manifest/documents/cutlist.ts';

export interface Edit {
  kind: number;
  track: number;
  event: number;
  amount: number;
  other: number;
}

export const anyEdit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.nat({ max: 23 }),
  track: fc.nat({ max: 5 }),
  event: fc.nat({ max: 12 }),
  amount: fc.integer({ min: 1, max: 60 }),
  other: fc.nat({ max: 12 }),
});

const copy = (list: CutList): CutList => JSON.parse(JSON.stringify(list)) as CutList;
const later = (track: CutTrack, from: number, by: number) => {
  for (const event of track.events)
    if (event.recordIn >= from) {
      event.recordIn += by;
      event.recordOut += by;
    }
  for (const each of track.transitions)
    if (each.in >= from) {
      each.in += by;
      each.out += by;
    }
};

/** A copy of the cut with one edit; edits that cannot be made there change nothing. */
export function edited(list: CutList, edit: Edit): CutList {
  const next = copy(list);
  const track = next.tracks[edit.track % Math.max(1, next.tracks.length)];
  if (!track) return next;
  const event = track.events[edit.event % Math.max(1, track.events.length)];
  const { amount } = edit;
  const onEvent = EVENT_EDITS[edit.kind];
  if (onEvent) {
    if (event) onEvent({ list: next, track, event, amount, edit });
    return next;
  }
  LIST_EDITS[edit.kind - EVENT_EDITS.length]?.({ list: next, track, amount, edit });
  return next;
}

interface OnList {
  list: CutList;
  track: CutTrack;
  amount: number;
  edit: Edit;
}
type OnEvent = OnList & { event: CutEvent };

const EVENT_EDITS: ((on: OnEvent) => void)[] = [
  // Ripple delete, on all tracks.
  ({ list, track, event }) => {
    track.events.splice(track.events.indexOf(event), 1);
    for (const each of list.tracks) later(each, event.recordOut, event.recordIn - event.recordOut);
  },
  // Lift.
  ({ track, event }) => void track.events.splice(track.events.indexOf(event), 1),
  // Ripple insert of other material before an event, on all tracks.
  ({ list, track, event, amount }) => {
    const at = event.recordIn;
    for (const each of list.tracks) later(each, at, amount);
    track.events.splice(track.events.indexOf(event), 0, {
      ...event,
      recordIn: at,
      recordOut: at + amount,
      sourceIn: event.sourceIn + 3000,
      sourceOut: event.sourceIn + 3000 + amount,
    });
  },
  // Tail trim.
  ({ event, amount }) => {
    const by = Math.min(amount, event.recordOut - event.recordIn - 1, event.sourceOut - event.sourceIn - 1);
    event.recordOut -= by;
    event.sourceOut -= by;
  },
  // Head trim in place.
  ({ event, amount }) => {
    const by = Math.min(amount, event.recordOut - event.recordIn - 1, event.sourceOut - event.sourceIn - 1);
    event.recordIn += by;
    event.sourceIn += by;
  },
  // Ripple trim of the head.
  ({ track, event, amount }) => {
    const by = Math.min(amount, event.recordOut - event.recordIn - 1, event.sourceOut - event.sourceIn - 1);
    const out = event.recordOut;
    event.recordOut -= by;
    event.sourceIn += by;
    later(track, out, -by);
  },
  // Slip.
  ({ event, amount }) => {
    event.sourceIn += amount;
    event.sourceOut += amount;
  },
  // Swap with the next of the track.
  ({ track, event }) => {
    const next = track.events[track.events.indexOf(event) + 1];
    if (!next || next.recordIn !== event.recordOut) return;
    const length = next.recordOut - next.recordIn;
    Object.assign(next, { recordIn: event.recordIn, recordOut: event.recordIn + length });
    Object.assign(event, {
      recordIn: event.recordIn + length,
      recordOut: event.recordOut + length,
    });
    track.events.sort((a, b) => a.recordIn - b.recordIn);
  },
  // Onto a track of its own.
  ({ list, track, event }) => {
    track.events.splice(track.events.indexOf(event), 1);
    const index =
      Math.max(...list.tracks.filter(({ type }) => type === track.type).map((each) => each.index)) + 1;
    list.tracks.push({ ...track, index, name: 'above', events: [event], transitions: [] });
  },
  // To the end of its track.
  ({ track, event, amount }) => {
    const end = track.events[track.events.length - 1]!.recordOut + amount;
    const length = event.recordOut - event.recordIn;
    Object.assign(event, { recordIn: end, recordOut: end + length });
    track.events.sort((a, b) => a.recordIn - b.recordIn);
  },
  // Retime.
  ({ event, amount }) => void (event.speed = amount % 3 ? { num: amount, den: 61 } : null),
  // Other media.
  ({ event, amount }) => {
    if (event.source)
      event.source = {
        ...event.source,
        clip: `new ${amount}`,
        file: `/new/${amount}.mov`,
        name: `${amount}.mov`,
      };
  },
  ({ event }) => void (event.enabled = !event.enabled),
  ({ event, amount }) => void (event.name = `renamed ${amount}`),
  ({ event, amount }) => void (event.link = amount % 4),
  ({ event, amount }) =>
    void (event.markers = [
      { frame: event.sourceIn + amount, duration: 1, name: `e${amount % 3}`, comment: '', colour: 'blue' },
    ]),
];

const LIST_EDITS: ((on: OnList) => void)[] = [
  // Media relinked: another path for every use of it.
  ({ list, amount }) => {
    for (const track of list.tracks)
      for (const { source } of track.events)
        if (source?.reel?.startsWith('A')) source.file = `/relinked/${amount}/${source.name}`;
  },
  // A track slid in below.
  ({ list, track }) => {
    for (const each of list.tracks) if (each.type === track.type && each.index >= track.index) each.index++;
    list.tracks.push({ ...track, index: track.index - 1, events: [], transitions: [], name: 'new' });
    for (const each of list.tracks) if (each.type === track.type) each.index++;
  },
  ({ list, track }) => void list.tracks.splice(list.tracks.indexOf(track), 1),
  ({ track, amount }) => Object.assign(track, { name: `T${amount}`, enabled: amount % 2 === 0 }),
  ({ list, track, amount }) => {
    list.markers.push({ frame: amount, duration: 1, name: `M${amount % 3}`, comment: '', colour: 'red' });
    for (const each of list.markers) if (each.frame > amount) each.frame += 7;
    track.transitions.push({ in: amount, out: amount + 10, kind: 'wipe', wipe: 3, name: 'Wipe' });
  },
  ({ track, amount }) => {
    const each = track.transitions[amount % Math.max(1, track.transitions.length)];
    if (each) each.out += amount;
  },
  ({ list, amount }) => Object.assign(list, { start: list.start + amount, name: `v${amount}`, size: null }),
  ({ list }) => Object.assign(list, { rate: { num: 50, den: 1, drop: false } }),
];
