/** The message bridge between a UXP plugin and the panel in its WebView: two ends, and everything that happens to messages. */
import { describe, expect, test } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import type { Editor, EditorChange } from '../../bridge/contract.ts';
import type { Desk } from '../../bridge/desk.ts';
import { answering, asking, greeted } from '../../bridge/uxp/bridge.ts';
import { bridgedDesk, bridgedEditor, offer } from '../../bridge/uxp/bridged.ts';
import { webviewBridge, windowEndpoint } from '../../bridge/uxp/webview.ts';
import { importTo, makeBin } from './premiere-stage.ts';
import { someReceipt } from './store-documents.ts';
import { uxpStage } from '../host/uxp-stage.ts';
import { wire } from './uxp-wire.ts';

const echo = { echo: (value: unknown) => Promise.resolve(value) };

test('an editor that has nothing to settle before an import refuses nothing over the bridge', async () => {
  const { page, plugin } = wire();
  const none = () => Promise.resolve(null);
  const { editor } = uxpStage();
  expect(editor.prepare).toBeUndefined();
  offer(plugin, { desk: {} as Desk, editor, manifest: none, choose: none });
  const far = await bridgedEditor(asking(page));
  expect(await far.prepare!({})).toEqual({ refused: null });
});

describe('asking and answering', () => {
  test('each question gets its own answer, however many are under way', async () => {
    const { page, plugin } = wire();
    answering(plugin, {
      service: {
        wait: (ms: number) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)),
      },
    });
    const { ask } = asking(page);
    expect(await Promise.all([20, 1, 10].map((ms) => ask('service', 'wait', [ms])))).toEqual([20, 1, 10]);
  });

  test('nothing comes back as null, and everything else as JSON carries it', async () => {
    const { page, plugin } = wire();
    answering(plugin, { service: echo });
    const { ask } = asking(page);
    expect(await ask('service', 'echo', [undefined])).toBeNull();
    expect(await ask('service', 'echo', [{ text: 'Ünder \u2028 \ud83c\udfac', list: [1, null] }])).toEqual({
      text: 'Ünder \u2028 \ud83c\udfac',
      list: [1, null],
    });
  });

  test('what is thrown rejects on the other side, with its code and its words', async () => {
    const { page, plugin } = wire();
    answering(plugin, {
      service: {
        host: () => Promise.reject(new HostError('busy', 'host', 'Premiere is busy')),
        plain: () => {
          throw new Error('no such thing');
        },
      },
    });
    const { ask } = asking(page);
    await expect(ask('service', 'host', [])).rejects.toMatchObject({
      code: 'busy',
      message: 'Premiere is busy',
    });
    await expect(ask('service', 'plain', [])).rejects.toMatchObject({
      code: 'refused',
      message: 'no such thing',
    });
  });

  test.each([
    ['service', 'constructor'],
    ['service', 'toString'],
    ['constructor', 'assign'],
    ['editor', 'about'],
  ])('%s/%s is no method', async (room, method) => {
    const { page, plugin } = wire();
    answering(plugin, { service: echo });
    await expect(asking(page).ask(room as never, method, [])).rejects.toMatchObject({
      code: 'unknown-method',
    });
  });

  test('messages of others, and answers to nobody, change nothing', async () => {
    const { page, plugin, inject } = wire();
    answering(plugin, { service: echo });
    const { ask } = asking(page);
    const answer = ask('service', 'echo', ['mine']);
    for (const junk of [
      null,
      7,
      'text',
      {},
      { baton: 7 },
      { baton: 'answer', id: 99 },
      { source: 'devtools' },
    ])
      inject(junk);
    expect(await answer).toBe('mine');
  });

  test('one that is never answered is given up, in words', async () => {
    const { page } = wire();
    await expect(asking(page, { patience: 20 }).ask('service', 'echo', [])).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});

describe('greeting', () => {
  test('is repeated until the other end listens', async () => {
    let lost = 0;
    const { page, plugin } = wire({ lose: () => lost++ < 2 });
    answering(plugin, { service: { hello: () => Promise.resolve({ desk: [] }) } });
    expect(await greeted(asking(page))).toEqual({ desk: [] });
    expect(lost).toBeGreaterThanOrEqual(3);
  });

  test('says what to do where nobody ever does', async () => {
    await expect(greeted(asking(wire().page), 30)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('close the panel and open it again'),
    });
  });
});

