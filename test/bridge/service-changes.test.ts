/** News over the loopback service: what changed in the editor or on the disk reaches every page that waits, once, and soon. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostError } from '../../bridge/call.ts';
import type { EditorChange } from '../../bridge/contract.ts';
import { loopbackHost } from '../../bridge/hosts/loopback.ts';
import { glance } from '../../bridge/local/glance.ts';
import { changes } from '../../bridge/local/service-changes.ts';
import { startService, type Service } from '../../bridge/local/service.ts';
import { hearing } from '../../bridge/loopback-changes.ts';
import { loopback, type Ask } from '../../bridge/loopback.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  for (const end of ends.splice(0).reverse()) await end();
});

describe('what is told', () => {
  it('what changed since the last question is told at once, each kind once, and then no more', async () => {
    const news = changes({ manifests: [], patience: 10 });
    const { cursor } = await news.since(null);
    news.tell('items');
    news.tell('sequence');
    news.tell('items');
    const told = await news.since(cursor);
    expect(told.changes.sort()).toEqual(['items', 'sequence']);
    expect((await news.since(told.cursor)).changes).toEqual([]);
  });

  it('a question that waits is answered by the next change, and so are all others', async () => {
    const news = changes({ manifests: [], patience: 10_000 });
    const { cursor } = await news.since(null);
    const both = Promise.all([news.since(cursor), news.since(cursor)]);
    news.tell('project');
    expect((await both).map((told) => told.changes)).toEqual([['project'], ['project']]);
  });

  it('with nothing to tell it is answered with nothing after a while', async () => {
    const news = changes({ manifests: [], patience: 20 });
    expect(await news.since((await news.since(null)).cursor)).toEqual({ cursor: 0, changes: [] });
  });

  it('a cursor of the service that ran before begins anew instead of waiting for its number', async () => {
    const news = changes({ manifests: [], patience: 10_000 });
    expect(await news.since(99)).toEqual({ cursor: 0, changes: [] });
  });

  it('closing answers those who wait, so that nothing is left running', async () => {
    const news = changes({ manifests: [], patience: 60_000 });
    const waits = news.since((await news.since(null)).cursor);
    news.close();
    expect((await waits).changes).toEqual([]);
  });

  it('a manifest that somebody wrote is news, and nobody looks while nobody waits', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-news-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'handoff.json');
    writeFileSync(path, '{"revision": 1}');
    let looks = 0;
    const news = changes({
      manifests: [path],
      glance: (at) => (looks++, glance(at)),
      patience: 5_000,
      every: 10,
    });
    const { cursor } = await news.since(null);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(looks).toBe(1);
    const waits = news.since(cursor);
    writeFileSync(path, '{"revision": 2, "more": true}');
    expect((await waits).changes).toEqual(['manifest']);
    const after = looks;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(looks - after).toBeLessThan(2);
  });
});

describe('a drive that hangs', () => {
  it('is asked once until it answers, however long that takes', async () => {
    let asked = 0;
    const news = changes({
      manifests: ['/Away/handoff.json'],
      glance: () => (asked++, new Promise(() => {})),
      patience: 80,
      every: 5,
    });
    await news.since((await news.since(null)).cursor);
    expect(asked).toBe(1);
  });
});

describe('hearing it', () => {
  it('what happened while the service did not answer is told when it does again', async () => {
    const news = changes({ manifests: [], patience: 10_000 });
    let away = false;
    const ask = ((_room: string, _method: string, [cursor]: [number | null]) =>
      news.since(cursor).then((told) => {
        if (away) throw new HostError('not-open', 'changes', 'gone');
        return told;
      })) as unknown as Ask;
    const heard: string[] = [];
    ends.push(hearing(ask, 5).hear((what) => heard.push(what)));
    await new Promise((resolve) => setTimeout(resolve, 10));
    away = true;
    news.tell('project');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([]);
    away = false;
    await vi.waitFor(() => expect(heard).toEqual(['project']));
  });

  it('one question is open however many listen, and none once nobody does', async () => {
    let open = 0;
    let most = 0;
    let asked = 0;
    const ask = (async () => {
      asked++;
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
      return { cursor: asked, changes: ['items'] };
    }) as unknown as Ask;
    const { hear } = hearing(ask, 5);
    const [a, b] = [vi.fn(), vi.fn()];
    const offs = [hear(a), hear(b)];
    await vi.waitFor(() => expect(a.mock.calls.length).toBeGreaterThan(2), { timeout: 20_000, interval: 10 });
    for (const off of offs) off();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const then = asked;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([most, asked]).toEqual([1, then]);
    expect(b.mock.calls.length).toBe(a.mock.calls.length);
  });

  it('a service that is away is asked again, an older one is left alone', async () => {
    const answers = [
      new HostError('not-open', 'changes', 'gone'),
      { cursor: 0, changes: [] },
      { cursor: 1, changes: ['items'] },
    ];
    let nth = 0;
    const ask = (() => {
      const answer = answers[nth++];
      if (!answer) return new Promise(() => {});
      return answer instanceof HostError ? Promise.reject(answer) : Promise.resolve(answer);
    }) as unknown as Ask;
    const heard = await new Promise((resolve) => hearing(ask, 5).hear(resolve));
    expect(heard).toBe('items');

    let asked = 0;
    const old = (() => (
      asked++,
      Promise.reject(new HostError('unknown-method', 'changes', 'none'))
    )) as unknown as Ask;
    hearing(old, 1).hear(() => {});
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked).toBe(1);
  });
});

describe('over a service', () => {
  let fixture: ServiceFixture;
  let service: Service;
  let tell: (what: EditorChange) => void;
  beforeEach(async () => {
    fixture = await startFixture();
    service = await startService({
      ...fixture.options,
      desk: { ...fixture.options.desk, glance },
      editor: { ...fixture.options.editor, watch: (changed) => ((tell = changed), () => {}) },
    });
    ends.push(
      () => fixture.end(),
      () => service.close(),
    );
  });
  const page = () =>
    loopback(service.origin, service.token, (url, init) =>
      fetch(url, {
        ...init,
        headers: { ...(init?.headers as Record<string, string>), origin: service.origin },
      }),
    );
  const next = (ask: Ask) => {
    let off: () => void;
    const heard = new Promise((resolve) => {
      off = hearing(ask).hear(resolve);
    });
    return heard.finally(() => off());
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

  it("the editor's word reaches a page through the host that every panel asks", async () => {
    vi.stubGlobal('location', { hash: `#token=${service.token}`, origin: service.origin });
    const plain = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
      plain(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), origin: service.origin },
      }),
    );
    const editor = await loopbackHost.connect();
    const heard = new Promise((resolve) => {
      const off = editor.watch!((what) => {
        off();
        resolve(what);
      });
    });
    await settled();
    tell('sequence');
    expect(await heard).toBe('sequence');
  });

  it('what one page applied is news to the other', async () => {
    const heard = next(page());
    await settled();
    await page()('editor', 'apply', [[{ id: 'a', kind: 'make-bin' }]]);
    expect(await heard).toBe('items');
  });

  it('a manifest written behind the back of the service is news to the question that waits', async () => {
    const ask = page();
    const cursors: unknown[] = [];
    const heard = next(((...asked) => {
      cursors.push(asked[2]?.[0]);
      return ask(...asked);
    }) as Ask);
    await settled();
    writeFileSync(fixture.manifest, '{"revision": 9}');
    expect(await heard).toBe('manifest');
    // The one that waited; another would have come after an answer with nothing in it.
    expect(cursors.filter((cursor) => cursor === 0)).toHaveLength(1);
  });

  it('a service that closes does not wait for those who wait', async () => {
    // Nobody's patience ends any more.
    const { setTimeout: later } = globalThis;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const waits = page()('service', 'changes', [0]).catch(() => 'ended');
    await new Promise((resolve) => later(resolve, 100));
    await service.close();
    await waits;
  });
});
