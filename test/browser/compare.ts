/**
 * How far a picture of the panel is from its golden. One build of Chromium with one font draws the same pixels every time, also on a
 * loaded machine; what is let pass is what another processor may round otherwise, and less than the smallest letter.
 */
import type { Picture } from './png.ts';

/** Of 255, in any channel. Rounding at the edge of a curve moves a pixel by 1 to 3; the nearest two grounds of a theme are 7 apart. */
export const CHANNEL_SLACK = 6;

/** Pixels: fewer than one letter that changes, or one sign that moves by a pixel. */
export const PIXEL_SLACK = 6;

export interface Compared {
  /** Null where they are of one size. */
  size: string | null;
  /** Pixels that differ by more than CHANNEL_SLACK. */
  changed: number;
  /** The golden, faded, with what changed in red; only where the sizes are the same. */
  diff: Picture | null;
}

export function compare(golden: Picture, now: Picture): Compared {
  if (golden.width !== now.width || golden.height !== now.height)
    return {
      size: `${golden.width} × ${golden.height} became ${now.width} × ${now.height}`,
      changed: 0,
      diff: null,
    };
  const rgb = new Uint8Array(golden.rgb.length);
  let changed = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const far = [0, 1, 2].some(
      (channel) => Math.abs(golden.rgb[at + channel]! - now.rgb[at + channel]!) > CHANNEL_SLACK,
    );
    if (far) changed++;
    for (let channel = 0; channel < 3; channel++)
      rgb[at + channel] = far ? [255, 0, 0][channel]! : 128 + (golden.rgb[at + channel]! >> 2);
  }
  return { size: null, changed, diff: { ...golden, rgb } };
}

export function isSame({ size, changed }: Compared): boolean {
  return size === null && changed <= PIXEL_SLACK;
}
