/**
 * Where the panel's heavy work is done: in a thread of its own, or, where the page gets none, in turns in the page's. Both
 * give the same answers, say how far they are, and end when they are told to.
 */
// oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener -- a thread has one other end, takes no origin, and its messages wait for onmessage
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { breather, Stopped } from '../breathe.ts';
import type { answer, Answered, Far, Question } from './answers.ts';
import { parcels, Unpacking } from './parcels.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface Heavy {
  /**
   * `about`: the handoff the question is about; null where it is about none. Rejects with Stopped once the signal says so, and with
   * what the work threw: SyntaxError, or Error with its words, for a text that is no JSON.
   */
  ask<Asked extends Question>(
    about: OpenedHandoff | null,
    question: Asked,
    also?: { far?: (far: Far) => void; signal?: AbortSignal | undefined },
  ): Promise<Answered[Asked['ask']]>;
}

type Ask = (
  about: OpenedHandoff | null,
  question: Question,
  far: (far: Far) => void,
  signal?: AbortSignal,
) => Promise<unknown>;

function heavy(ask: Ask): Heavy {
  return {
    ask: async <Asked extends Question>(
      about: OpenedHandoff | null,
      question: Asked,
      also: { far?: (far: Far) => void; signal?: AbortSignal | undefined } = {},
    ) => (await ask(about, question, also.far ?? (() => {}), also.signal)) as Answered[Asked['ask']],
  };
}

/** How the page gets the answers into its own thread. */
export type Load = () => Promise<typeof answer>;

/** Planning is one piece here: the words that say so are on the screen before it begins. */
export function inTurns(load: Load): Heavy {
  return heavy(askInTurns(load));
}

function askInTurns(load: Load): Ask {
  return async (about, question, far, signal) => {
    if (question.ask === 'parse') return JSON.parse(question.text) as unknown;
    const breathe = breather(undefined, signal);
    const answers = (await load())(question, about);
    if (question.ask !== 'judge') await new Promise((resolve) => setTimeout(resolve, 20));
    if (signal?.aborted) throw new Stopped();
    let part = answers.next();
    for (; !part.done; part = answers.next()) {
      far(part.value);
      await breathe();
    }
    return part.value;
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
export function inThread(start: () => Thread, load: Load): Heavy {
  const here = askInTurns(load);
  let thread: Thread | null = null;
  /** What the thread has of a handoff. */
  let there: OpenedHandoff | null = null;
  /** What it parsed last, and has still: a handoff in an answer of the desk need not be sent back to it. */
  let parsed: unknown = null;
  let none = false;

  const drop = () => {
    thread?.terminate();
    [thread, there, parsed] = [null, null, null];
  };

  const askThread: Ask = async (about, question, far, signal) => {
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
      if (about !== null && about !== there) {
        const has = isIn(parsed, about);
        if (!has) await send(mine, about, signal);
        mine.postMessage({ hold: has ? 'parsed' : 'sent' });
        [there, parsed] = [about, null];
      }
      await send(mine, question, signal);
      mine.postMessage({ over: true });
      const answer = await answered;
      if (question.ask === 'parse') parsed = answer;
      return answer;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };

  /** One question at a time: the answers carry no number. */
  let before: Promise<unknown> = Promise.resolve();
  const inOrder: Ask = (...asked) => {
    const answered = before.then(() => askThread(...asked));
    before = answered.catch(() => undefined);
    return answered;
  };

  return heavy(async (...asked) => {
    try {
      return await inOrder(...asked);
    } catch (error) {
      if (!(error instanceof NoThread)) throw error;
      none = true;
      drop();
      return here(...asked);
    }
  });
}

/** Whether it is what an answer of the desk carries: `{ ok: true, value }`. */
function isIn(parsed: unknown, about: OpenedHandoff): boolean {
  return typeof parsed === 'object' && parsed !== null && (parsed as { value?: unknown }).value === about;
}

async function send(thread: Thread, value: unknown, signal?: AbortSignal): Promise<void> {
  const breathe = breather(undefined, signal);
  for (const parcel of parcels(value)) {
    thread.postMessage({ parcel });
    await breathe();
  }
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

/** The same file as a script of the page, once. Rejects where it does not load. */
export function loadAnswers(file: string, page: Window): Load {
  let loading: ReturnType<Load> | null = null;
  return () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = page.document.createElement('script');
      script.src = file;
      script.addEventListener('load', () =>
        resolve((page as unknown as { batonAnswers: typeof answer }).batonAnswers),
      );
      script.addEventListener('error', () => reject(new Error(`${file} does not load`)));
      page.document.head.append(script);
    }));
}
