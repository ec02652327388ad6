/**
 * The picture of a shoot day: one canvas, moved and zoomed with wheel, drag and keys. The list below it is its readable form;
 * what the keys come to is said.
 */
import { useLayoutEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { Bar } from '../day/bars.ts';
import type { Day } from '../day/days.ts';
import { AXIS, drawDay, NAMES } from '../day/draw.ts';
import { barAt, clock, nextUnsynced, panned, shown, stepped, wholeDay, zoomed } from '../day/window.ts';
import { VERDICT } from '../words.ts';
import { drawingOn, shareAt, useDrag, useInk, usePixels, useWheel } from './canvas.ts';
import { Drawn } from './Drawn.tsx';

interface Props {
  day: Day;
  /** Key of the chosen bar. */
  chosen: string | null;
  /** Keys of what belongs to it. */
  partners: ReadonlySet<string>;
  onChoose: (bar: Bar) => void;
}

/** Lanes are at most this high, and grow smaller where they are many. */
const LANE = 18;
const TALLEST = 190;

export function DayPicture({ day, chosen, partners, onChoose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState(() => wholeDay(day));
  const [top, setTop] = useState(0);
  const [cursor, setCursor] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [pointed, setPointed] = useState<Bar | null>(null);
  const { width, ratio } = usePixels(box);
  const ink = useInk();
  const lane = Math.max(6, Math.min(LANE, Math.floor((TALLEST - AXIS) / Math.max(1, day.lanes.length))));
  const height = Math.min(TALLEST, AXIS + lane * day.lanes.length + 2);
  const hidden = Math.max(0, AXIS + lane * day.lanes.length - height);
  const bars = useMemo(
    () => new Map(day.lanes.flatMap((each) => each.bars.map((bar) => [bar.key, bar]))),
    [day],
  );

  const [followed, setFollowed] = useState<string | null>(null);
  if (chosen !== followed) {
    setFollowed(chosen);
    const bar = chosen === null ? undefined : bars.get(chosen);
    if (bar) setSight(shown(sight, day, bar));
  }
  useLayoutEffect(() => {
    const on = drawingOn(canvas, { width, ratio }, height);
    if (!on) return;
    drawDay(on, day, sight, { width, height, lane, top }, ink, { chosen, partners, cursor });
  }, [day, sight, width, height, ratio, lane, top, chosen, partners, cursor, ink]);

  const room = Math.max(1, width - NAMES);
  const share = (clientX: number) => shareAt(box, clientX, { names: NAMES, room });

  useWheel(box, (event) => {
    const at = share(event.clientX);
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      setSight((now) => panned(now, day, (event.deltaX || event.deltaY) / 600));
    else setSight((now) => zoomed(now, day, Math.pow(1.0018, -event.deltaY), at));
  });

  const barUnder = (event: PointerEvent): Bar | null => {
    const { top: above } = box.current!.getBoundingClientRect();
    const row = day.lanes[Math.floor((event.clientY - above - AXIS + top) / lane)];
    const perPixel = (sight.to - sight.from) / room;
    if (!row || event.clientY - above < AXIS) return null;
    return barAt(row, sight.from + share(event.clientX) * (sight.to - sight.from), 4 * perPixel);
  };
  const go = (bar: Bar | null) => {
    if (!bar) return;
    setCursor(bar.key);
    setSaid(tell(bar));
    setSight((now) => shown(now, day, bar));
    const at = day.lanes.findIndex((each) => each.bars.includes(bar)) * lane;
    setTop((now) =>
      Math.max(0, Math.min(hidden, Math.min(at, Math.max(now, at + lane * 2 - height + AXIS)))),
    );
  };
  const drag = useDrag((dx, dy) => {
    setSight((now) => panned(now, day, -dx / room));
    setTop((now) => Math.max(0, Math.min(hidden, now - dy)));
  });

  const step = (way: 'next' | 'back' | 'up' | 'down') => () => go(stepped(day, cursor ?? chosen, way));
  const zoom = (by: number) => () => setSight((now) => zoomed(now, day, by, 0.5));
  const pan = (by: number) => () => setSight((now) => panned(now, day, by));
  const whole = () => setSight(wholeDay(day));
  const choose = () => {
    const bar = bars.get(cursor ?? '');
    if (bar) onChoose(bar);
  };
  const keys = {
    ArrowRight: step('next'),
    ArrowLeft: step('back'),
    ArrowUp: step('up'),
    ArrowDown: step('down'),
    PageDown: pan(0.5),
    PageUp: pan(-0.5),
    u: () => go(nextUnsynced(day, cursor ?? chosen)),
    '+': zoom(1.6),
    '=': zoom(1.6),
    '-': zoom(1 / 1.6),
    '0': whole,
    Enter: choose,
    ' ': choose,
  };

  return (
    <div className="day">
      <Drawn
        box={box}
        canvas={canvas}
        kind="picture of the day"
        label="Picture and sound on the time of day. Arrows go from clip to clip, U to the next unsynced one, Enter chooses, plus and minus zoom, 0 shows the whole day"
        width={width}
        height={height}
        sight={sight}
        keys={keys}
        drag={drag}
        onWhole={whole}
        onPress={(event) => {
          const bar = barUnder(event);
          if (bar) onChoose(bar);
        }}
        onPoint={(event) => setPointed(event && barUnder(event))}
        onBlur={() => setCursor(null)}
        title={pointed ? tell(pointed) : undefined}
      />
      <p className="hidden-text" role="status">
        {said}
      </p>
    </div>
  );
}

/** `A001C003.mov, picture, Cam A, 10:04:12, Unsynced: No sound`. */
function tell({ name, kind, source, verdict, look, span, from, clips }: Bar): string {
  const many = clips.length > 1 ? ` and ${clips.length - 1} more` : '';
  const when = span ? clock(from, true) : 'no timecode';
  const { word } = VERDICT[verdict];
  return `${name}${many}, ${kind}, ${source}, ${when}, ${look === 'unsynced' ? `Unsynced: ${word}` : word}`;
}
