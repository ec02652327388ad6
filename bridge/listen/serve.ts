/** The worker's side of listening: hears files and compares pairs, asking over the wire for the windows it needs. */
import { Ear } from '../../manifest/listen/features.ts';
import { listen } from '../../manifest/listen/listen.ts';
import {
  Cancelled,
  type Features,
  type Fft,
  type Heard,
  type SideName,
} from '../../manifest/listen/types.ts';
import type { FromWorker, Job, ToWorker, Wire } from './protocol.ts';

interface Waiting {
  take(samples: Float32Array): void;
  fail(error: Error): void;
}

class Kernel {
  private readonly ears = new Map<string, Ear>();
  private readonly cancelled = new Set<number>();
  private readonly waiting = new Map<number, Waiting>();
  private wanted = 0;

  constructor(
    private readonly fft: Promise<Fft>,
    private readonly tell: (message: FromWorker) => void,
  ) {}

  cancel(id: number): void {
    this.cancelled.add(id);
  }

  given(message: Extract<ToWorker, { give: number }>): void {
    const waiting = this.waiting.get(message.give);
    this.waiting.delete(message.give);
    if ('failed' in message) waiting?.fail(new Error(message.failed));
    else waiting?.take(message.samples);
  }

  async answer(id: number, job: Job): Promise<FromWorker> {
    try {
      if (this.cancelled.has(id)) throw new Cancelled();
      const fft = await this.fft;
      return { id, done: job.do === 'hear' ? this.hear(fft, job) : await this.listen(fft, id, job) };
    } catch (error) {
      if (error instanceof Cancelled) return { id, cancelled: true };
      return { id, failed: error instanceof Error ? error.message : String(error) };
    } finally {
      this.cancelled.delete(id);
    }
  }

  private hear(fft: Fft, { file, sampleRate, samples, last }: Extract<Job, { do: 'hear' }>): Features | null {
    const ear = this.ears.get(file) ?? new Ear(fft, sampleRate);
    this.ears.set(file, ear);
    ear.hear(samples);
    if (!last) return null;
    this.ears.delete(file);
    return ear.close();
  }

  private listen(fft: Fft, id: number, job: Extract<Job, { do: 'listen' }>): Promise<Heard> {
    const read = (side: SideName) => (start: number, count: number) =>
      new Promise<Float32Array>((take, fail) => {
        const want = this.wanted++;
        this.waiting.set(want, { take, fail });
        this.tell({ id, want, side, start, count });
      });
    return listen(
      { features: job.picture, read: read('picture') },
      { features: job.sound, read: read('sound') },
      {
        fft,
        frameRate: job.frameRate,
        cancelled: () => this.cancelled.has(id),
        progress: (progress) => this.tell({ id, progress }),
      },
    );
  }
}

/** Answers every job on the wire, one after the other. */
export function serve(wire: Wire<FromWorker, ToWorker>, fft: Promise<Fft>): void {
  const tell = (message: FromWorker) => wire.postMessage(message, []);
  const kernel = new Kernel(fft, tell);
  let last: Promise<void> = Promise.resolve();
  wire.addEventListener('message', ({ data }) => {
    if ('cancel' in data) kernel.cancel(data.id);
    else if ('give' in data) kernel.given(data);
    else last = last.then(async () => tell(await kernel.answer(data.id, data.job)));
  });
}
