/** Camera sound against a recording: where it lies, with evidence, or why nobody should say. */
import { fine, type Pair } from './fine.ts';
import { judge, tooQuiet, type Judged } from './judge.ts';
import { place } from './place.ts';
import { Shape } from './shape.ts';
import { Cancelled, FEATURES_VERSION, type Heard, type ListenOptions, type Side } from './types.ts';
import { COMMON_RATE } from './window.ts';

/** A coarse place worth a closer look: at least this high, and this part of the best. */
const WORTH_Z = 3.5;
const WORTH_PART = 0.35;

/** Asks `read` of either side for some seconds of sound; keeps nothing. A suggestion: the reason and evidence say how good. */
export async function listen(picture: Side, sound: Side, options: ListenOptions): Promise<Heard> {
  for (const { features } of [picture, sound])
    if (features.version !== FEATURES_VERSION)
      throw new Error(`features of version ${features.version}; this kernel takes ${FEATURES_VERSION}`);
  const shapes = { picture: new Shape(picture.features), sound: new Shape(sound.features) };
  const lasts = (side: Side) => side.features.samples / side.features.sampleRate;
  const quiet = tooQuiet(
    { picture: shapes.picture.seconds, sound: shapes.sound.seconds },
    { picture: lasts(picture), sound: lasts(sound) },
  );
  if (quiet) return quiet;
  const step = () => {
    if (options.cancelled?.()) throw new Cancelled();
  };
  step();
  const pair: Pair = { picture, sound, shapes, fft: options.fft };
  const candidates = place(shapes.picture, shapes.sound, options.fft);
  options.progress?.(0.3);
  const worth = candidates.filter(({ z }) => z >= Math.max(WORTH_Z, WORTH_PART * candidates[0]!.z));
  const places: Judged[] = [];
  for (const candidate of candidates)
    if (worth.includes(candidate)) {
      places.push({ candidate, fitted: await fine(pair, candidate, step) });
      options.progress?.(0.3 + (0.7 * places.length) / worth.length);
    } else places.push({ candidate, fitted: null });
  return judge(places, {
    picture: lasts(picture) * COMMON_RATE,
    sound: lasts(sound) * COMMON_RATE,
    soundRate: sound.features.sampleRate,
    frameRate: options.frameRate,
  });
}
