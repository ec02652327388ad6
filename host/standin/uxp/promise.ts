/** Answers as UXP gives them: promises, and one that is used without waiting for it fails loudly instead of being "truthy". */

const MAY = ['then', 'catch', 'finally', 'constructor', Symbol.toStringTag, Symbol.species];

/** A promise of the answer; whatever is asked of the promise itself but to wait for it throws. */
export function later<T>(answer: () => T): Promise<T> {
  const promise = new Promise<T>((resolve, reject) => {
    queueMicrotask(() => {
      try {
        resolve(answer());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  return watched(promise);
}

export function watched<T>(promise: Promise<T>): Promise<T> {
  return new Proxy(promise, {
    get(target, key) {
      if (!MAY.includes(key)) throw new Error(`missing await: "${String(key)}" was asked of a promise`);
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
    },
    set(_target, key) {
      throw new Error(`missing await: "${String(key)}" was set on a promise`);
    },
  });
}
