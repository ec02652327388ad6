/**
 * Voices for the simulator, at 16 kHz: pulses through moving formants, hissed and stopped consonants, words, breaths and pauses.
 * A text is a list of sounds; spoken anew it has other lengths, another melody and other noise.
 */
import type { Chance } from './chance.ts';

export const SOURCE_RATE = 16000;

/** Hz of three formants of a man's vowels. */
const VOWELS = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
  [490, 1350, 1690],
  [660, 1720, 2410],
] as const;

interface Phone {
  kind: 'vowel' | 'hiss' | 'stop' | 'hum' | 'pause';
  vowel: number;
  /** Hz of a hiss. */
  bright: number;
  seconds: number;
  stress: number;
}

export interface Speaker {
  pitch: number;
  /** Formants over those of the table. */
  size: number;
  pace: number;
}

export function speaker(chance: Chance): Speaker {
  const woman = chance.next() < 0.5;
  return {
    pitch: woman ? chance.between(170, 240) : chance.between(90, 140),
    size: woman ? chance.between(1.1, 1.25) : chance.between(0.92, 1.08),
    pace: chance.between(0.85, 1.2),
  };
}

/** What is said in about `seconds`. */
export function text(chance: Chance, seconds: number): Phone[] {
  const phones: Phone[] = [];
  const add = (kind: Phone['kind'], low: number, high: number): number => {
    const phone: Phone = {
      kind,
      vowel: chance.whole(VOWELS.length),
      bright: chance.between(2200, 6500),
      seconds: chance.between(low, high),
      stress: chance.between(0.35, 1),
    };
    phones.push(phone);
    return phone.seconds;
  };
  for (let length = 0; length < seconds;) {
    const words = 1 + chance.whole(9);
    for (let word = 0; word < words; word++)
      for (let syllable = 1 + chance.whole(3); syllable > 0; syllable--) {
        const start = chance.next();
        if (start < 0.35) length += add('hiss', 0.05, 0.14);
        else if (start < 0.7) length += add('stop', 0.05, 0.1);
        else if (start < 0.9) length += add('hum', 0.04, 0.09);
        length += add('vowel', 0.06, 0.2);
      }
    length += add('pause', 0.15, chance.next() < 0.25 ? 3 : 0.8);
  }
  return phones;
}

/** Two poles: a formant, or the colour of a hiss. */
class Resonance {
  private a = 0;
  private b = 0;
  private gain = 1;
  private last = 0;
  private before = 0;

  tune(hz: number, width: number): void {
    const radius = Math.exp((-Math.PI * width) / SOURCE_RATE);
    this.a = 2 * radius * Math.cos((2 * Math.PI * hz) / SOURCE_RATE);
    this.b = -radius * radius;
    this.gain = 1 - radius;
  }

  pass(value: number): number {
    const out = this.gain * value + this.a * this.last + this.b * this.before;
    this.before = this.last;
    this.last = out;
    return out;
  }
}

/** Speaks it into `into` from sample `at` on, as this performance and no other; gives where it ended. */
export function speak(phones: Phone[], who: Speaker, chance: Chance, into: Float32Array, at: number): number {
  const mouth = [new Resonance(), new Resonance(), new Resonance()];
  const hiss = new Resonance();
  const formants: number[] = VOWELS[0].map((hz) => hz * who.size);
  let [place, phase, level] = [at, 0, 0];
  let melody = 1;
  for (const phone of phones) {
    const length = Math.round((phone.seconds / who.pace) * chance.between(0.75, 1.3) * SOURCE_RATE);
    const [from, to] = [melody, chance.between(0.8, 1.25)];
    hiss.tune(phone.bright, 900);
    for (let nth = 0; nth < length && place < into.length; nth++, place++) {
      const part = nth / length;
      if (nth % 64 === 0)
        for (let each = 0; each < 3; each++) {
          const goal = VOWELS[phone.vowel]![each]! * who.size;
          formants[each]! += (goal - formants[each]!) * 0.12;
          mouth[each]!.tune(formants[each]!, 60 + 40 * each);
        }
      const voiced = phone.kind === 'vowel' || phone.kind === 'hum';
      const loud = voiced ? phone.stress * (phone.kind === 'hum' ? 0.4 : 1) : 0;
      level += (loud - level) * 0.004;
      phase += (who.pitch * (from + (to - from) * part) * (1 + 0.01 * chance.bell())) / SOURCE_RATE;
      let pulse = 0;
      if (phase >= 1) {
        phase -= 1;
        pulse = 14;
      }
      const breath = (pulse + 0.15 * chance.bell()) * level;
      const spoken = mouth[0]!.pass(breath) + 0.7 * mouth[1]!.pass(breath) + 0.4 * mouth[2]!.pass(breath);
      const burst =
        phone.kind === 'stop' ? (part > 0.7 ? 1.5 * (1 - part) : 0) : 0.35 * Math.sin(Math.PI * part);
      const noise =
        phone.kind === 'hiss' || phone.kind === 'stop' ? hiss.pass(chance.bell() * burst) * phone.stress : 0;
      into[place]! += 0.25 * (spoken + noise);
    }
    melody = phone.kind === 'pause' ? chance.between(0.95, 1.3) : to;
  }
  return place;
}

/** `seconds` of talk between two people. */
export function dialogue(
  chance: Chance,
  seconds: number,
  voices = [speaker(chance), speaker(chance)],
): Float32Array {
  const into = new Float32Array(Math.round(seconds * SOURCE_RATE));
  for (let at = 0, turn = 0; at < into.length; turn++) {
    at = speak(text(chance, chance.between(2, 12)), voices[turn % voices.length]!, chance, into, at);
    at += Math.round(chance.between(0.1, chance.next() < 0.1 ? 6 : 0.9) * SOURCE_RATE);
  }
  return into;
}
