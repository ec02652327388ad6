/** Everything on a set that is not a voice, at 16 kHz: music, loops, knocks, hum, tones, beeps, room tone. */
import type { Chance } from './chance.ts';
import { SOURCE_RATE } from './voice.ts';

const samples = (seconds: number) => new Float32Array(Math.round(seconds * SOURCE_RATE));

/** One plucked or bowed note with a few partials, added from sample `at`. */
function note(
  into: Float32Array,
  at: number,
  seconds: number,
  hz: number,
  loud: number,
  chance: Chance,
): void {
  const length = Math.min(into.length - at, Math.round(seconds * SOURCE_RATE));
  const decay = chance.between(1, 6);
  const partials = [1, 2, 3, 4, 5].map((nth) => ({
    step: (2 * Math.PI * hz * nth) / SOURCE_RATE,
    loud: (loud * chance.between(0.3, 1)) / nth,
    phase: chance.between(0, 6),
  }));
  for (let nth = 0; nth < length; nth++) {
    const seconds_ = nth / SOURCE_RATE;
    const shape = Math.min(1, seconds_ * 80) * Math.exp(-decay * seconds_);
    let sum = 0;
    for (const each of partials) sum += each.loud * Math.sin(each.phase + each.step * nth);
    into[at + nth]! += sum * shape;
  }
}

function drum(into: Float32Array, at: number, loud: number, low: boolean, chance: Chance): void {
  const length = Math.min(into.length - at, SOURCE_RATE / 5);
  for (let nth = 0; nth < length; nth++) {
    const seconds = nth / SOURCE_RATE;
    const beat = low
      ? Math.sin(2 * Math.PI * (50 * seconds + 6 * (1 - Math.exp(-30 * seconds))))
      : chance.bell() * 0.5;
    into[at + nth]! += loud * beat * Math.exp(-(low ? 18 : 35) * seconds);
  }
}

/** A played piece: tempo, chords, melody and drums, by a player who is never quite exact. */
export function music(chance: Chance, seconds: number): Float32Array {
  const into = samples(seconds);
  const beat = 60 / chance.between(76, 150);
  const key = chance.between(110, 220);
  const scale = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
  const pitch = (step: number) => key * 2 ** (scale[((step % 10) + 10) % 10]! / 12);
  let chord = 0;
  for (let nth = 0; nth * beat < seconds; nth++) {
    const at = Math.floor((nth * beat + 0.008 * Math.abs(chance.bell())) * SOURCE_RATE);
    if (nth % 4 === 0) {
      chord = chance.of([0, 3, 4, 5]);
      for (const step of [0, 2, 4]) note(into, at, beat * 4, pitch(chord + step), 0.05, chance);
    }
    if (chance.next() < 0.8) note(into, at, beat, 2 * pitch(chord + chance.whole(8)), 0.1, chance);
    if (chance.next() < 0.4)
      note(
        into,
        at + Math.round((beat / 2) * SOURCE_RATE),
        beat,
        2 * pitch(chord + chance.whole(8)),
        0.08,
        chance,
      );
    drum(into, at, 0.25, nth % 2 === 0, chance);
  }
  return into;
}

/** A machine's loop: two bars, exactly the same again and again. */
export function loop(chance: Chance, seconds: number): Float32Array {
  const bars = music(chance, chance.between(2.5, 5));
  const into = samples(seconds);
  for (let at = 0; at < into.length; at++) into[at] = bars[at % bars.length]!;
  return into;
}

/** Hammering, doors, steps: now even, now not. */
export function knocks(chance: Chance, seconds: number): Float32Array {
  const into = samples(seconds);
  const even = chance.next() < 0.5 ? chance.between(0.4, 0.9) : 0;
  let at = 0.3;
  while (at < seconds) {
    const start = Math.floor(at * SOURCE_RATE);
    const [ring, hz, loud] = [chance.between(20, 90), chance.between(200, 3500), chance.between(0.2, 0.9)];
    const length = Math.min(into.length - start, SOURCE_RATE / 4);
    for (let nth = 0; nth < length; nth++) {
      const shape = Math.exp((-ring * nth) / SOURCE_RATE) * loud;
      into[start + nth]! += shape * (0.5 * chance.bell() + Math.sin((2 * Math.PI * hz * nth) / SOURCE_RATE));
    }
    at += even > 0 ? even + 0.01 * chance.bell() : chance.between(0.1, 2.5);
  }
  return into;
}

/** Mains and its overtones. */
export function hum(chance: Chance, seconds: number): Float32Array {
  const into = samples(seconds);
  const mains = chance.of([50, 60]);
  for (let at = 0; at < into.length; at++)
    for (const nth of [1, 2, 3, 5, 7])
      into[at]! += (0.1 / nth) * Math.sin((2 * Math.PI * mains * nth * at) / SOURCE_RATE);
  return into;
}

/** The same 1 kHz beep at the head of everything, as a slate or a 2-pop gives, every `apart` seconds. */
export function beeps(seconds: number, apart: number): Float32Array {
  const into = samples(seconds);
  for (let second = 0.5; second < seconds; second += apart) {
    const start = Math.floor(second * SOURCE_RATE);
    for (let nth = 0; nth < SOURCE_RATE / 25 && start + nth < into.length; nth++)
      into[start + nth] = 0.5 * Math.sin((2 * Math.PI * 1000 * nth) / SOURCE_RATE);
  }
  return into;
}

export function tone(seconds: number): Float32Array {
  return samples(seconds).map((_, at) => 0.3 * Math.sin((2 * Math.PI * 1000 * at) / SOURCE_RATE));
}

/** −3 dB an octave, deviation about 1 (Kellet's filter). */
export function pink(chance: Chance, count: number): Float32Array {
  const into = new Float32Array(count);
  let [a, b, c] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const white = chance.bell();
    a = 0.99765 * a + white * 0.099046;
    b = 0.963 * b + white * 0.2965164;
    c = 0.57 * c + white * 1.0526913;
    into[at] = (a + b + c + white * 0.1848) * 0.42;
  }
  return into;
}

/** b added to a, `loud` times, from second `from` on. */
export function mixed(a: Float32Array, b: Float32Array, loud = 1, from = 0): Float32Array {
  const into = a.slice();
  const start = Math.round(from * SOURCE_RATE);
  for (let at = 0; at < b.length && start + at < into.length; at++) into[start + at]! += loud * b[at]!;
  return into;
}
