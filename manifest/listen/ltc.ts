/**
 * Linear timecode on a sound track, SMPTE ST 12-1: biphase-mark bits, 80 to a frame, each word with its label and a sync pattern.
 * Sound goes in piece by piece, words come out with the sample at which their frame begins. ltc-reading.ts says what they add up to.
 */

export interface LtcWord {
  hours: number;
  minutes: number;
  seconds: number;
  frames: number;
  drop: boolean;
  /** Where the frame begins: samples from the first one pushed, with a fraction. */
  at: number;
  /** Samples the word took. */
  length: number;
  /** Played in reverse: the frame begins where the word ends. */
  backwards: boolean;
}

/** Bits of a word, and of the sync pattern at its end. */
const WORD = 80;
const SYNC = '0011111111111101';
const SYNC_REVERSED = [...SYNC].reverse().join('');

/** Half a bit at 30 and at 23.976 frames a second is 1/4800 and 1/3836 s; a tape a fifth off speed is still read. */
const SHORTEST_HALF = 1 / 5800;
const LONGEST_HALF = 1 / 3200;
/** Below −66 dBFS there is nothing to read. */
const FLOOR = 5e-4;
/** A transition counts once it has gone this far to the other side, as a part of the level. */
const HYSTERESIS = 0.3;

/** Reads one channel. Level, polarity and a direct current do not matter. */
export class LtcDecoder {
  readonly #sampleRate: number;
  /** Mean of the last few samples: hiss lies above all that timecode holds. */
  readonly #recent: Float64Array;
  #sum = 0;
  #count: number;
  readonly #from: number;
  #centre = 0;
  #level = 0;
  #last = 0;
  #high = false;
  /** The last change of sign, which becomes a transition once it is gone through with. */
  #crossing = 0;
  #transition = -1;
  /** Running length of half a bit, samples. */
  #half: number;
  /** Where the bit began whose first half has been seen; −1 where none is open. */
  #open = -1;
  #bits = '';
  /** Where each of those bits begins. */
  #starts: number[] = [];
  #words: LtcWord[] = [];

  /** `from`: which sample of the file the first one pushed is. */
  constructor(sampleRate: number, from = 0) {
    this.#sampleRate = sampleRate;
    this.#half = sampleRate / 4300;
    this.#recent = new Float64Array(Math.max(1, Math.round(sampleRate / 12_000)));
    this.#count = from;
    this.#from = from;
  }

  /** Words that ended in these samples. */
  push(samples: Float32Array): LtcWord[] {
    this.#words = [];
    const recent = this.#recent;
    const size = recent.length;
    const follow = 250 / this.#sampleRate;
    // Half in 5 ms: slower than a bit, faster than a fade.
    const decay = 0.5 ** (1 / (0.005 * this.#sampleRate));
    for (let index = 0; index < samples.length; index++, this.#count++) {
      const slot = (this.#count - this.#from) % size;
      this.#sum += samples[index]! - recent[slot]!;
      recent[slot] = samples[index]!;
      const mean = this.#sum / size;
      this.#centre += (mean - this.#centre) * follow;
      const value = mean - this.#centre;
      this.#level = Math.max(Math.abs(value), this.#level * decay);
      if (value >= 0 !== this.#last >= 0)
        this.#crossing = this.#count - 1 + this.#last / (this.#last - value) - (size - 1) / 2;
      this.#last = value;
      const beyond = this.#level * HYSTERESIS;
      if (this.#level < FLOOR || (this.#high ? value > -beyond : value < beyond)) continue;
      this.#high = !this.#high;
      this.#takeTransition(this.#crossing);
    }
    // What rounding leaves in a running sum.
    this.#sum = recent.reduce((sum, each) => sum + each, 0);
    return this.#words;
  }

  #takeTransition(at: number): void {
    const [gap, from] = [at - this.#transition, this.#transition];
    this.#transition = at;
    if (gap < this.#half * 0.45 || gap > this.#half * 2.9) return this.#lose();
    const isHalf = gap < this.#half * 1.5;
    const [least, most] = [this.#sampleRate * SHORTEST_HALF, this.#sampleRate * LONGEST_HALF];
    const heard = this.#half + ((isHalf ? gap : gap / 2) - this.#half) * 0.04;
    this.#half = Math.min(most, Math.max(least, heard));
    if (!isHalf) {
      // A whole bit begins on a bit's edge: what was taken for a first half was the second of the bit before.
      if (this.#open >= 0) this.#lose();
      return this.#takeBit('0', from, at);
    }
    if (this.#open < 0) this.#open = from;
    else this.#takeBit('1', this.#open, at);
  }

  #lose(): void {
    this.#bits = '';
    this.#starts = [];
    this.#open = -1;
  }

  #takeBit(bit: string, from: number, to: number): void {
    this.#open = -1;
    this.#bits += bit;
    this.#starts.push(from);
    if (this.#bits.length < WORD) return;
    if (this.#bits.length > WORD) {
      this.#bits = this.#bits.slice(-WORD);
      this.#starts.shift();
    }
    const backwards = this.#bits.startsWith(SYNC_REVERSED);
    if (!backwards && !this.#bits.endsWith(SYNC)) return;
    const label = readLabel(backwards ? [...this.#bits].reverse().join('') : this.#bits);
    if (!label) return;
    const length = to - this.#starts[0]!;
    this.#words.push({ ...label, at: backwards ? to : this.#starts[0]!, length, backwards });
  }
}

/** The label in a word's bits, the least of each figure first; null where a figure is none. */
function readLabel(bits: string): Pick<LtcWord, 'hours' | 'minutes' | 'seconds' | 'frames' | 'drop'> | null {
  const figure = (from: number, width: number) => {
    let value = 0;
    for (let place = width - 1; place >= 0; place--) value = value * 2 + Number(bits[from + place]);
    return value;
  };
  const pair = (units: number, tens: number, width: number) => {
    const [low, high] = [figure(units, 4), figure(tens, width)];
    return low > 9 ? NaN : high * 10 + low;
  };
  const [frames, seconds] = [pair(0, 8, 2), pair(16, 24, 3)];
  const [minutes, hours] = [pair(32, 40, 3), pair(48, 56, 2)];
  if (!(frames < 30 && seconds < 60 && minutes < 60 && hours < 24)) return null;
  return { hours, minutes, seconds, frames, drop: bits[10] === '1' };
}
