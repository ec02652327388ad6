/** The panel's heavy work gives one answer wherever it is done, in small messages, and ends when it is told to. */
// oxlint-disable unicorn/require-post-message-target-origin -- a thread has one other end and takes no origin
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenedHandoff } from '../../bridge/desk.ts';
import { DEFAULT_POLICY } from '../../manifest/bins.ts';
import { Stopped } from '../../panel/breathe.ts';
import { answer, judge, planned, type Far } from '../../panel/heavy/answers.ts';
import { parcels, Unpacking } from '../../panel/heavy/parcels.ts';
import { inThread, inTurns, type Heavy, type Thread } from '../../panel/heavy/thread.ts';
import { threadOf, type ToWorker } from '../../panel/heavy/worker.ts';
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

/** worker.ts behind a wire that copies, as a browser's does; `dies` = it never starts. `sent`: handoffs that went over. */
function wire(options: { dies?: boolean; mute?: boolean } = {}) {
  let [ended, held] = [0, 0];
  const start = (): Thread => {
    const thread: Thread = {
      onmessage: null,
      onerror: null,
      terminate: () => void ended++,
      postMessage(message: ToWorker) {
        if (options.dies) return void setTimeout(() => thread.onerror?.({}));
        if ('hold' in message && message.hold === 'sent') held++;
        if (!options.mute) hear(structuredClone(message));
      },
    };
    const hear = threadOf((message) => thread.onmessage?.({ data: structuredClone(message) }));
    return thread;
  };
  return { start, ended: () => ended, sent: () => held };
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

  it('find what is long inside a receipt of the history', () => {
    const receipt = { id: 'r', steps: Array.from({ length: 1200 }, (_, nth) => ({ id: `s${nth}` })) };
    const { all, whole: again } = packed({
      ...opened,
      handoff: { ...small, history: [{ kind: 'import', receipt }] },
    });
    expect(again).toMatchObject({ handoff: { history: [{ receipt }] } });
    expect(all.map((parcel) => (parcel.part === 'items' ? parcel.items.length : 0))).toEqual([
      0, 500, 500, 200, 0, 0, 0,
    ]);
  });

  it('leave what is no plain record whole', () => {
    const before = { revision: 3, clips: new Set(['a', 'b']) };
    expect(packed({ facts: { before } }).whole).toEqual({ facts: { before } });
  });
});

const load = () => Promise.resolve(answer);
const plan = async (heavy: Heavy, about: OpenedHandoff, signal?: AbortSignal) =>
  (await heavy.ask(about, { ask: 'plan', asked }, { signal })).plan;

describe('heavy work', () => {
  it('in turns, in a thread and at once comes to the same', async () => {
    const here = whole(judge(opened));
    for (const heavy of [inTurns(load), inThread(wire().start, load)]) {
      expect(await heavy.ask(opened, { ask: 'judge' })).toEqual(here);
      expect(await plan(heavy, opened)).toEqual(planned(opened, asked));
      expect(await heavy.ask(null, { ask: 'parse', text: '{"a":[1]}' })).toEqual({ a: [1] });
      expect(await heavy.ask(null, { ask: 'formats' })).toContainEqual({
        id: 'otio',
        label: 'OpenTimelineIO',
      });
    }
  });

  it('says how far it is, up to the end', async () => {
    const far: Far[] = [];
    await inTurns(load).ask(opened, { ask: 'judge' }, { far: (each) => far.push(each) });
    expect(far[0]).toMatchObject({ doing: 'Checking 1,200 clips', done: 1 });
    const done = far.map((each) => each.done);
    expect(done).toEqual(done.slice().sort((a, b) => a - b));
    expect(far[far.length - 1]!.done).toBeLessThan(far[0]!.total);
  });

  it('is done in the page where no thread starts, or the one that did dies', async () => {
    const none = () => {
      throw new Error('cannot be accessed from origin null');
    };
    for (const heavy of [inThread(none, load), inThread(wire({ dies: true }).start, load)]) {
      expect(await plan(heavy, opened)).toEqual(planned(opened, asked));
      expect(await heavy.ask(opened, { ask: 'judge' })).toEqual(whole(judge(opened)));
    }
  });

  it('is about the manifest it is given, whichever was asked about last, and is sent each once', async () => {
    const { start, sent } = wire();
    const heavy = inThread(start, load);
    const other = { ...opened, handoff: { ...small, clips: clips.slice(0, 3) } };
    await heavy.ask(opened, { ask: 'judge' });
    expect(await plan(heavy, other)).toEqual(planned(other, asked));
    expect(await plan(heavy, opened)).toEqual(planned(opened, asked));
    await heavy.ask(opened, { ask: 'judge' });
    expect(sent()).toBe(3);
  });

  it('is not sent a handoff that it parsed itself', async () => {
    const { start, sent } = wire();
    const heavy = inThread(start, load);
    const text = JSON.stringify({ ok: true, value: opened });
    const { value } = (await heavy.ask(null, { ask: 'parse', text })) as { value: OpenedHandoff };
    expect(await plan(heavy, value)).toEqual(planned(opened, asked));
    expect(sent()).toBe(0);
    expect(await plan(heavy, { ...value })).toEqual(planned(opened, asked));
    expect(sent()).toBe(1);
  });

  it('says what the work threw, and answers what comes after', async () => {
    const heavy = inThread(wire().start, load);
    await expect(heavy.ask(null, { ask: 'parse', text: '{' })).rejects.toThrow(/JSON/);
    expect(await plan(heavy, opened)).toEqual(planned(opened, asked));
  });

  it('ends with Stopped when it is told to, in either place, and can be asked again', async () => {
    const stop = new AbortController();
    const { signal } = stop;
    const mute = wire({ mute: true });
    const waiting = inThread(mute.start, load).ask(opened, { ask: 'judge' }, { signal });
    setTimeout(() => stop.abort(), 20);
    await expect(waiting).rejects.toBeInstanceOf(Stopped);
    expect(mute.ended()).toBe(1);
    const turns = inTurns(load);
    await expect(turns.ask(opened, { ask: 'judge' }, { signal })).rejects.toBeInstanceOf(Stopped);
    await expect(plan(turns, opened, signal)).rejects.toBeInstanceOf(Stopped);
    const heavy = inThread(wire().start, load);
    await expect(heavy.ask(opened, { ask: 'judge' }, { signal })).rejects.toBeInstanceOf(Stopped);
    expect(await plan(heavy, opened)).toEqual(planned(opened, asked));
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

  it('gives its answers as a script of the page too, where there is no thread', async ({ skip }) => {
    const browser = await startChromium(version);
    if (!browser) return skip();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(dist, 'panel', 'icon.svg')).href);
    await page.goto('about:blank');
    await page.addScriptTag({ path: join(dist, 'panel', 'work.js') });
    const formats = await page.evaluate(() => {
      type Answer = (question: object, held: null) => Iterator<unknown, unknown>;
      return (window as unknown as { batonAnswers: Answer }).batonAnswers({ ask: 'formats' }, null).next()
        .value;
    });
    expect(formats).toContainEqual({ id: 'fcpxml', label: 'FCPXML (Final Cut Pro, Resolve)' });
    await browser.close();
  });
});
