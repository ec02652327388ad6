/**
 * The built-ins that CEP's Node (15.9 in Premiere 22 to 24, 17.7 from 25) lacks and that the desk calls. Imported first of
 * all by desk.ts; does nothing where they exist.
 */
import { performance } from 'node:perf_hooks';

function give(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

type Test = (each: unknown, index: number, all: unknown[]) => unknown;

function findLastIndex(this: unknown[], test: Test): number {
  for (let index = this.length - 1; index >= 0; index--) if (test(this[index], index, this)) return index;
  return -1;
}

function findLast(this: unknown[], test: Test): unknown {
  return this[findLastIndex.call(this, test)];
}

for (const prototype of [Array.prototype, String.prototype, Object.getPrototypeOf(Uint8Array.prototype)])
  give(prototype as object, 'at', at);
give(Array.prototype, 'findLast', findLast);
give(Array.prototype, 'findLastIndex', findLastIndex);
give(Object, 'hasOwn', (object: object, key: PropertyKey) =>
  Object.prototype.hasOwnProperty.call(object, key),
);
give(globalThis, 'performance', performance);
give(globalThis, 'atob', (text: string) => Buffer.from(text, 'base64').toString('latin1'));

/** An AbortSignal of before it had a reason. */
interface PlainSignal {
  aborted: boolean;
  reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
}

function abortError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function throwIfAborted(this: PlainSignal): void {
  if (this.aborted) throw this.reason ?? abortError('AbortError', 'This operation was aborted');
}

function timeout(milliseconds: number): AbortSignal {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), milliseconds).unref();
  return patience.signal;
}

function any(signals: PlainSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals)
    if (signal.aborted) either.abort();
    else signal.addEventListener('abort', () => either.abort());
  return either.signal;
}

give(AbortSignal.prototype, 'throwIfAborted', throwIfAborted);
give(AbortSignal, 'timeout', timeout);
give(AbortSignal, 'any', any);
