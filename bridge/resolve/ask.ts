/**
 * Asks Resolve one thing at a time: it carries out one call at once, answers nothing while a dialog is open, and may never
 * answer. What comes back is brought into the shape that was asked for.
 */
import { HostError, within } from '../call.ts';
import type { Answer, Door, Handle } from './door.ts';

export const WAITING = 'Resolve is waiting for you: close the dialog it shows, then try again.';

export interface AskOptions {
  /** Milliseconds a call may take, and one that moves media. */
  callMs: number;
  longMs: number;
}
const LONG = new Set(['ImportMedia', 'Export', 'AutoSyncAudio', 'MoveClips', 'DeleteClips']);

export type Dict = { [key: string]: Answer };

export interface Ask {
  any(on: Handle | null, method: string, ...args: Answer[]): Promise<Answer>;
  /** Null where Resolve gave no object. */
  object(on: Handle | null, method: string, ...args: Answer[]): Promise<Handle | null>;
  /** Only its objects; [] for nothing. */
  objects(on: Handle | null, method: string, ...args: Answer[]): Promise<Handle[]>;
  /** '' for nothing. */
  text(on: Handle | null, method: string, ...args: Answer[]): Promise<string>;
  number(on: Handle | null, method: string, ...args: Answer[]): Promise<number | null>;
  /** True only for true; it may be a lie. */
  yes(on: Handle | null, method: string, ...args: Answer[]): Promise<boolean>;
  dict(on: Handle | null, method: string, ...args: Answer[]): Promise<Dict>;
  has(on: Handle | null, method: string): Promise<boolean>;
  constant(name: string): Promise<number | null>;
  exists(path: string): Promise<boolean>;
  release(): void;
}

export function isHandle(value: Answer): value is Handle {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof value['handle'] === 'string'
  );
}

export function asker(door: Door, options: AskOptions = { callMs: 60_000, longMs: 600_000 }): Ask {
  const any = serially(door, options);
  return {
    any,
    async object(on, method, ...args) {
      const answer = await any(on, method, ...args);
      return isHandle(answer) ? answer : null;
    },
    async objects(on, method, ...args) {
      const answer = await any(on, method, ...args);
      return Array.isArray(answer) ? answer.filter(isHandle) : [];
    },
    async text(on, method, ...args) {
      const answer = await any(on, method, ...args);
      return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : '';
    },
    async number(on, method, ...args) {
      const answer = await any(on, method, ...args);
      const number = typeof answer === 'string' && answer !== '' ? Number(answer) : answer;
      return typeof number === 'number' && Number.isFinite(number) ? number : null;
    },
    yes: async (on, method, ...args) => (await any(on, method, ...args)) === true,
    async dict(on, method, ...args) {
      const answer = await any(on, method, ...args);
      const plain =
        typeof answer === 'object' && answer !== null && !Array.isArray(answer) && !isHandle(answer);
      return plain ? answer : {};
    },
    has: (on, method) => door.has(on, method),
    constant: (name) => door.constant(name),
    exists: (path) => door.exists(path),
    release: () => door.release(),
  };
}

/** After a missed deadline every call is refused until the one that hangs has answered: more would only queue behind it. */
function serially(door: Door, { callMs, longMs }: AskOptions): Ask['any'] {
  let last: Promise<unknown> = Promise.resolve();
  let stuck = false;
  return (on, method, ...args) => {
    const run = async (): Promise<Answer> => {
      if (stuck) throw new HostError('busy', method, WAITING);
      const answer = door.call(on, method, args);
      const deadline = { method, ms: LONG.has(method) ? longMs : callMs, message: WAITING };
      return within(answer, deadline).catch((error: unknown) => {
        if (error instanceof HostError) {
          stuck = true;
          const free = () => void (stuck = false);
          answer.then(free, free);
          throw error;
        }
        throw new HostError(
          'host-threw',
          method,
          `Resolve broke off ${method}: ${(error as Error).message}. ${WAITING}`,
        );
      });
    };
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
}
