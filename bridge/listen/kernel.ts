/** The face's side of a listening worker: promises over the wire. */
import { Cancelled, type Features, type Heard, type Side } from '../../manifest/listen/types.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import type { FromWorker, Job, ToWorker, Wire } from './protocol.ts';

export interface ListenAsked {
  frameRate: Rate;
  signal?: AbortSignal;
  /** 0…1. */
  progress?: (done: number) => void;
}

export interface ListenKernel {
  /** Blocks of floats in ±1; each block's memory is handed over and gone from the caller. */
  hear(blocks: AsyncIterable<Float32Array> | Iterable<Float32Array>, sampleRate: number): Promise<Features>;
  /** Rejects with Cancelled once the signal is aborted, and with what reading rejects with. */
  listen(picture: Side, sound: Side, asked: ListenAsked): Promise<Heard>;
}

interface Asked {
  done(value: unknown): void;
  failed(error: Error): void;
  heard?(message: FromWorker): void;
}

/** `wire` is a Worker that runs bridge/listen/worker.ts, and answers nobody else. */
export function listenKernel(wire: Wire<ToWorker, FromWorker>): ListenKernel {
  const asked = new Map<number, Asked>();
  let next = 0;
  const send = (message: ToWorker, samples?: Float32Array) =>
    wire.postMessage(message, samples && samples.buffer instanceof ArrayBuffer ? [samples.buffer] : []);
  wire.addEventListener('message', ({ data }) => {
    const waiting = asked.get(data.id);
    if ('progress' in data || 'want' in data) return waiting?.heard?.(data);
    asked.delete(data.id);
    if ('done' in data) waiting?.done(data.done);
    else waiting?.failed('failed' in data ? new Error(data.failed) : new Cancelled());
  });
  const ask = <Value>(job: Job, id: number, heard?: Asked['heard'], samples?: Float32Array): Promise<Value> =>
    new Promise<Value>((done, failed) => {
      asked.set(id, { done: done as Asked['done'], failed, ...(heard ? { heard } : {}) });
      send({ id, job }, samples);
    });
  return {
    async hear(blocks, sampleRate) {
      const file = String(next);
      const say = (samples: Float32Array, last: boolean) =>
        ask<Features | null>({ do: 'hear', file, sampleRate, samples, last }, next++, undefined, samples);
      for await (const block of blocks) await say(block, false);
      return (await say(new Float32Array(0), true))!;
    },
    listen(picture, sound, { frameRate, signal, progress }) {
      const id = next++;
      const sides = { picture, sound };
      const give = async (message: FromWorker) => {
        if ('progress' in message) return progress?.(message.progress);
        if (!('want' in message)) return;
        const { want, side, start, count } = message;
        try {
          const samples = (await sides[side].read(start, count)).slice();
          send({ id, give: want, samples }, samples);
        } catch (error) {
          send({ id, give: want, failed: error instanceof Error ? error.message : String(error) });
        }
      };
      const stop = () => send({ id, cancel: true });
      if (signal?.aborted) return Promise.reject(new Cancelled());
      signal?.addEventListener('abort', stop, { once: true });
      const job: Job = { do: 'listen', picture: picture.features, sound: sound.features, frameRate };
      return ask<Heard>(job, id, (message) => void give(message)).finally(() =>
        signal?.removeEventListener('abort', stop),
      );
    },
  };
}
