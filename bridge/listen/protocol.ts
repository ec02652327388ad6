/** What a face and a listening worker say to each other. One worker does one job after another; windows of sound are asked for. */
import type { Features, Heard, SideName } from '../../manifest/listen/types.ts';
import type { Rate } from '../../manifest/time/rate.ts';

export type Job =
  /** The next samples of a file, floats in ±1; the last call (`last`) is answered with its features, the others with null. */
  | { do: 'hear'; file: string; sampleRate: number; samples: Float32Array; last: boolean }
  | { do: 'listen'; picture: Features; sound: Features; frameRate: Rate };

export type ToWorker =
  | { id: number; job: Job }
  | { id: number; cancel: true }
  /** Answers a `want`: the samples, or why there are none. */
  | { id: number; give: number; samples: Float32Array }
  | { id: number; give: number; failed: string };

export type FromWorker =
  | { id: number; done: Features | Heard | null }
  | { id: number; failed: string }
  | { id: number; cancelled: true }
  /** 0…1. */
  | { id: number; progress: number }
  | { id: number; want: number; side: SideName; start: number; count: number };

/** One end of the wire: a Worker, a worker's own scope, or Node's parentPort behind the same two calls. */
export interface Wire<Out, In> {
  postMessage(message: Out, transfer: ArrayBuffer[]): void;
  addEventListener(kind: 'message', take: (event: { data: In }) => void): void;
}
