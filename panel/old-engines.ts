/**
 * The built-ins that Chromium 88 (CEP 11, Premiere 15 to 24) lacks and that the widgets call unguarded. Imported first of
 * all by main.tsx and heavy/worker.ts; does nothing where they exist.
 */

type Test<Each> = (each: Each, index: number, all: Each[]) => unknown;

export function at<Each>(all: ArrayLike<Each>, index: number): Each | undefined {
  const whole = Math.trunc(index) || 0;
  return all[whole < 0 ? all.length + whole : whole];
}

export function findLastIndex<Each>(all: Each[], test: Test<Each>): number {
  for (let index = all.length - 1; index >= 0; index--) if (test(all[index]!, index, all)) return index;
  return -1;
}

export function findLast<Each>(all: Each[], test: Test<Each>): Each | undefined {
  return all[findLastIndex(all, test)];
}

export function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function give(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

/** `how` with its first argument as `this`. */
function asMethod<First, Rest extends unknown[], Result>(how: (first: First, ...rest: Rest) => Result) {
  return function (this: First, ...rest: Rest): Result {
    return how(this, ...rest);
  };
}

give(Array.prototype, 'at', asMethod(at));
give(String.prototype, 'at', asMethod(at));
give(Array.prototype, 'findLast', asMethod(findLast));
give(Array.prototype, 'findLastIndex', asMethod(findLastIndex));
give(Object, 'hasOwn', hasOwn);
