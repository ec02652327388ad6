/**
 * The five built-ins that Chromium 88 (CEP 11, Premiere 15 to 24) lacks and that the widgets call unguarded. Imported first
 * of all by main.tsx; does nothing where they exist.
 */

function at<Each>(this: ArrayLike<Each>, index: number): Each | undefined {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

function findLastIndex<Each>(this: Each[], test: (each: Each, index: number, all: Each[]) => unknown): number {
  for (let index = this.length - 1; index >= 0; index--) if (test(this[index]!, index, this)) return index;
  return -1;
}

function findLast<Each>(this: Each[], test: (each: Each, index: number, all: Each[]) => unknown): Each | undefined {
  return this[findLastIndex.call(this, test as never)];
}

function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function give(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

give(Array.prototype, 'at', at);
give(String.prototype, 'at', at);
give(Array.prototype, 'findLast', findLast);
give(Array.prototype, 'findLastIndex', findLastIndex);
give(Object, 'hasOwn', hasOwn);

export { at, findLast, findLastIndex, hasOwn };
