/**
 * Hears a file once, in blocks, and keeps what the coarse search needs: how loud each of eight bands is, a hundred times a
 * second. Computed at the file's own sample rate over the same 16 ms, so that files of different rates compare.
 */
import {
  BANDS,
  FEATURES_VERSION,
  FRAMES_PER_SECOND,
  type Features,
  type Fft,
  type Transform,
} from './types.ts';

/** Hz. Speech lies here, and every camera and every codec keeps it. */
const EDGES = [150, 300, 500, 800, 1200, 1800, 2700, 4000, 6000];
const WINDOW_SECONDS = 768 / 48000;
/** In the natural logarithm of a power. */
const HALF_DECIBELS = 20 / Math.LN10;
const LOWEST_RATE = 1000;
const HIGHEST_RATE = 2_000_000;
/** Room to begin with: a minute. */
const ROOM = 60 * FRAMES_PER_SECOND * BANDS;

/** The transform size nearest to `samples`: a multiple of 32 with no prime factor above 5. */
export function transformSize(samples: number, atLeast = false): number {
  let best = 0;
  for (let five = 1; five <= samples * 2; five *= 5)
    for (let three = five; three <= samples * 2; three *= 3)
      for (let size = three * 32; size <= samples * 2 + 32; size *= 2)
        if ((!atLeast || size >= samples) && Math.abs(size - samples) < Math.abs(best - samples)) best = size;
  return Math.max(best, 32);
}

export class Ear {
  private readonly transform: Transform;
  private readonly size: number;
  /** First bin of each band, and one past the last. */
  private readonly bins: number[];
  /** The last `size` samples before the block being heard; silence before the file begins. */
  private readonly tail: Float32Array;
  private levels = new Uint8Array(ROOM);
  private frames = 0;
  private samples = 0;

  /** `sampleRate` in Hz, 8000 and up; need not be whole (48,000 pulled down is not). Throws for one no sound has. */
  constructor(
    fft: Fft,
    private readonly sampleRate: number,
  ) {
    if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE))
      throw new RangeError(`no sound has ${sampleRate} samples a second`);
    this.size = transformSize(sampleRate * WINDOW_SECONDS);
    this.transform = fft.open(this.size, 2);
    this.tail = new Float32Array(this.size);
    const highest = this.size / 2 - 1;
    this.bins = EDGES.map((hz) => Math.min(highest, Math.round((hz * this.size) / sampleRate)));
  }

  /** Takes the next samples, any number of them, floats in ±1. Keeps none of the block. */
  hear(block: Float32Array): void {
    const end = this.samples + block.length;
    const { size } = this;
    for (;;) {
      const from = this.nextWindow();
      if (from + size > end) break;
      const into = this.transform.buffer(0);
      const before = this.samples - from;
      if (before <= 0) into.set(block.subarray(-before, size - before));
      else {
        into.set(this.tail.subarray(size - before));
        into.set(block.subarray(0, size - before), before);
      }
      this.measure();
    }
    if (block.length >= size) this.tail.set(block.subarray(block.length - size));
    else {
      this.tail.copyWithin(0, block.length);
      this.tail.set(block, size - block.length);
    }
    this.samples = end;
  }

  /** Ends the file. The ear cannot be used after. */
  close(): Features {
    const { samples, sampleRate } = this;
    // Half a window of silence lets the last frames, whose centres lie in the file, be whole.
    this.hear(new Float32Array(this.size));
    const frames = Math.min(this.frames, Math.ceil((samples * FRAMES_PER_SECOND) / sampleRate));
    this.transform.close();
    return {
      version: FEATURES_VERSION,
      sampleRate,
      samples,
      levels: this.levels.slice(0, frames * BANDS),
    };
  }

  /** Where the window of the next frame begins: its middle is at the frame's exact time. */
  private nextWindow(): number {
    return Math.round((this.frames * this.sampleRate) / FRAMES_PER_SECOND) - this.size / 2;
  }

  private measure(): void {
    this.transform.forward(0, 1, 'ordered');
    const spectrum = this.transform.buffer(1);
    const at = this.frames * BANDS;
    if (at + BANDS > this.levels.length) {
      const longer = new Uint8Array(this.levels.length * 2);
      longer.set(this.levels);
      this.levels = longer;
    }
    // A full-scale sine is 0 dB: its bin holds size/2, halved by the Hann window; four times the power is counted.
    const fullScale = (this.size / 2) ** 2;
    for (let band = 0; band < BANDS; band++) {
      const power = hannPower(spectrum, this.bins[band]!, this.bins[band + 1]!);
      this.levels[at + band] = Math.max(
        0,
        Math.min(255, Math.round(255 + HALF_DECIBELS * Math.log(power / fullScale))),
      );
    }
    this.frames++;
  }
}

/** Four times the power in bins `from`…`to` − 1 after a Hann window, which here is −¼, ½, −¼ over neighbours: cheaper than in time. */
function hannPower(spectrum: Float32Array, from: number, to: number): number {
  let power = 0;
  let [re, im] = [spectrum[2 * from - 2]!, spectrum[2 * from - 1]!];
  let [nextRe, nextIm] = [spectrum[2 * from]!, spectrum[2 * from + 1]!];
  for (let at = 2 * from + 2; at < 2 * to + 2; at += 2) {
    const [lastRe, lastIm] = [re, im];
    re = nextRe;
    im = nextIm;
    nextRe = spectrum[at]!;
    nextIm = spectrum[at + 1]!;
    const ofRe = re - 0.5 * (lastRe + nextRe);
    const ofIm = im - 0.5 * (lastIm + nextIm);
    power += ofRe * ofRe + ofIm * ofIm;
  }
  return power;
}
