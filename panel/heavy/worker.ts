/**
 * The panel's other thread: takes a question in parcels, says how far it is, and gives the answer in parcels. As a script of the page,
 * where the page gets no thread, the same file gives the answers themselves.
 */
// oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener -- a thread has one other end, takes no origin, and its messages wait for onmessage
import '../old-engines.ts';
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { answer, type Far, type Question } from './answers.ts';
import { parcels, Unpacking, type Parcel } from './parcels.ts';

/** `hold`: what was sent, or came in the text parsed last, is a handoff, and what is asked is about it from now on. */
export type ToWorker = { parcel: Parcel } | { hold: 'sent' | 'parsed' } | { over: true };
export type FromWorker = { far: Far } | { parcel: Parcel } | { over: true } | { failed: string };

interface Thread {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
}

/** What a thread does with a message, and what it says through `post`. */
export function threadOf(post: (message: FromWorker) => void): (message: ToWorker) => void {
  let taking = new Unpacking();
  let held: OpenedHandoff | null = null;
  let parsed: unknown = null;
  const taken = (): unknown => {
    const value = taking.whole();
    taking = new Unpacking();
    return value;
  };
  return (message) => {
    if ('parcel' in message) return taking.add(message.parcel);
    if ('hold' in message) {
      held =
        message.hold === 'sent' ? (taken() as OpenedHandoff) : (parsed as { value: OpenedHandoff }).value;
      parsed = null;
      return;
    }
    try {
      const question = taken() as Question;
      const value = whole(answer(question, held), post);
      if (question.ask === 'parse') parsed = value;
      for (const parcel of parcels(value)) post({ parcel });
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
