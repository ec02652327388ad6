/** TickTime and FrameRate of a stand-in's UXP: made by their own functions only, and taken nowhere else than as such. */

export const TICKS_PER_SECOND = 254016000000;

export class TickTime {
  readonly ticks: string;
  private constructor(ticks: bigint) {
    this.ticks = String(ticks);
  }
  static createWithTicks(ticks: unknown): TickTime {
    if (typeof ticks !== 'string' || !/^-?\d+$/.test(ticks)) throw new Error('Illegal Parameter type');
    return new TickTime(BigInt(ticks));
  }
  static createWithSeconds(seconds: unknown): TickTime {
    if (typeof seconds !== 'number') throw new Error('Illegal Parameter type');
    return new TickTime(BigInt(Math.round(seconds * TICKS_PER_SECOND)));
  }
  get ticksNumber(): number {
    return Number(this.ticks);
  }
  get seconds(): number {
    return Number(this.ticks) / TICKS_PER_SECOND;
  }
  equals(other: TickTime): boolean {
    return this.ticks === other.ticks;
  }
}

/** Throws for anything that is no TickTime: numbers and texts are not taken for times. */
export function ticksOf(time: unknown): string {
  if (!(time instanceof TickTime)) throw new Error('Illegal Parameter type');
  return time.ticks;
}
