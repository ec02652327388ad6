/** Exact rates behind what Resolve says: a float, and a drop-frame mark beside it. */
import type { Rate } from '../../manifest/documents/rate.ts';
import { mayDrop, rateName, snapRate } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import type { Dict } from './ask.ts';

export function exactRate(fps: unknown, drop: unknown): Rate | null {
  // 23.98 and its like are Resolve's way to write 24000/1001.
  const value = typeof fps === 'number' ? fps : Number.parseFloat(String(fps));
  const rate = snapRate(value) ?? snapRate((Math.round(value) * 1000) / 1001);
  if (!rate || Math.abs(rate.num / rate.den - value) > 0.01) return null;
  return { ...rate, drop: mayDrop(rate) && String(drop) === '1' };
}

/** The rate at which a clip's frames count; of a sound file the one the project had when it was imported. */
export function clipRate(properties: Dict): Rate | null {
  return exactRate(properties['FPS'], properties['Drop frame']);
}

/** Frames at the clip's rate; null where Resolve does not say. `Frames` is empty for sound. */
export function clipFrames(properties: Dict): number | null {
  const frames = Number.parseInt(String(properties['Frames'] ?? ''), 10);
  if (frames > 0) return frames;
  const rate = clipRate(properties);
  const read = rate && timecodeToFrame(String(properties['Duration'] ?? ''), rate);
  return read?.ok ? read.frame : null;
}

export function clipStart(properties: Dict): number | null {
  const rate = clipRate(properties);
  const read = rate && timecodeToFrame(String(properties['Start TC'] ?? ''), rate);
  return read?.ok ? read.frame : null;
}

/** As `timelineFrameRate` is set: `23.976`, `29.97 DF`. */
export function rateSetting(rate: Rate): string {
  return rateName(rate).replace(/df$/, ' DF');
}
