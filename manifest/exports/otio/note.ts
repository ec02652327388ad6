/**
 * What Baton writes under `metadata.baton`: all that the cut list knows and OTIO has no field for. Rates are exact here,
 * where OTIO's own are doubles. The schema is the door when such a file comes back.
 */
import { z } from 'zod';
import type { CutEvent, CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { mayDrop } from '../../time/rate.ts';
import { string } from './json.ts';

const whole = z.int();
const count = z.int().nonnegative();
const text = z.string();

const RateNote = z
  .object({ num: z.int().positive(), den: z.int().positive(), drop: z.boolean() })
  .refine((rate) => !rate.drop || mayDrop(rate));

const Size = z.object({ width: z.int().positive(), height: z.int().positive() });

export const SourceNote = z.object({
  clip: text.optional(),
  name: text,
  reel: text.optional(),
  scene: text.optional(),
  take: text.optional(),
  camera: text.optional(),
  rate: RateNote,
  start: whole.nullable(),
  duration: count.nullable(),
  hasPicture: z.boolean(),
  channels: count,
  sampleRate: z.int().positive().optional(),
  size: Size.optional(),
  still: z.boolean().optional(),
  tags: z.array(text).optional(),
});

export const EventNote = z.object({
  kind: z.enum(['clip', 'title', 'nested', 'adjustment', 'multicam', 'unknown']),
  /** Record length when it was written, to see whether somebody trimmed it since. */
  length: z.int().positive(),
  in: whole,
  out: whole,
  speed: z.object({ num: whole, den: z.int().positive() }).nullable(),
  link: whole.optional(),
  channels: z.array(z.int().positive()).optional(),
  source: SourceNote.nullable(),
});

export const TrackNote = z.object({
  index: z.int().positive().max(9999),
  name: text,
  /** Stands in for a track the sequence has no events on, so that those above keep their number. */
  filler: z.boolean().optional(),
});

export const TransitionNote = z.object({
  kind: z.enum(['dissolve', 'wipe', 'fade', 'other']),
  wipe: z.int().min(0).max(999).optional(),
});

export const MarkerNote = z.object({ colour: text });

export const ListNote = z.object({ rate: RateNote, start: whole, size: Size.nullable() });

export type EventNote = z.infer<typeof EventNote>;
export type SourceNote = z.infer<typeof SourceNote>;
export type ListNote = z.infer<typeof ListNote>;

export function rateNote({ num, den, drop }: Rate): string {
  return `{"num": ${num}, "den": ${den}, "drop": ${drop}}`;
}

/** The note of an event as JSON, up to where its source's follows, which many events share. */
export function eventNote(event: CutEvent): string {
  const { kind, speed, link, channels } = event;
  const rate = speed ? `{"num": ${speed.num}, "den": ${speed.den}}` : 'null';
  const more = `${link === undefined ? '' : `, "link": ${link}`}${channels ? `, "channels": [${channels.join(', ')}]` : ''}`;
  return `{"kind": "${kind}", "length": ${event.recordOut - event.recordIn}, "in": ${event.sourceIn}, "out": ${event.sourceOut}, "speed": ${rate}${more}, "source": `;
}

/** All of a source but its path, which stands in the reference, where other programs may change it. */
export function sourceNote(source: CutSource): string {
  const parts: string[] = [];
  const keep = (key: 'clip' | 'reel' | 'scene' | 'take' | 'camera') => {
    const value = source[key];
    if (value !== undefined) parts.push(`"${key}": ${string(value)}`);
  };
  keep('clip');
  parts.push(`"name": ${string(source.name)}`);
  keep('reel');
  keep('scene');
  keep('take');
  keep('camera');
  parts.push(`"rate": ${rateNote(source.rate)}, "start": ${source.start}, "duration": ${source.duration}`);
  parts.push(`"hasPicture": ${source.hasPicture}, "channels": ${source.channels}`);
  if (source.sampleRate !== undefined) parts.push(`"sampleRate": ${source.sampleRate}`);
  if (source.size) parts.push(`"size": ${sizeNote(source.size)}`);
  if (source.still !== undefined) parts.push(`"still": ${source.still}`);
  if (source.tags) parts.push(`"tags": [${source.tags.map(string).join(', ')}]`);
  return `{${parts.join(', ')}}`;
}

export function sizeNote(size: { width: number; height: number } | null): string {
  return size ? `{"width": ${size.width}, "height": ${size.height}}` : 'null';
}
