/** The panel's heavy work gives one answer wherever it is done, in small messages, and ends when it is told to. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has one other end and takes no origin
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { DEFAULT_POLICY } from '../../manifest/bins.ts';
import { Stopped } from '../../panel/breathe.ts';
import { judge, planned, type Far, type Question } from '../../panel/heavy/answers.ts';
import { parcels, Unpacking } from '../../panel/heavy/parcels.ts';
import { inThread, inTurns, type Thread } from '../../panel/heavy/thread.ts';
import type { FromWorker, ToWorker } from '../../panel/heavy/worker.ts';
import { startChromium } from '../browser/chromium.ts';
import { memoryEditor, smallHandoff } from './fixture.ts';

/** `BATON_DIST` names another build than `dist/`. */
const dist = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

const small = smallHandoff();
const clips = Array.from({ length: 1200 }, (_, index) => ({
  ...small.clips[1]!,
  id: `c${index}`,
  path: `A/A${String(index)}.mov`,
}));
const opened: OpenedHandoff = {
  path: '/shoot/handoff.json',
  handoff: { ...small, clips },
  issues: [],
  roots: { media: '/shoot' },
  facts: {},
  files: Object.fromEntries(clips.map(({ id, path }) => [id, `/shoot/${path}`])),
};
const asked = { project: memoryEditor().project, policy: DEFAULT_POLICY, importable: ['mov'] };

function packed(value: unknown) {
  const taking = new Unpacking();
  const all = [...parcels(value)].map((each) => structuredClone(each));
  for (const parcel of all) taking.add(parcel);
  return { all, whole: taking.whole() };
}

/** worker.ts behind a wire that copies, as a browser's does; `dies` = it never starts. */
function wire(options: { dies?: boolean; mute?: boolean } = {}) {
  let ended = 0;
  const start = (): Thread => {
    const taking = new Unpacking();
    let kept: OpenedHandoff | null = null;
    const thread: Thread = {
      onmessage: null,
      onerror: null,
      terminate: () => void ended++,
      postMessage(message: ToWorker) {
        if (options.dies) return void setTimeout(() => thread.onerror?.({}));
        if (options.mute) return;
        if ('parcel' in message) return taking.add(structuredClone(message.parcel));
        const say = (each: FromWorker) => thread.onmessage?.({ data: structuredClone(each) });
        const question = taking.whole() as Question;
        if (question.ask === 'judge') kept = question.opened;
        const value =
          question.ask === 'judge'
            ? whole(judge(question.opened))
            : question.ask === 'plan'
              ? planned(kept!, question.asked)
              : JSON.parse(question.text);
        for (const parcel of parcels(value)) say({ parcel });
        say({ over: true });
      },
    };
    return thread;
  };
  return { start, ended: () => ended };
}

function whole<Value>(parts: Generator<unknown, Value>): Value {
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

describe('parcels', () => {
  it('put together are what was taken apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(1300), (value, length) => {
        const list = Array.from({ length }, (_, index) => ({ index, value }));
        const record = Object.fromEntries(list.map((each) => [`k${each.index}`, each]));
        const document = { a: { b: { list, record } }, value, list };
        expect(packed(document).whole).toEqual(document);
      }),
      { numRuns: 30 },
    );
  });

  it('hold at most 500 clips each', () => {
    const { all, whole: again } = packed(opened);
    expect(again).toEqual(opened);
    expect(all.length).toBe(1 + 3 + 3);
    for (const parcel of all) expect(JSON.stringify(parcel).length).toBeLessThan(500_000);
  });

  it('leave what is no plain record whole', () => {
    const before = { revision: 3, clips: new Set(['a', 'b']) };
    expect(packed({ facts: { before } }).whole).toEqual({ facts: { before } });
  });
});

describe('heavy work', () => {
  it('in turns, in a thread and at once comes to the same', async () => {
    const here = whole(judge(opened));
    for (const heavy of [inTurns(), inThread(wire().start)]) {
      expect(await heavy.judge(opened, () => {})).toEqual(here);
      expect(await heavy.plan(opened, asked)).toEqual(planned(opened, asked));
      expect(await heavy.parse('{"a":[1]}')).toEqual({ a: [1] });
    }
  });

  it('says how far it is, up to the end', async () => {
    const far: Far[] = [];
    await inTurns().judge(opened, (each) => far.push(each));
    expect(far[0]).toMatchObject({ doing: 'Checking 1,200 clips', done: 1 });
    const done = far.map((each) => each.done);
    expect(done).toEqual(done.slice().sort((a, b) => a - b));
    expect(far[far.length - 1]!.done).toBeLessThan(far[0]!.total);
  });

  it('is done in the page where no thread starts, or the one that did dies', async () => {
    const none = () => {
      throw new Error('cannot be accessed from origin null');
    };
    for (const heavy of [inThread(none), inThread(wire({ dies: true }).start)]) {
      expect(await heavy.plan(opened, asked)).toEqual(planned(opened, asked));
      expect(await heavy.judge(opened, () => {})).toEqual(whole(judge(opened)));
    }
  });

  it('plans against the manifest it is given, whichever was judged last', async () => {
    const heavy = inThread(wire().start);
    const other = { ...opened, handoff: { ...small, clips: clips.slice(0, 3) } };
    await heavy.judge(opened, () => {});
    expect(await heavy.plan(other, asked)).toEqual(planned(other, asked));
    expect(await heavy.plan(opened, asked)).toEqual(planned(opened, asked));
  });

  it('ends with Stopped when it is told to, in either place, and can be asked again', async () => {
    const stop = new AbortController();
    const mute = wire({ mute: true });
    const waiting = inThread(mute.start).judge(opened, () => {}, stop.signal);
    setTimeout(() => stop.abort(), 20);
    await expect(waiting).rejects.toBeInstanceOf(Stopped);
    expect(mute.ended()).toBe(1);
    await expect(inTurns().judge(opened, () => {}, stop.signal)).rejects.toBeInstanceOf(Stopped);
    await expect(inTurns().plan(opened, asked, stop.signal)).rejects.toBeInstanceOf(Stopped);
    const heavy = inThread(wire().start);
    await expect(heavy.judge(opened, () => {}, stop.signal)).rejects.toBeInstanceOf(Stopped);
    expect(await heavy.plan(opened, asked)).toEqual(planned(opened, asked));
  });
});

describe.each(['88', '103'] as const)('the built thread in Chromium %s', (version) => {
  it('starts from file://, as CEP loads the panel, and answers', async ({ skip }) => {
    const browser = await startChromium(version);
    if (!browser) return skip();
    const page = await browser.newPage();
    const folder = pathToFileURL(join(dist, 'panel')).href;
    await page.goto(`${folder}/icon.svg`);
    const answered = await page.evaluate((address) => {
      const line = `importScripts(${JSON.stringify(address)})`;
      const worker = new Worker(URL.createObjectURL(new Blob([line], { type: 'text/javascript' })));
      return new Promise<unknown>((resolve, reject) => {
        const heard: unknown[] = [];
        worker.addEventListener('error', (event) => reject(new Error(event.message)));
        worker.addEventListener('message', ({ data }) => {
          heard.push(data);
          if (data.over || data.failed) resolve(heard);
        });
        worker.postMessage({ parcel: { part: 'skeleton', value: { ask: 'parse', text: '{"a":[1,2]}' } } });
        worker.postMessage({ over: true });
      });
    }, `${folder}/work.js`);
    expect(answered).toEqual([{ parcel: { part: 'skeleton', value: { a: [1, 2] } } }, { over: true }]);
    await browser.close();
  });
});
