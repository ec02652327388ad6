/**
 * Two cuts over one another, track by track: keys and pointer go from event to event, and what is chosen here is chosen in the list
 * of changes, and the other way round.
 */
import { useLayoutEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { Standing } from '../../manifest/changes/standing.ts';
import { frameToTimecode } from '../../manifest/time/timecode.ts';
import { AXIS, drawCuts, LANE, NAMES, SIGN, topOf } from '../cut/draw-cuts.ts';
import { eventAt, walked, walkKeys, type At } from '../cut/walk.ts';
import { panned, shown as inView, wholeDay, zoomed } from '../day/window.ts';
import type { Comparison, ShownEvent, ShownRow } from '../heavy/comparison.ts';
import { drawingOn, shareAt, useDrag, useInk, usePixels, useWheel } from './canvas.ts';
import { Drawn } from './Drawn.tsx';

interface Props {
  shown: Comparison;
  /** Number of the row that is looked at; null = none. */
  changed: number | null;
  onChange: (row: number | null) => void;
}

const WORDS: [Standing, string][] = [
  ['same', 'as before'],
  ['new', 'added'],
  ['gone', 'removed'],
  ['moved', 'moved'],
  ['changed', 'trimmed or changed'],
];

/** Tracks drawn; a cut of more is read in the list. */
const MOST = 60;
/** Frames. */
const LEAST = 24;

export function CutsPicture({ shown, changed, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const lanes = useMemo(() => shown.lanes.slice(0, MOST), [shown]);
  const events = useMemo(() => lanes.flatMap(({ old, now }) => [old, now]), [lanes]);
  const whole = useMemo(() => ({ from: 0, to: shown.frames, least: LEAST }), [shown]);
  const used = useMemo(() => new Set(events.flatMap((all) => all.map(({ standing }) => standing))), [events]);
  const [sight, setSight] = useState(() => wholeDay(whole));
  const [at, setAt] = useState<At | null>(null);
  const [followed, setFollowed] = useState<number | null>(null);
  const { width, ratio } = usePixels(box);
  const ink = useInk();
  const height = AXIS + lanes.length * LANE;

  const show = (place: At | null) => {
    setAt(place);
    const event = place && events[place.lane]![place.nth]!;
    if (event) setSight((now) => inView(now, whole, { from: event.in, length: event.out - event.in }));
  };
  if (changed !== followed) {
    setFollowed(changed);
    const row = changed === null ? undefined : shown.rows[changed];
    if (row && !(at && speaks(events[at.lane]?.[at.nth], changed))) {
      show(placeOf(row, events));
      if (row.frame !== null) {
        const from = row.frame;
        setSight((now) => inView(now, whole, { from, length: 1 }));
      }
    }
  }
  const frame = changed === null ? null : (shown.rows[changed]?.frame ?? null);
  const event = at ? events[at.lane]?.[at.nth] : undefined;

  useLayoutEffect(() => {
    const on = drawingOn(canvas, { width, ratio }, height);
    if (!on) return;
    const tc = (nth: number) =>
      frameToTimecode(shown.now.start + Math.min(shown.frames, Math.max(0, Math.round(nth))), shown.now.rate);
    const place = { width, height, labels: [tc(sight.from), tc(sight.to)] as [string, string] };
    const both = at ? [at, ...partnersOf(at, events)] : [];
    drawCuts(on, lanes, sight, place, ink, { at: both, frame });
  }, [shown, lanes, events, sight, width, height, ratio, at, frame, ink]);

  // The track that is looked at is in sight, where there are more than fit.
  useLayoutEffect(() => {
    const within = scroller.current;
    if (!within || !at) return;
    const [top, end] = [topOf(at.lane) - AXIS, topOf(at.lane) + LANE - within.clientHeight];
    if (top < within.scrollTop) within.scrollTo({ top });
    else if (end > within.scrollTop) within.scrollTo({ top: end });
  }, [at]);

  const go = (place: At | null) => {
    show(place);
    const row = place ? (events[place.lane]![place.nth]!.rows[0] ?? null) : null;
    // What is chosen by another row of the same event stays.
    if (!(place && changed !== null && speaks(events[place.lane]![place.nth], changed))) onChange(row);
  };
  const room = Math.max(1, width - NAMES);
  const share = (clientX: number) => shareAt(box, clientX, { names: NAMES, room });
  useWheel(box, (wheel) => {
    // The view scrolls with the wheel; with Ctrl or ⌘, and with a pinch, the picture zooms.
    if (wheel.ctrlKey || wheel.metaKey)
      setSight((now) => zoomed(now, whole, Math.pow(1.0018, -wheel.deltaY * 3), share(wheel.clientX)));
    else if (wheel.shiftKey || Math.abs(wheel.deltaX) > Math.abs(wheel.deltaY))
      setSight((now) => panned(now, whole, (wheel.deltaX || wheel.deltaY) / 600));
    else return false;
  });
  const drag = useDrag((dx) => setSight((now) => panned(now, whole, -dx / room)));
  const under = (pointer: PointerEvent): At | null => {
    const y = pointer.clientY - box.current!.getBoundingClientRect().top;
    const lane = Math.floor((y - AXIS) / LANE) * 2;
    const nearer = y < topOf(lane) + LANE / 2 - 4 ? lane : lane + 1;
    const perPixel = (sight.to - sight.from) / room;
    const all = events[nearer];
    if (!all || y < AXIS) return null;
    const nth = eventAt(all, sight.from + share(pointer.clientX) * (sight.to - sight.from), 4 * perPixel);
    return nth === null ? null : { lane: nearer, nth };
  };
  const zoom = (by: number) => () => setSight((now) => zoomed(now, whole, by, middleOf(event, now)));
  const showWhole = () => setSight(wholeDay(whole));
  const keys = {
    ...walkKeys((step) => go(walked(events, at, step))),
    c: () => go(nextChange(events, at)),
    '+': zoom(1.6),
    '=': zoom(1.6),
    '-': zoom(1 / 1.6),
    '0': showWhole,
    PageDown: () => setSight((now) => panned(now, whole, 0.5)),
    PageUp: () => setSight((now) => panned(now, whole, -0.5)),
    Enter: () => document.querySelector<HTMLElement>('.changed-rows [aria-pressed=true]')?.focus(),
  };
  const words = event && at ? tell(event, at, shown) : '';
  return (
    <div className="cuts">
      <div ref={scroller} className="cuts-scroller">
        <Drawn
          box={box}
          canvas={canvas}
          kind="picture of both cuts"
          label="Both cuts, track by track: above what was, below what is. Arrows go from event to event and track to track, C to the next change, Enter to its row, plus and minus zoom, 0 shows all"
          width={width}
          height={height}
          sight={sight}
          keys={keys}
          drag={drag}
          onWhole={showWhole}
          onPress={(pointer) => {
            const place = under(pointer);
            if (place) go(place);
          }}
        />
      </div>
      {shown.lanes.length > MOST ? (
        <p className="why">and {shown.lanes.length - MOST} more tracks, in the list</p>
      ) : null}
      <p className="cuts-told" role="status">
        {words}
      </p>
      <ul className="day-legend" aria-label="What the bars mean">
        {WORDS.filter(([standing]) => used.has(standing)).map(([standing, word]) => (
          <li key={standing}>
            <span className={`day-sign cuts-${standing}`} /> {SIGN[standing]} {word}
          </li>
        ))}
      </ul>
    </div>
  );
}

const speaks = (event: ShownEvent | undefined, row: number | null): boolean =>
  event !== undefined && row !== null && event.rows.includes(row);

type Events = readonly (readonly ShownEvent[])[];

/** The event a row speaks of: where it is now, or where it was. */
function placeOf({ was, now }: ShownRow, events: Events): At | null {
  return found(events, 1, now) ?? found(events, 0, was);
}

function found(events: Events, side: 0 | 1, id: string | null): At | null {
  if (id === null) return null;
  for (let lane: number = side; lane < events.length; lane += 2) {
    const nth = events[lane]!.findIndex((event) => event.id === id);
    if (nth >= 0) return { lane, nth };
  }
  return null;
}

/** The same event in the other cut. */
function partnersOf({ lane, nth }: At, events: Events): At[] {
  const event = events[lane]?.[nth];
  if (!event) return [];
  if (lane % 2 === 0) {
    const { pair } = event;
    const other = pair && (events[pair.lane * 2 + 1] ?? []).findIndex((each) => each.in === pair.in);
    return pair && other !== null && other >= 0 ? [{ lane: pair.lane * 2 + 1, nth: other }] : [];
  }
  const track = (lane - 1) / 2;
  for (let old = 0; old < events.length; old += 2) {
    const was = events[old]!.findIndex(({ pair }) => pair?.lane === track && pair.in === event.in);
    if (was >= 0) return [{ lane: old, nth: was }];
  }
  return [];
}

/** The next event of any track, in time, that is not as before; the first again after the last. */
function nextChange(events: Events, from: At | null): At | null {
  const all = events.flatMap((lane, nth) =>
    lane.flatMap((event, at) => (event.standing === 'same' ? [] : [{ lane: nth, nth: at, frame: event.in }])),
  );
  all.sort((a, b) => a.frame - b.frame || a.lane - b.lane);
  const here = from ? all.findIndex(({ lane, nth }) => lane === from.lane && nth === from.nth) : -1;
  const next = all[(here + 1) % Math.max(1, all.length)];
  return next ? { lane: next.lane, nth: next.nth } : null;
}

/** Where zooming holds still: the chosen event, or the middle. */
function middleOf(event: ShownEvent | undefined, { from, to }: { from: number; to: number }): number {
  const middle = event ? ((event.in + event.out) / 2 - from) / (to - from) : 0.5;
  return middle >= 0 && middle <= 1 ? middle : 0.5;
}

/** `V1, before: A001C003, 01:00:04:12, removed: 36 frames gone`. */
function tell(event: ShownEvent, { lane }: At, { lanes, rows, was, now }: Comparison): string {
  const side = lane % 2 === 0 ? 'before' : 'after';
  const { start, rate } = lane % 2 === 0 ? was : now;
  const where = `${lanes[Math.floor(lane / 2)]!.name}, ${side}`;
  const tc = `${frameToTimecode(start + event.in, rate)} to ${frameToTimecode(start + event.out, rate)}`;
  const said = event.rows.map((row) => `${rows[row]!.word}${rows[row]!.text ? `: ${rows[row]!.text}` : ''}`);
  return `${where}: ${event.name}, ${tc}, ${said.length > 0 ? said.join('; ') : WORDS.find(([standing]) => standing === event.standing)![1]}`;
}
