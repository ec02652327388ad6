/**
 * What changed in the editor or in a served manifest, for pages that wait to be told: a question is answered when something
 * changed since the last answer, or after a while with nothing.
 */
import type { Desk } from '../desk.ts';
import type { Change, Told } from '../loopback-changes.ts';

export interface Changes {
  tell(what: Change): void;
  /** Null: from now on. Answers at once where something changed since. */
  since(cursor: number | null): Promise<Told>;
  close(): void;
}

export interface ChangesOptions {
  manifests: readonly string[];
  glance?: Desk['glance'];
  /** Milliseconds a question waits at most; browsers and systems end calls that take much longer. */
  patience?: number;
  /** Milliseconds between two looks at the manifests; nobody looks while nobody waits. */
  every?: number;
}

export function changes({ manifests, glance, patience = 20_000, every = 1_000 }: ChangesOptions): Changes {
  let count = 0;
  const last = new Map<Change, number>();
  const waiting = new Set<() => void>();
  const stamps = new Map<string, string | null>();
  let looking: ReturnType<typeof setInterval> | undefined;
  /** A drive that does not answer is asked once: each question holds one of the few threads that read disks. */
  let pending = false;

  const tell = (what: Change) => {
    last.set(what, ++count);
    for (const wake of waiting) wake();
  };
  const look = async () => {
    if (pending) return;
    pending = true;
    for (const path of manifests) {
      const stamp = await glance!(path).then(
        (found) => found?.stamp ?? null,
        () => undefined,
      );
      if (stamp === undefined) continue;
      const before = stamps.get(path);
      stamps.set(path, stamp);
      if (before !== undefined && before !== stamp) tell('manifest');
    }
    pending = false;
  };
  const rest = () => {
    if (waiting.size > 0) return;
    clearInterval(looking);
    looking = undefined;
  };
  const answer = (cursor: number): Told => ({
    cursor: count,
    changes: [...last].filter(([, nth]) => nth > cursor).map(([what]) => what),
  });
  const wait = () =>
    new Promise<void>((resolve) => {
      const over = () => {
        clearTimeout(timer);
        waiting.delete(over);
        rest();
        resolve();
      };
      const timer = setTimeout(over, patience);
      waiting.add(over);
      if (glance) looking ??= setInterval(() => void look(), every);
    });
  if (glance) void look();

  return {
    tell,
    async since(cursor) {
      // A cursor of a service that ran before this one is of no use.
      const from = cursor === null || cursor > count ? null : cursor;
      if (from === null) return { cursor: count, changes: [] };
      if (answer(from).changes.length === 0) await wait();
      return answer(from);
    },
    close() {
      for (const wake of waiting) wake();
    },
  };
}
