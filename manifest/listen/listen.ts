/** Camera sound against a recording: where it lies, with evidence, or why nobody should say. */
import { fine, type Pair } from './fine.ts';
import { judge, LEAST_Z, type Judged } from './judge.ts';
import { place } from './place.ts';
import { quietness } from './quiet.ts';
import { Shape } from './shape.ts';
import { Cancelled, FEATURES_VERSION, type Heard, type ListenOptions, type Side } from './types.ts';
import { COMMON_RATE } from './window.ts';

/** A second place is worth a closer look from this part of the best on, where the best could be accepted at all. */
const WORTH_PART = 0.35;
const WORTH_Z = 5;

/** Asks `read` of either side for some seconds of sound; keeps nothing. A suggestion: the reason and evidence say how good. */
export async function listen(picture: Side, sound: Side, options: ListenOptions): Promise<Heard> {
  for (const { features } of [picture, sound])
    if (features.version !== FEATURES_VERSION)
      throw new Error(`features of version ${features.version}; this kernel takes ${FEATURES_VERSION}`);
  const shapes = { picture: new Shape(picture.features), sound: new Shape(sound.features) };
  const lasts = (side: Side) => side.features.samples / side.features.sampleRate;
  const quiet = quietness(
    { picture: shapes.picture.seconds, sound: shapes.sound.seconds },
    { picture: lasts(picture), sound: lasts(sound) },
  );
  if (quiet.surely) return quiet.surely;
  const step = () => {
    if (options.cancelled?.()) throw new Cancelled();
  };
  step();
  const pair: Pair = { picture, sound, shapes, fft: options.fft };
  const candidates = place(shapes.picture, shapes.sound, options.fft);
  const top = candidates[0]?.z ?? 0;
  const worth = candidates.filter(({ z }) => top >= LEAST_Z && z >= Math.max(WORTH_Z, WORTH_PART * top));
  const places: Judged[] = [];
  for (const candidate of candidates)
    places.push({
      candidate,
      fitted: worth.includes(candidate) ? await fine(pair, candidate, step) : null,
    });
  const heard = judge(places, {
    picture: lasts(picture) * COMMON_RATE,
    sound: lasts(sound) * COMMON_RATE,
    soundRate: sound.features.sampleRate,
    frameRate: options.frameRate,
  });
  // Nothing was found, and there was little to find it by: then that is the answer.
  return heard.heard === 'none' && quiet.otherwise ? quiet.otherwise : heard;
}
