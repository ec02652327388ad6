/**
 * Where an event begins in its media, as OTIO writes it: on the media's own timecode. The reader asks the same question of
 * what Baton noted beside it, to tell whether somebody changed the file since.
 */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { framesToSamples, samplesToFrames, timeReferenceToFrame } from '../../time/samples.ts';

/** What sound is counted in: its own samples, or frames of the sequence, which is all that Resolve knows of sound. */
export type SoundCount = 'samples' | 'frames';

export interface SourceStart {
  /** The media's first frame, and the event's, on one clock at `rate`. */
  media: number;
  value: number;
  rate: Rate;
  /** False where the event begins between two frames of `rate`. */
  exact: boolean;
}

/** Media without timecode counts from 0. */
export function sourceStart(
  event: Pick<CutEvent, 'sourceIn'>,
  source: CutSource | null,
  rate: Rate,
  sound: SoundCount,
): SourceStart {
  if (!source || source.still) return { media: 0, value: 0, rate, exact: true };
  const start = source.start ?? 0;
  if (sound === 'samples' || !isSampleRate(source.rate))
    return { media: start, value: start + event.sourceIn, rate: source.rate, exact: true };
  const offset = samplesToFrames(event.sourceIn, source.rate.num, rate);
  const media = source.start === null ? 0 : timeReferenceToFrame(start, source.rate.num, rate);
  // Editors place sound on frames and round to the nearest sample; one sample off is still that frame.
  const exact = Math.abs(event.sourceIn - framesToSamples(offset, rate, source.rate.num)) <= 1;
  return { media, value: media + offset, rate, exact };
}
