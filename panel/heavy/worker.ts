/**
 * The panel's other thread: takes a question in parcels, says how far it is, and gives the answer in parcels. As a script of the page,
 * where the page gets no thread, the same file gives the answers themselves.
 */
// oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener -- a thread has one other end, takes no origin, and its messages wait for onmessage
import '../old-engines.ts';
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { answer, type Far, type Question } from './answers.ts';
import { parcels, Unpacking, type Parcel } from './parcels.ts';

/** `hold`: what was sent is a handoff, and what is asked is about it from now on. */
export type ToWorker = { parcel: Parcel } | { hold: true } | { over: true };
export type FromWorker = { far: Far } | { parcel: Parcel } | { over: true } | { failed: string };

interface Thread {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
}

/** What a thread does with a message, and what it says through `post`. */
export function threadOf(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let taking = new Unpacking();
  let held: OpenedHandoff | null = null;
  const taken = (): unknown => {
    const value = taking.whole();
    taking = new Unpacking();
    return value;
  };
  return (message) => {
    if ('parcel' in message) return taking.add(message.parcel);
    if ('hold' in message) {
      held = taken() as OpenedHandoff;
      return;
    }
    try {
      for (const parcel of parcels(whole(answer(taken() as Question, held), post))) post({ parcel });
      post({ over: true });
    } catch (error) {
      post({ failed: error instanceof Error ? error.message : String(error) });
    }
  };
}

function whole(answering: Generator<Far, unknown>, post: (message: FromWorker) => void): unknown {
  for (;;) {
    const part = answering.next();
    if (part.done) return part.value;
    post({ far: part.value });
  }
}

const here = globalThis as unknown as Thread & { importScripts?: unknown; batonAnswers?: typeof answer };
if (typeof here.importScripts === 'function') {
  const hear = threadOf((message) => here.postMessage(message));
  here.onmessage = ({ data }) => hear(data);
} else here.batonAnswers = answer;
