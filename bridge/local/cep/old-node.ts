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

function abortError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Why something was aborted, which a signal tells from Node 17.2 on. */
function giveReasons(): void {
  if ('reason' in AbortSignal.prototype) return;
  const reasons = new WeakMap<object, unknown>();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own controller below
  const { abort } = AbortController.prototype;
  AbortController.prototype.abort = function (reason?: unknown) {
    if (!this.signal.aborted)
      reasons.set(this.signal, reason ?? abortError('AbortError', 'This operation was aborted'));
    abort.call(this);
  };
  Object.defineProperty(AbortSignal.prototype, 'reason', {
    get(this: AbortSignal) {
      return reasons.get(this);
    },
    configurable: true,
  });
}

function throwIfAborted(this: AbortSignal): void {
  if (this.aborted) throw this.reason;
}

function timeout(milliseconds: number): AbortSignal {
  const patience = new AbortController();
  const late = abortError('TimeoutError', 'The operation was aborted due to timeout');
  setTimeout(() => patience.abort(late), milliseconds).unref();
  return patience.signal;
}

function any(signals: AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals)
    if (signal.aborted) either.abort(signal.reason);
    else signal.addEventListener('abort', () => either.abort(signal.reason));
  return either.signal;
}

giveReasons();
give(AbortSignal.prototype, 'throwIfAborted', throwIfAborted);
give(AbortSignal, 'timeout', timeout);
give(AbortSignal, 'any', any);
