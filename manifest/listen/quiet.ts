/** Whether there is anything to compare at all: silence, steady noise, a file of a moment. */
import { LEAST_OVERLAP } from './place.ts';
import type { Heard, SideName } from './types.ts';

/** Seconds that stand out: with less on a side, finding nothing says nothing; with hardly any, the side is silent. */
const LITTLE = 1;
const HARDLY_ANY = 0.1;

type Sides = Record<SideName, number>;

/** `surely`: no use to go on. `otherwise`: the better answer should nothing be found. */
export function quietness(seconds: Sides, lasts: Sides): { surely: Heard | null; otherwise: Heard | null } {
  const short = below(lasts, LEAST_OVERLAP);
  if (short) return { surely: tooLittle(short, lasts, LEAST_OVERLAP, 'lasts'), otherwise: null };
  const nothing = below(seconds, Number.MIN_VALUE);
  if (nothing) return { surely: silence(nothing), otherwise: null };
  const silent = below(seconds, HARDLY_ANY);
  const little = below(seconds, LITTLE);
  return {
    surely: null,
    otherwise: silent ? silence(silent) : little && tooLittle(little, seconds, LITTLE, 'stands out'),
  };
}

function below(values: Sides, least: number): SideName | 'both' | null {
  const [picture, sound] = [values.picture < least, values.sound < least];
  return picture && sound ? 'both' : picture ? 'picture' : sound ? 'sound' : null;
}

const named = (side: SideName | 'both') => (side === 'both' ? 'both sides' : `the ${side}`);

function silence(side: SideName | 'both'): Heard {
  return {
    heard: 'silence',
    side,
    reason: `On ${named(side)} nothing rises above silence or steady noise.`,
  };
}

function tooLittle(
  side: SideName | 'both',
  values: Sides,
  needed: number,
  what: 'lasts' | 'stands out',
): Heard {
  const seconds = Math.min(values.picture, values.sound);
  const reason =
    what === 'lasts'
      ? `Of ${named(side)} there are only ${seconds.toFixed(1)} s; needed are ${needed} s.`
      : `On ${named(side)} too little stands out, and by that little no place was found: ${seconds.toFixed(1)} s; ${needed} s would be enough.`;
  return { heard: 'too-little', side, seconds, needed, reason };
}
