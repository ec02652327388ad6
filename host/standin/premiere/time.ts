/** Premiere's Time and its timecode text, made apart from Baton's own time so that neither hides a mistake of the other. */

export const TICKS_PER_SECOND = 254016000000n;

/** A copy of a moment: changing it changes nothing else. `seconds` is a float and loses what ticks keep. */
export class Time {
  #ticks = 0n;
  constructor(ticks: unknown = '0') {
    // `new Time()` from a script hands nothing in.
    if (typeof ticks === 'string') this.#ticks = BigInt(ticks);
  }
  get ticks(): string {
    return String(this.#ticks);
  }
  set ticks(value: string) {
    this.#ticks = BigInt(value);
  }
  get seconds(): number {
    return Number(this.#ticks) / Number(TICKS_PER_SECOND);
  }
  set seconds(value: number) {
    this.#ticks = secondsToTicks(value);
  }
}

/** As Premiere takes a float: multiplied as a double, then cut to whole ticks. */
export function secondsToTicks(seconds: number): bigint {
  return BigInt(Math.round(seconds * Number(TICKS_PER_SECOND)));
}

const pad = (value: bigint) => String(value).padStart(2, '0');

/** HH:MM:SS:FF, or HH:MM:SS;FF where frames drop. */
export function timecodeText(ticks: string, ticksPerFrame: string, drop: boolean): string {
  const perFrame = BigInt(ticksPerFrame);
  let frame = BigInt(ticks) / perFrame;
  const nominal = (TICKS_PER_SECOND + perFrame / 2n) / perFrame;
  if (drop) {
    const skip = nominal / 15n;
    const minute = nominal * 60n - skip;
    const ten = minute * 10n + skip;
    const rest = frame % ten;
    frame += skip * 9n * (frame / ten) + (rest > skip ? skip * ((rest - skip) / minute) : 0n);
  }
  const seconds = frame / nominal;
  const mark = drop ? ';' : ':';
  return `${pad((seconds / 3600n) % 24n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}${mark}${pad(frame % nominal)}`;
}

/** HH:MM:SS:sssss, the last field in samples at 48 kHz: how Premiere writes times of sound. */
export function sampleText(ticks: string): string {
  const samples = (BigInt(ticks) * 48000n) / TICKS_PER_SECOND;
  const seconds = samples / 48000n;
  const rest = String(samples % 48000n).padStart(5, '0');
  return `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}:${rest}`;
}
