/** One picture and its sounds on a common ruler: where each begins and ends, in timecode at the picture's rate. */
import type { Clip } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import type { Listened } from '../../manifest/documents/sync.ts';
import { offset, pictureSpan, soundSpan } from '../../manifest/sync/span.ts';
import { fromFlicks, toFlicks } from '../../manifest/time/flicks.ts';
import { frameToTimecode, wrapDay } from '../../manifest/time/timecode.ts';

export interface RulerBar {
  key: string;
  kind: 'picture' | 'sound' | 'heard';
  name: string;
  /** Flicks from the picture's first frame. */
  from: number;
  to: number;
  /** Timecode at the picture's rate; '' where the picture carries none. */
  starts: string;
  ends: string;
}

export interface Ruler {
  bars: RulerBar[];
  from: number;
  to: number;
}

/** Null where nothing can be laid side by side. A heard bar is where listening puts the sound; nothing was moved. */
export function rulerOf(picture: Clip, sounds: readonly Clip[], heard: readonly Listened[]): Ruler | null {
  const rate = picture.tech.rate;
  if (!rate || !picture.tech.durationFrames) return null;
  const span = pictureSpan(picture);
  const length = toFlicks(picture.tech.durationFrames, rate.num, rate.den);
  const tc = (flicks: number) =>
    span
      ? frameToTimecode(wrapDay(fromFlicks(span.start + Math.round(flicks), rate.num, rate.den), rate), rate)
      : '';
  const bar = (key: string, kind: RulerBar['kind'], name: string, from: number, long: number): RulerBar => ({
    key,
    kind,
    name,
    from,
    to: from + long,
    starts: tc(from),
    ends: tc(from + long),
  });
  const placed = sounds.flatMap((sound) => {
    const own = soundSpan(sound);
    if (!span || !own) return [];
    return [bar(sound.id, 'sound', fileName(sound.path), offset(span, own), own.length)];
  });
  const byEar = heard.flatMap((each) => {
    const sound = sounds.find(({ id }) => id === each.soundId);
    const { sampleRate, durationSamples } = sound?.tech ?? {};
    if (each.heard !== 'match' || each.offsetSamples === undefined || !sampleRate || !durationSamples)
      return [];
    const from = toFlicks(each.offsetSamples, sampleRate);
    return [
      bar(
        `heard ${sound!.id}`,
        'heard',
        `${fileName(sound!.path)}, by ear`,
        from,
        toFlicks(durationSamples, sampleRate),
      ),
    ];
  });
  if (placed.length + byEar.length === 0) return null;
  const bars = [bar(picture.id, 'picture', fileName(picture.path), 0, length), ...placed, ...byEar];
  return {
    bars,
    from: Math.min(...bars.map((each) => each.from)),
    to: Math.max(...bars.map((each) => each.to)),
  };
}
