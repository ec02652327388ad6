/**
 * Where the panel's heavy work is done: in a thread of its own, or, where the page gets none, in turns in the page's. Both
 * give the same answers, say how far they are, and end when they are told to.
 */
// oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener -- a thread has one other end, takes no origin, and its messages wait for onmessage
import type { OpenedHandoff } from '../../bridge/desk.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import { breather, Stopped } from '../breathe.ts';
import { judge, planned, type Far, type Judged, type PlanAsked, type Question } from './answers.ts';
import { parcels, Unpacking } from './parcels.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface Heavy {
  /** Rejects with Stopped once the signal says so. */
  judge(opened: OpenedHandoff, far: (far: Far) => void, signal?: AbortSignal): Promise<Judged>;
  /** Against the manifest judged last, or another. */
  plan(opened: OpenedHandoff, asked: PlanAsked, signal?: AbortSignal): Promise<Plan>;
  /** JSON of any size. Throws SyntaxError, or Error with its words, for what is no JSON. */
  parse(text: string): Promise<unknown>;
}

/** Planning is one piece here: the words that say so are on the screen before it begins. */
export function inTurns(): Heavy {
  return {
    async judge(opened, far, signal) {
      const breathe = breather(undefined, signal);
      const judging = judge(opened);
      let part = judging.next();
      for (; !part.done; part = judging.next()) {
        far(part.value);
        await breathe();
      }
      return part.value;
    },
    async plan(opened, asked, signal) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (signal?.aborted) throw new Stopped();
      return planned(opened, asked);
    },
    parse: (text) => Promise.resolve(JSON.parse(text) as unknown),
  };
}

/** As much of a Worker as is used here. */
export interface Thread {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message?: string; preventDefault?(): void }) => void) | null;
}

/** The thread would not start, or died: what was asked of it is done here. */
class NoThread extends Error {}

/** `start` may throw, and what it starts may die at once: file:// and old editors do both. */
export function inThread(start: () => Thread): Heavy {
  const turns = inTurns();
  let thread: Thread | null = null;
  let there: OpenedHandoff | null = null;
  let none = false;

  const drop = () => {
    thread?.terminate();
    [thread, there] = [null, null];
  };

  /** One question at a time: the answers carry no number. */
  let before: Promise<unknown> = Promise.resolve();
  const ask = (question: Question, far: (far: Far) => void, signal?: AbortSignal): Promise<unknown> => {
    const asked = before.then(() => askNow(question, far, signal));
    before = asked.catch(() => undefined);
    return asked;
  };

  const askNow = async (question: Question, far: (far: Far) => void, signal?: AbortSignal) => {
    if (none) throw new NoThread();
    try {
      thread ??= start();
    } catch {
      throw new NoThread();
    }
    const mine = thread;
    const stop = () => drop();
    signal?.addEventListener('abort', stop);
    try {
      const answered = answerOf(mine, far, signal);
      // Whatever ends the answer is heard below, not as a rejection that nobody waits for.
      answered.catch(() => undefined);
      const breathe = breather(undefined, signal);
      for (const parcel of parcels(question)) {
        mine.postMessage({ parcel });
        await breathe();
      }
      mine.postMessage({ over: true });
      return await answered;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };

  /** The thread's answer; this one's where there is no thread. */
  const either = async <Value>(asked: () => Promise<unknown>, here: () => Promise<Value>): Promise<Value> => {
    try {
      return (await asked()) as Value;
    } catch (error) {
      if (!(error instanceof NoThread)) throw error;
      none = true;
      drop();
      return here();
    }
  };

  const judged = async (opened: OpenedHandoff, far: (far: Far) => void, signal?: AbortSignal) => {
    const answer = await ask({ ask: 'judge', opened }, far, signal);
    there = opened;
    return answer;
  };

  return {
    judge: (opened, far, signal) =>
      either(
        () => judged(opened, far, signal),
        () => turns.judge(opened, far, signal),
      ),
    plan: (opened, asked, signal) =>
      either(
        async () => {
          if (there !== opened) await judged(opened, () => undefined, signal);
          return ask({ ask: 'plan', asked }, () => undefined, signal);
        },
        () => turns.plan(opened, asked, signal),
      ),
    parse: (text) =>
      either(
        () => ask({ ask: 'parse', text }, () => undefined),
        () => turns.parse(text),
      ),
  };
}

function answerOf(thread: Thread, far: (far: Far) => void, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const taking = new Unpacking();
    signal?.addEventListener('abort', () => reject(new Stopped()), { once: true });
    thread.onerror = (event) => {
      event.preventDefault?.();
      reject(new NoThread());
    };
    thread.onmessage = ({ data }) => {
      if ('far' in data) far(data.far);
      else if ('parcel' in data) taking.add(data.parcel);
      else if ('failed' in data) reject(new Error(data.failed));
      else resolve(taking.whole());
    };
  });
}

/** A worker from the panel's own folder. From file://, where a page may start none from a file, it is one line that loads the file. */
export function startWorker(file: string, page: Window): Thread {
  const address = new URL(file, page.location.href);
  if (address.protocol !== 'file:') return new Worker(address.href) as unknown as Thread;
  const line = `importScripts(${JSON.stringify(address.href)})`;
  const source = URL.createObjectURL(new Blob([line], { type: 'text/javascript' }));
  return new Worker(source) as unknown as Thread;
}
