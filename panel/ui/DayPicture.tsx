/**
 * The picture of a shoot day: one canvas, moved and zoomed with wheel, drag and keys. The list below it is its readable form;
 * what the keys come to is said.
 */
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Bar } from '../day/bars.ts';
import type { Day } from '../day/days.ts';
import { AXIS, drawDay, NAMES } from '../day/draw.ts';
import { barAt, clock, nextUnsynced, panned, shown, stepped, wholeDay, zoomed } from '../day/window.ts';
import { VERDICT } from '../words.ts';
import { drawingOn, useDrag, useInk, usePixels, useWheel } from './canvas.ts';

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

  const share = (clientX: number) => {
    const left = box.current!.getBoundingClientRect().left + NAMES;
    return Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width - NAMES)));
  };

  useWheel(box, (event) => {
    const at = share(event.clientX);
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      setSight((now) => panned(now, day, (event.deltaX || event.deltaY) / 600));
    else setSight((now) => zoomed(now, day, Math.pow(1.0018, -event.deltaY), at));
  });

  const barUnder = (event: PointerEvent): Bar | null => {
    const { top: above } = box.current!.getBoundingClientRect();
    const row = day.lanes[Math.floor((event.clientY - above - AXIS + top) / lane)];
    const perPixel = (sight.to - sight.from) / Math.max(1, width - NAMES);
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
    setSight((now) => panned(now, day, -dx / Math.max(1, width - NAMES)));
    setTop((now) => Math.max(0, Math.min(hidden, now - dy)));
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const done = keyOf(event.key, {
      step: (step) => go(stepped(day, cursor ?? chosen, step)),
      unsynced: () => go(nextUnsynced(day, cursor ?? chosen)),
      zoom: (by) => setSight((now) => zoomed(now, day, by, 0.5)),
      whole: () => setSight(wholeDay(day)),
      pan: (by) => setSight((now) => panned(now, day, by)),
      choose: () => {
        const bar = bars.get(cursor ?? '');
        if (bar) onChoose(bar);
      },
    });
    if (done) event.preventDefault();
  };

  return (
    <div className="day">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application is interactive */}
      <div
        ref={box}
        className="day-canvas"
        role="application"
        aria-roledescription="picture of the day"
        aria-label="Picture and sound on the time of day. Arrows go from clip to clip, U to the next unsynced one, Enter chooses, plus and minus zoom, 0 shows the whole day"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys move in it
        tabIndex={0}
        style={{ height }}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
        onPointerDown={drag.down}
        onPointerMove={(event) => {
          if (!drag.move(event)) setPointed(barUnder(event));
        }}
        onPointerLeave={() => setPointed(null)}
        onPointerUp={(event) => {
          if (drag.up(event)) return;
          const bar = barUnder(event);
          if (bar) onChoose(bar);
        }}
        onDoubleClick={() => setSight(wholeDay(day))}
        title={pointed ? tell(pointed) : undefined}
        data-from={sight.from}
        data-to={sight.to}
      >
        <canvas ref={canvas} aria-hidden="true" style={{ width, height }} />
      </div>
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

interface Acts {
  step: (step: 'next' | 'back' | 'up' | 'down') => void;
  unsynced: () => void;
  zoom: (by: number) => void;
  whole: () => void;
  pan: (by: number) => void;
  choose: () => void;
}

/** False for a key that means nothing here. */
function keyOf(key: string, acts: Acts): boolean {
  const by: Record<string, () => void> = {
    ArrowRight: () => acts.step('next'),
    ArrowLeft: () => acts.step('back'),
    ArrowUp: () => acts.step('up'),
    ArrowDown: () => acts.step('down'),
    PageDown: () => acts.pan(0.5),
    PageUp: () => acts.pan(-0.5),
    u: acts.unsynced,
    U: acts.unsynced,
    '+': () => acts.zoom(1.6),
    '=': () => acts.zoom(1.6),
    '-': () => acts.zoom(1 / 1.6),
    '0': acts.whole,
    Enter: acts.choose,
    ' ': acts.choose,
  };
  by[key]?.();
  return key in by;
}
