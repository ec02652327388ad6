/** What a canvas in the panel needs to know: its size in pixels of the page and of the screen, turns of the theme, the wheel, and drags. */
import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { inkOf, type Ink } from '../day/draw.ts';

/** CSS pixels the element is wide, and device pixels for each. */
export function usePixels(element: RefObject<HTMLElement | null>): { width: number; ratio: number } {
  const [pixels, setPixels] = useState({ width: 0, ratio: 1 });
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const look = () => setPixels({ width: watched.clientWidth, ratio: window.devicePixelRatio || 1 });
    look();
    const watch = new ResizeObserver(look);
    watch.observe(watched);
    return () => watch.disconnect();
  }, [element]);
  return pixels;
}

/** What to draw with, in CSS pixels; null until there is room. */
export function drawingOn(
  canvas: RefObject<HTMLCanvasElement | null>,
  { width, ratio }: { width: number; ratio: number },
  height: number,
): CanvasRenderingContext2D | null {
  const on = canvas.current?.getContext('2d');
  if (!on || width === 0) return null;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size, even the same one, makes a new canvas.
  if (on.canvas.width !== wide) on.canvas.width = wide;
  if (on.canvas.height !== high) on.canvas.height = high;
  on.setTransform(ratio, 0, 0, ratio, 0, 0);
  return on;
}

/** The theme's colours; others when it turns, because a canvas does not redraw itself. */
export function useInk(): Ink {
  const [ink, setInk] = useState(() => inkOf(document.documentElement));
  useEffect(() => {
    const watch = new MutationObserver(() => setInk(inkOf(document.documentElement)));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
    return () => watch.disconnect();
  }, []);
  return ink;
}

/** How far along what is drawn right of its names the pointer is, 0 to 1. `names` and `room`: CSS pixels. */
export function shareAt(
  element: RefObject<HTMLElement | null>,
  clientX: number,
  { names, room }: { names: number; room: number },
): number {
  const left = element.current!.getBoundingClientRect().left + names;
  return Math.max(0, Math.min(1, (clientX - left) / room));
}

/** React listens to the wheel passively, and could not keep the page from scrolling. False lets it scroll. */
export function useWheel(
  element: RefObject<HTMLElement | null>,
  onWheel: (event: WheelEvent) => void | false,
): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const watched = element.current;
    const listener = (event: WheelEvent) => {
      if (latest.current(event) !== false) event.preventDefault();
    };
    watched?.addEventListener('wheel', listener, { passive: false });
    return () => watched?.removeEventListener('wheel', listener);
  }, [element]);
}

/** The pointer stays ours while a button is down; a press that hardly moved is no drag. */
export function useDrag(onMove: (dx: number, dy: number) => void) {
  const at = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  return {
    down: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      at.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    move: (event: PointerEvent): boolean => {
      const from = at.current;
      if (!from) return false;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.abs(dx) + Math.abs(dy) < 4) return true;
      at.current = { x: event.clientX, y: event.clientY, moved: true };
      onMove(dx, dy);
      return true;
    },
    /** Whether it was a drag. */
    up: (event: PointerEvent): boolean => {
      const moved = at.current?.moved ?? false;
      at.current = null;
      if (event.currentTarget.hasPointerCapture(event.pointerId))
        event.currentTarget.releasePointerCapture(event.pointerId);
      return moved;
    },
  };
}
