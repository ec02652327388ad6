/** A minute of talk as a recorder and a camera hear it, for the tests of listening: the bench's simulator, kept short. */
import { loadFft } from '../../bridge/local/listen/fft.ts';
import { listen } from '../../manifest/listen/listen.ts';
import type { Heard, Side } from '../../manifest/listen/types.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { sideOf } from '../../bench/listen/judge-set.ts';
import { Chance } from '../../bench/listen/chance.ts';
import { record, type Machine } from '../../bench/listen/record.ts';
import { dialogue } from '../../bench/listen/voice.ts';

export const fft = await loadFft();
export const SECONDS = 90;
export const talk = dialogue(new Chance(501), SECONDS);

export function machine(more: Partial<Machine> = {}): Machine {
  return {
    seed: 77,
    rate: 48000,
    rt60: 0.3,
    direct: 9,
    snr: 25,
    level: -15,
    agc: false,
    ppm: 0,
    aac: false,
    inverted: false,
    ...more,
  };
}

/** `source` as a machine hears it, `seconds` from second `from` on. */
export function side(source: Float32Array, from: number, seconds: number, more: Partial<Machine> = {}): Side {
  const it = machine(more);
  return sideOf(fft, { samples: record(fft, source, from, seconds, it), rate: it.rate });
}

export function compare(picture: Side, sound: Side): Promise<Heard> {
  return listen(picture, sound, { fft, frameRate: RATES['24'] });
}

export function matched(heard: Heard): Extract<Heard, { heard: 'match' }> {
  if (heard.heard !== 'match') throw new Error(`${heard.heard}: ${heard.reason}`);
  return heard;
}
