/** Says how far listening is, not more often than a person can read. */

export interface ListenProgress {
  /** Pictures. */
  done: number;
  total: number;
  /** Path of the picture being listened to, as in the manifest. */
  current: string;
  /** Pictures a second so far. */
  perSecond: number;
  /** Null until it can be told. */
  secondsLeft: number | null;
}

const EVERY = 200;

export class Teller {
  readonly #total: number;
  readonly #onProgress: ((progress: ListenProgress) => void) | undefined;
  readonly #began = performance.now();
  #done = 0;
  #told = 0;

  constructor(total: number, onProgress: ((progress: ListenProgress) => void) | undefined) {
    this.#total = total;
    this.#onProgress = onProgress;
  }

  count(): void {
    this.#done++;
  }

  tell(current: string, always = false): void {
    const now = performance.now();
    if (!this.#onProgress || this.#total === 0 || (!always && now - this.#told < EVERY)) return;
    this.#told = now;
    const perSecond = (this.#done / Math.max(1, now - this.#began)) * 1000;
    const secondsLeft = perSecond > 0 ? (this.#total - this.#done) / perSecond : null;
    this.#onProgress({ done: this.#done, total: this.#total, current, perSecond, secondsLeft });
  }
}
