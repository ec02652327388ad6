/** Hears from `baton serve` that its editor or a manifest changed: one question that waits, asked again and again while anyone listens. */
import { HostError } from './call.ts';
import type { EditorChange } from './contract.ts';
import type { Ask } from './loopback.ts';

export type Change = EditorChange | 'manifest';

/** What the service answers to `service/changes`. */
export interface Told {
  /** To be given with the next question. */
  cursor: number;
  changes: Change[];
}

/** Milliseconds until a service that did not answer is asked again. */
const PAUSE = 3_000;

export interface Hearing {
  /** Calls for every change until the returned function is called. */
  hear(heard: (what: Change) => unknown): () => void;
}

export function hearing(ask: Ask, pause = PAUSE): Hearing {
  const listeners = new Set<(what: Change) => unknown>();
  let asking = false;
  const follow = async () => {
    // Kept while the service is away: what happened meanwhile is told when it answers again. One that runs anew passes over it.
    let cursor: number | null = null;
    while (listeners.size > 0) {
      try {
        const told: Told = await ask<Told>('service', 'changes', [cursor]);
        cursor = told.cursor;
        for (const what of told.changes) for (const heard of listeners) heard(what);
      } catch (error) {
        // An older service knows no such question.
        if (error instanceof HostError && error.code === 'unknown-method') return;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    asking = false;
  };
  return {
    hear(heard) {
      const own = (what: Change) => heard(what);
      listeners.add(own);
      if (!asking) {
        asking = true;
        void follow();
      }
      return () => void listeners.delete(own);
    },
  };
}

const made = new Map<string, Hearing>();

/** One for each service (its origin and token), whoever asks: a browser opens few connections to one place. */
export function hearingOf(service: string, ask: Ask): Hearing {
  const there = made.get(service) ?? hearing(ask);
  made.set(service, there);
  return there;
}
