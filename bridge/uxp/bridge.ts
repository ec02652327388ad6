/**
 * Two ends of one message bridge: who asks gets a promise, who answers has rooms of methods, and either way goes plain JSON, as
 * a WebView's postMessage carries it. Messages of anyone else are passed over.
 */
import { HostError } from '../call.ts';
import { unwrap, type Ask, type Envelope, type Room } from '../loopback.ts';
import type { ServiceHere } from './service.ts';

/** One end of a wire. What is posted arrives at the other end as a copy, perhaps late, perhaps never. */
export interface Endpoint {
  post(message: unknown): void;
  /** Calls for every message until the returned function is called. */
  hear(listener: (message: unknown) => void): () => void;
}

type Message =
  | { baton: 'ask'; id: number; room: string; method: string; args: unknown[] }
  | { baton: 'answer'; id: number; envelope: Envelope<unknown> }
  | { baton: 'event'; name: string; value: unknown };

export interface Asking {
  ask: Ask;
  /** Hears events of this name until the returned function is called. */
  on(name: string, heard: (value: unknown) => void): () => void;
  close(): void;
}

/** Milliseconds: a write of thousands of steps is one answer; a greeting is repeated until the other end listens. */
const PATIENCE = 600_000;
const GREET_EVERY = 200;

function read(value: unknown): Message | null {
  const message = value as Message | null;
  const known = typeof message === 'object' && message !== null && typeof message.baton === 'string';
  return known ? message : null;
}

export function asking(endpoint: Endpoint, { patience = PATIENCE }: { patience?: number } = {}): Asking {
  let last = 0;
  const open = new Map<number, (envelope: Envelope<never>) => void>();
  const events = new Map<string, Set<(value: unknown) => void>>();
  const close = endpoint.hear((value) => {
    const message = read(value);
    if (message?.baton === 'answer') {
      open.get(message.id)?.(message.envelope as Envelope<never>);
      open.delete(message.id);
    }
    if (message?.baton === 'event') for (const heard of events.get(message.name) ?? []) heard(message.value);
  });
  const ask: Ask = (room, method, args) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const timer = setTimeout(() => {
        open.delete(id);
        reject(new HostError('timeout', method, `${method}: the other side of the panel does not answer`));
      }, patience);
      open.set(id, (envelope) => {
        clearTimeout(timer);
        try {
          resolve(unwrap(method, envelope));
        } catch (error) {
          reject(error as Error);
        }
      });
      endpoint.post({ baton: 'ask', id, room, method, args } satisfies Message);
    });
  return {
    ask,
    on(name, heard) {
      const there = events.get(name) ?? new Set();
      events.set(name, there.add(heard));
      return () => there.delete(heard);
    },
    close,
  };
}

/** What the other end says of itself. */
export interface Greeting {
  /** Names of the desk's methods. */
  desk: string[];
  /** Who lends what needs Node; null = nobody now, absent = nobody ever. */
  lender?: ServiceHere | null;
}

/** Resolves once the other end answers; what was posted before it listened is lost, so the question is repeated. Throws HostError. */
export async function greeted({ ask }: Pick<Asking, 'ask'>, patience = 20_000): Promise<Greeting> {
  let timer: ReturnType<typeof setInterval> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Greeting>((resolve, reject) => {
      const greet = () => void ask<Greeting>('service', 'hello', []).then(resolve, reject);
      greet();
      timer = setInterval(greet, GREET_EVERY);
      const message =
        'The part of Baton that speaks to Premiere does not answer: close the panel and open it again.';
      deadline = setTimeout(() => reject(new HostError('timeout', 'hello', message)), patience);
    });
  } finally {
    clearInterval(timer);
    clearTimeout(deadline);
  }
}

/** Methods of one room; what they throw is what the other end's promise rejects with. */
export type Methods = Record<string, (...args: never[]) => Promise<unknown>>;

export interface Answering {
  /** Tells the other end that something happened. */
  tell(name: string, value: unknown): void;
  close(): void;
}

export function answering(endpoint: Endpoint, rooms: Partial<Record<Room, Methods>>): Answering {
  const close = endpoint.hear((value) => {
    const message = read(value);
    if (message?.baton !== 'ask') return;
    const { id, room, method, args } = message;
    void carryOut(rooms, room, method, args).then((envelope) =>
      endpoint.post({ baton: 'answer', id, envelope } satisfies Message),
    );
  });
  return {
    tell: (name, value) => endpoint.post({ baton: 'event', name, value } satisfies Message),
    close,
  };
}

const own = (object: object, key: string) => Object.prototype.hasOwnProperty.call(object, key);

async function carryOut(
  rooms: Partial<Record<string, Methods>>,
  room: string,
  method: string,
  args: unknown,
): Promise<Envelope<unknown>> {
  const methods = own(rooms, room) ? rooms[room] : undefined;
  if (!methods || !own(methods, method) || typeof methods[method] !== 'function' || !Array.isArray(args)) {
    const error = { code: 'unknown-method', message: `there is no ${room}/${method} here` };
    return { ok: false, error };
  }
  try {
    const value = await (methods[method] as (...given: unknown[]) => Promise<unknown>)(
      ...(args as unknown[]),
    );
    return { ok: true, value: value ?? null };
  } catch (error) {
    const code = error instanceof HostError ? error.code : 'refused';
    return { ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