const noDesk = {} as Desk;
const nothing = { manifest: () => Promise.resolve(null), choose: () => Promise.resolve(null) };

describe('an editor over the bridge', () => {
  test('answers as it does beside it, hears changes, and stops hearing', async () => {
    const { editor, premiere } = uxpStage();
    const { page, plugin } = wire();
    const offered = offer(plugin, { desk: noDesk, editor, ...nothing });
    const over: Editor = await bridgedEditor(asking(page));
    expect(await over.about()).toEqual(await editor.about());
    const results = await over.apply([makeBin('A'), importTo('/Shoot/A001.mov', 'A')]);
    expect(results.map(({ result }) => result)).toEqual(['verified', 'verified']);
    expect(await over.snapshot()).toEqual(await editor.snapshot());
    expect(await over.sequence()).toBeNull();
    const heard: EditorChange[] = [];
    const stop = over.watch!((what) => heard.push(what));
    const fire = async () => {
      premiere.fire('ProjectEvent.ACTIVATED');
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await fire();
    stop();
    await fire();
    expect(heard).toEqual(['project']);
    offered.close();
  });
});

describe('a desk over the bridge', () => {
  test('has the methods that the other has, and hands on whole receipts of which only what is new was sent', async () => {
    const kept: number[] = [];
    let settled = 0;
    const desk = {
      open: () => Promise.reject(new HostError('refused', 'open', 'not here')),
      keep: (_path: string, receipt: { steps: unknown[] }) =>
        Promise.resolve(void kept.push(receipt.steps.length)),
      settle: (_path: string, receipt: { steps: unknown[] }) => {
        settled = receipt.steps.length;
        return Promise.resolve({ revision: 2 });
      },
    } as unknown as Desk;
    const sizes: number[] = [];
    const { page, plugin } = wire({
      lose: (message) => {
        const { method, args } = message as { method?: string; args?: [string, { steps: unknown[] }] };
        if (method === 'keep') sizes.push(args![1].steps.length);
        return false;
      },
    });
    offer(plugin, {
      desk,
      editor: uxpStage().editor,
      manifest: () => Promise.resolve('/m.json'),
      choose: nothing.choose,
    });
    const over = await bridgedDesk(asking(page));
    expect([over.manifest, await over.choose()]).toEqual(['/m.json', null]);
    expect([typeof over.desk.open, typeof over.desk.keepChoices]).toEqual(['function', 'undefined']);
    await expect(over.desk.open('/m.json')).rejects.toMatchObject({ message: 'not here' });
    for (const steps of [0, 3, 5]) await over.desk.keep('/m.json', someReceipt('r', steps));
    expect(await over.desk.settle('/m.json', someReceipt('r', 6))).toEqual({ revision: 2 });
    expect([kept, settled, sizes]).toEqual([[0, 3, 5, 6], 6, [0, 3, 2, 1]]);
  });
});

describe('a WebView', () => {
  test('listens only to its plugin', async () => {
    const listeners = new Set<(event: { source?: unknown; data: unknown }) => void>();
    const posted: unknown[] = [];
    const host = { postMessage: (message: unknown) => void posted.push(message) };
    const page = {
      uxpHost: host,
      addEventListener: (_type: 'message', listener: (event: { source?: unknown; data: unknown }) => void) =>
        void listeners.add(listener),
      removeEventListener: (
        _type: 'message',
        listener: (event: { source?: unknown; data: unknown }) => void,
      ) => void listeners.delete(listener),
    };
    const heard: unknown[] = [];
    const stop = windowEndpoint(page, host).hear((message) => heard.push(message));
    for (const [source, data] of [
      [host, 1],
      [{}, 2],
      [undefined, 3],
    ])
      listeners.forEach((each) => each({ source, data }));
    expect(heard).toEqual([1, 3]);
    stop();
    expect(listeners.size).toBe(0);
    expect(webviewBridge({ ...page, uxpHost: undefined } as never)).toBeNull();
    const bridge = webviewBridge(page)!;
    expect(webviewBridge(page)).toBe(bridge);
    bridge.ask('service', 'hello', []).catch(() => {});
    expect(posted).toMatchObject([{ baton: 'ask', room: 'service', method: 'hello' }]);
    bridge.close();
  });
});
