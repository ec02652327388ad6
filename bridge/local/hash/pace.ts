/**
 * How many files of one drive are read at a time: one, then two for a while, then whichever was faster. A solid drive gains by two;
 * a spinning one loses, because its head runs between them.
 */

/** Long enough for a drive to show what it does (ms), … */
const WINDOW = 700;
/** … and enough bytes for it to be no accident. */
const ENOUGH = 64 * 1024 * 1024;
/** Two at a time must be this much faster to be worth it. */
const GAIN = 1.1;

export class Pace {
  private readonly most: number;
  private trial = 1;
  private alone = 0;
  private bytes = 0;
  private since: number | null = null;
  private settled: number | null;

  /** `most`: 1 or more. */
  constructor(most: number) {
    this.most = most;
    this.settled = most === 1 ? 1 : null;
  }

  /** How many may be read now. */
  allowed(): number {
    return this.settled ?? this.trial;
  }

  /** Tells of bytes read, `running` files being open then; `now` in ms of any clock. */
  add(bytes: number, running: number, now: number): void {
    if (this.settled !== null) return;
    // Only time in which as many ran as were allowed says anything.
    if (running !== this.trial || this.since === null) {
      this.since = now;
      this.bytes = 0;
      return;
    }
    this.bytes += bytes;
    const time = now - this.since;
    if (time < WINDOW || this.bytes < ENOUGH) return;
    const rate = this.bytes / time;
    this.since = null;
    if (this.trial === 1) [this.alone, this.trial] = [rate, this.most];
    else this.settled = rate > this.alone * GAIN ? this.most : 1;
  }
}
