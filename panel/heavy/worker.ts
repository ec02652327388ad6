/** The panel's other thread: takes a question in parcels, says how far it is, and gives the answer in parcels. */
// oxlint-disable unicorn/require-post-message-target-origin, unicorn/prefer-add-event-listener -- a thread has one other end, takes no origin, and its messages wait for onmessage
import '../old-engines.ts';
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { judge, planned, type Far, type Question } from './answers.ts';
import { parcels, Unpacking, type Parcel } from './parcels.ts';

export type ToWorker = { parcel: Parcel } | { over: true };
export type FromWorker = { far: Far } | { parcel: Parcel } | { over: true } | { failed: string };

interface Thread {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
}

const here = globalThis as unknown as Thread;
let taking = new Unpacking();
let opened: OpenedHandoff | null = null;

here.onmessage = ({ data }) => {
  if ('parcel' in data) return taking.add(data.parcel);
  const question = taking.whole() as Question;
  taking = new Unpacking();
  try {
    for (const parcel of parcels(answer(question))) here.postMessage({ parcel });
    here.postMessage({ over: true });
  } catch (error) {
    here.postMessage({ failed: error instanceof Error ? error.message : String(error) });
  }
};

function answer(question: Question): unknown {
  if (question.ask === 'parse') return JSON.parse(question.text);
  if (question.ask === 'plan') return planned(opened!, question.asked);
  ({ opened } = question);
  const judging = judge(opened);
  for (;;) {
    const part = judging.next();
    if (part.done) return part.value;
    here.postMessage({ far: part.value });
  }
}
