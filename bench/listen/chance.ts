/** Chance that is the same in every run: a seeded generator and what is drawn from it. */

export class Chance {
  private a: number;
  private b: number;
  private c = 0x9e3779b9;
  private count = 1;

  /** Streams of two seeds never meet: a generator that only counts through one circle would give two files the same noise. */
  constructor(seed: number) {
    this.a = seed | 0;
    this.b = Math.imul(seed, 0x85ebca6b) ^ 0x5bd1e995;
    for (let warm = 0; warm < 16; warm++) this.next();
  }

  /** 0 up to 1 (sfc32). */
  next(): number {
    const sum = (this.a + this.b + this.count) | 0;
    this.count = (this.count + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.whole(choices.length)]!;
  }

  /** About normal, mean 0, deviation 1: good enough for noise, and fast. */
  bell(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.7320508;
  }
}
