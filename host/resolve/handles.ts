/**
 * Resolve's own objects behind handles: they are opaque, cannot be copied and cannot leave this process, so they stay in a table here
 * and only their numbers go out. Works with answers and with promises of answers.
 */
import type { Answer, Door, Handle } from '../../bridge/resolve/door.ts';

/** An object of Resolve's: its methods are on its prototype. */
type Native = Record<string, unknown>;

export interface DoorOptions {
  resolve: object;
  exists(path: string): Promise<boolean>;
}

export function nativeDoor({ resolve, exists }: DoorOptions): Door {
  let table = new Map<string, Native>();
  // Never the same number twice, so that a handle of before `release` finds nothing instead of something else.
  let last = 0;
  const find = (on: Handle | null): Native => {
    const found = on === null ? (resolve as Native) : table.get(on.handle);
    if (!found) throw new Error(`the object ${on!.handle} was let go`);
    return found;
  };
  const outgoing = (value: unknown): Answer => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
    if (typeof value === 'bigint') return Number(value);
    if (Array.isArray(value)) return value.map(outgoing);
    if (typeof value !== 'object') return null;
    if (!isNative(value))
      return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, outgoing(held)]));
    const handle = `native-${++last}`;
    table.set(handle, value as Native);
    return { handle };
  };
  const incoming = (value: Answer): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(incoming);
    if (typeof value['handle'] === 'string') return find(value as Handle);
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, incoming(held)]));
  };
  return {
    async call(on, method, args) {
      const object = find(on);
      const run = object[method];
      // A method that this version lacks answers nothing, as it does in Lua.
      if (typeof run !== 'function') return null;
      return outgoing(await (run as (...all: unknown[]) => unknown).apply(object, args.map(incoming)));
    },
    has: (on, method) => Promise.resolve(typeof find(on)[method] === 'function'),
    async constant(name) {
      const value = await (resolve as Native)[name];
      return typeof value === 'number' ? value : null;
    },
    exists,
    release() {
      table = new Map();
    },
  };
}

/** A dictionary is a plain object; an object of Resolve's has methods from its prototype. */
function isNative(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return false;
  const own = Object.getOwnPropertyNames(prototype);
  return !own.includes('hasOwnProperty') && own.some((name) => name !== 'constructor');
}
