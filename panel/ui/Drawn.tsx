/** A canvas that a person moves in with keys, drags and a double click. What keys come to is said by whose picture it is; its readable form stands beside it. */
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import type { useDrag } from './canvas.ts';

interface Props {
  box: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  /** What it is, in words for screen readers: `picture of the day`. */
  kind: string;
  label: string;
  /** CSS pixels. */
  width: number;
  height: number;
  sight: { from: number; to: number };
  /** By key, letters small: what each does. */
  keys: Record<string, () => void>;
  drag: ReturnType<typeof useDrag>;
  /** A double click: all of it in sight. */
  onWhole: () => void;
  /** A press that was no drag. */
  onPress?: (at: PointerEvent) => void;
  /** The pointer is here, and no drag; null = gone. */
  onPoint?: (at: PointerEvent | null) => void;
  onBlur?: () => void;
  title?: string | undefined;
  /** For what waits for finer detail. */
  finest?: string | number;
}

export function Drawn(props: Props) {
  const { box, canvas, kind, label, width, height, sight, keys, drag, onPress, onPoint } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    // With those, a key is the browser's or the editor's.
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    act();
    event.preventDefault();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application is interactive
    <div
      ref={box}
      className="day-canvas"
      role="application"
      aria-roledescription={kind}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys move in it
      tabIndex={0}
      style={{ height }}
      onKeyDown={onKeyDown}
      onBlur={props.onBlur}
      onPointerDown={drag.down}
      onPointerMove={(event) => {
        if (!drag.move(event)) onPoint?.(event);
      }}
      onPointerLeave={() => onPoint?.(null)}
      onPointerUp={(event) => {
        if (!drag.up(event)) onPress?.(event);
      }}
      onDoubleClick={props.onWhole}
      title={props.title}
      data-from={sight.from}
      data-to={sight.to}
      data-finest={props.finest}
    >
      <canvas ref={canvas} aria-hidden="true" style={{ width, height }} />
    </div>
  );
}
