/** Stands in for node:worker_threads in the desk's bundle: CEP's Node has no threads, and what asks for one works in this thread. */

export const parentPort = null;
export const workerData = null;

export function Worker(): never {
  throw new Error('There are no threads inside an editor’s panel.');
}
