/** What the verdicts would be, had the scan known the timecode that sound tracks hold (LTC). Nothing is changed: a copy is judged. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { LtcEvidence, SyncVerdict } from '../documents/sync.ts';
import { sync } from '../sync.ts';
import { fraction, round } from '../time/fraction.ts';
import { labelSpeed, nominal } from '../time/rate.ts';
import { frameToTimecode } from '../time/timecode.ts';

/** By clip id. Clips without LTC keep the timecode they have. */
export function verdictsByLtc(
  handoff: Handoff,
  ltc: ReadonlyMap<string, LtcEvidence>,
): Map<string, SyncVerdict> {
  if (ltc.size === 0) return new Map();
  const clips = handoff.clips.map((clip) => {
    const heard = ltc.get(clip.id);
    return heard && !heard.backwards ? withLtc(clip, heard) : clip;
  });
  return new Map(sync({ ...handoff, clips }).map((verdict) => [verdict.clipId, verdict]));
}

function withLtc(clip: Clip, { rate, startTc, startSamples }: LtcEvidence): Clip {
  const { sampleRate } = clip.tech;
  if (clip.kind === 'sound') return { ...clip, tech: { ...clip.tech, rate, startSamples } };
  const own = clip.tech.rate;
  if (!own || sampleRate === undefined) return { ...clip, tech: { ...clip.tech, rate, startTc } };
  // A picture of 50 frames hears timecode of 25; their labels run alike, and the nearest frame of its own is meant.
  const alike = labelSpeed({ ...own, drop: rate.drop && nominal(own) % 30 === 0 }) === labelSpeed(rate);
  if (!alike) return { ...clip, tech: { ...clip.tech, rate, startTc } };
  const asLabelled = { ...own, drop: rate.drop };
  const frame = round(fraction(BigInt(startSamples) * BigInt(own.num), BigInt(own.den) * BigInt(sampleRate)));
  return {
    ...clip,
    tech: { ...clip.tech, rate: asLabelled, startTc: frameToTimecode(frame, asLabelled) },
  };
}
