/** A UXP plugin and `baton serve`: found by its file, used for what needs Node, and missed without harm. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ScanState } from '../../bridge/desk.ts';
import { leaveServiceFile } from '../../bridge/local/service-file.ts';
import { startService, type Service } from '../../bridge/local/service.ts';
import { SERVE_PORTS } from '../../bridge/service-file.ts';
import { asking } from '../../bridge/uxp/bridge.ts';
import { bridgedDesk, offer } from '../../bridge/uxp/bridged.ts';
import { uxpDesk } from '../../bridge/uxp/desk.ts';
import { uxpFs, type UxpFs } from '../../bridge/uxp/fs.ts';
import { lender, type Lender } from '../../bridge/uxp/service.ts';
import { uxpManifest } from '../../build/manifests.ts';
import { standinFetch, type StandinFetchOptions } from '../../host/standin/uxp/fetch.ts';
import { standinFs } from '../../host/standin/uxp/fs.ts';
import { version } from '../../package.json';
import { handoff, picture } from '../fixtures/handoff.ts';
import { uxpStage } from '../host/uxp-stage.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';
import { wire } from './uxp-wire.ts';

const { domains } = (
  JSON.parse(uxpManifest('0.0.0', 'index.html')) as {
    requiredPermissions: { network: { domains: string[] } };
  }
).requiredPermissions.network;

const over: ScanState = {
  running: false,
  progress: null,
  scanned: { revision: 1, clips: 2, added: 2, unread: 0 },
  issues: [],
};

let home: string;
let fixture: ServiceFixture;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'baton-home-'));
  fixture = await startFixture();
  ends.push(
    () => fixture.end(),
    () => rmSync(home, { recursive: true, force: true }),
  );
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const fs = (): UxpFs => uxpFs(standinFs().module)!;
const serveFolder = () => join(home, '.baton', 'serve');

const fileOf = ({ origin, pluginToken, pluginProof }: Service) => ({
  origin,
  token: pluginToken,
  proof: pluginProof,
});

/** A service that scans, and its file. */
async function serve(port?: number): Promise<Service & { scans: string[]; crash(): Promise<void> }> {
  const scans: string[] = [];
  const service = await startService({
    ...fixture.options,
    ...(port === undefined ? {} : { port }),
    scanning: {
      scan: (path) => (scans.push(path), Promise.resolve(over)),
      scanning: () => Promise.resolve(over),
      stopScan: () => Promise.resolve(null),
    },
  });
  const file = await leaveServiceFile(fileOf(service), home);
  const close = async () => {
    await file.remove();
    await service.close();
  };
  ends.push(close);
  return { ...service, close, scans, crash: () => service.close() };
}

function plugin(more: Partial<StandinFetchOptions> = {}): Lender & { called: readonly string[] } {
  const { fetch, called } = standinFetch({ domains, ...more });
  const made = lender({ fs: fs(), home, fetcher: fetch, every: 60_000 });
  ends.push(() => made.stop());
  return { ...made, called };
}

async function servedOnListed(): Promise<Awaited<ReturnType<typeof serve>>> {
  for (const port of SERVE_PORTS)
    try {
      return await serve(port);
    } catch {
      // Taken by another.
    }
  throw new Error('every port of the list is taken');
}

describe('finding it', () => {
  test('without one the plugin works alone, and says how that ends', async () => {
    const alone = plugin();
    expect(await alone.look()).toBeNull();
    await expect(alone.ask('desk', 'scan', [fixture.manifest, {}])).rejects.toMatchObject({
      code: 'not-open',
      message: expect.stringMatching(/^baton serve does not answer: start it/),
    });
    expect(alone.called).toEqual([]);
  });

  test('its file leads to it, and its token opens it', async () => {
    const service = await serve();
    const found = plugin();
    expect(await found.look()).toEqual({ port: service.port });
    expect(await found.ask('desk', 'scan', [fixture.manifest, {}])).toEqual(over);
    expect(service.scans).toEqual([fixture.manifest]);
  });

  test('a manifest that the service was not started for is admitted, since a person opened it here', async () => {
    const service = await serve();
    const other = join(fixture.base, 'shoot-2', 'handoff.json');
    expect(await plugin().ask('desk', 'scan', [other, {}])).toEqual(over);
    expect(service.scans).toEqual([other]);
  });

  test.each<[string, Partial<StandinFetchOptions>, 'found' | 'alone']>([
    ['names no origin', { origin: null }, 'found'],
    [
      'names one of its own, and another where it is told to',
      { origin: 'file://', namesOrigin: true },
      'found',
    ],
    ['names none, and another where it is told to', { origin: null, namesOrigin: true }, 'found'],
    ['names one of its own whatever it is told', { origin: 'file://', namesOrigin: false }, 'alone'],
    ['names "null"', { origin: 'null', namesOrigin: false }, 'alone'],
    ['calls nothing but the web', { domains: ['https://example.org'] }, 'alone'],
  ])('where UXP %s', async (_how, how, what) => {
    const service = await serve();
    const found = plugin(how);
    expect(await found.look()).toEqual(what === 'found' ? { port: service.port } : null);
    if (what === 'found') expect(await found.ask('desk', 'scanning', [fixture.manifest])).toEqual(over);
    else
      await expect(found.ask('desk', 'scanning', [fixture.manifest])).rejects.toMatchObject({
        code: 'not-open',
      });
  });

  test('where UXP takes the port for part of the name, a port of the list is reached and no other', async () => {
    const listed = await servedOnListed();
    expect(await plugin({ ports: 'exact' }).look()).toEqual({ port: listed.port });
    await listed.close();
    await serve();
    expect(await plugin({ ports: 'exact' }).look()).toBeNull();
  });
});

describe('what is no service', () => {
  test('a file that nobody touched any more is not even tried', async () => {
    await serve();
    const past = new Date(Date.now() - 120_000);
    for (const name of readdirSync(serveFolder())) utimesSync(join(serveFolder(), name), past, past);
    const found = plugin();
    expect(await found.look()).toBeNull();
    expect(found.called).toEqual([]);
  });

  test('files that are none are passed over, and the one that is one is found among them', async () => {
    const service = await serve();
    for (const [name, text] of [
      ['a.json', ''],
      ['b.json', '{"kind":"baton-service","version":1,"origin":"https://evil.example","token":"x"}'],
      ['c.txt', '{}'],
      ['.d.json', '{}'],
    ] as const)
      writeFileSync(join(serveFolder(), name), text);
    mkdirSync(join(serveFolder(), 'e.json'));
    expect(await plugin().look()).toEqual({ port: service.port });
  });

  test('another token than the service has opens nothing', async () => {
    const service = await startService(fixture.options);
    ends.push(() => service.close());
    const file = await leaveServiceFile({ ...fileOf(service), token: 'b'.repeat(43) }, home);
    ends.push(() => file.remove());
    const found = plugin();
    expect(await found.look()).toBeNull();
    expect(found.called.length).toBeGreaterThan(0);
  });
});

/** A program on this machine that says yes to everything, in the manner of the service. Resolves to its origin. */
async function impostor(port = 0): Promise<string> {
  const value = { version, proof: 'i'.repeat(43), scanned: {} };
  const server = createServer((_request, response) => response.end(JSON.stringify({ ok: true, value })));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  ends.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('another program at the port of a service that died', () => {
  test('is not taken for the service whose file still lies there', async () => {
    const origin = await impostor();
    const file = await leaveServiceFile({ origin, token: 't'.repeat(43), proof: 'p'.repeat(43) }, home);
    ends.push(() => file.remove());
    const found = plugin();
    expect(await found.look()).toBeNull();
    await expect(found.ask('desk', 'scan', [fixture.manifest, {}])).rejects.toThrow(/does not answer/);
    expect(found.called.every((address) => address.endsWith('/api/service/hello'))).toBe(true);
  });

  test('is let go with the next look, though it answers like the one that was there', async () => {
    const service = await serve();
    const found = plugin();
    expect(await found.look()).toEqual({ port: service.port });
    await service.crash();
    await impostor(service.port);
    expect(await found.look()).toBeNull();
  });
});

describe('losing it', () => {
  test('a service that dies mid-work is said once, its work fails in words, and another is found', async () => {
    const first = await serve();
    const found = plugin();
    const told: unknown[] = [];
    found.watch((here) => told.push(here));
    await found.look();
    await found.ask('desk', 'scan', [fixture.manifest, {}]);
    await first.crash();
    await expect(found.ask('desk', 'scanning', [fixture.manifest])).rejects.toMatchObject({
      code: 'not-open',
      message: expect.stringMatching(/^baton serve does not answer/),
    });
    expect(found.now()).toBeNull();
    const second = await serve();
    expect(await found.ask('desk', 'scanning', [fixture.manifest])).toEqual(over);
    expect(told).toEqual([{ port: first.port }, null, { port: second.port }]);
  });

  test('what the service refuses is its answer, and no reason to let it go', async () => {
    const service = await serve();
    const found = plugin();
    await expect(found.ask('desk', 'verify', [fixture.manifest])).rejects.toMatchObject({
      code: 'unknown-method',
    });
    await expect(found.ask('desk', 'scan', [7])).rejects.toMatchObject({ code: 'refused' });
    expect(found.now()).toEqual({ port: service.port });
  });
});

describe('the panel in the WebView', () => {
  test('is told who lends, gets the desks over the bridge, and reads the handoff as ever when it is gone', async () => {
    writeFileSync(fixture.manifest, JSON.stringify(handoff([picture({ path: 'a.mov' })])));
    const service = await serve();
    const lent = plugin();
    await lent.look();
    const { page, plugin: end } = wire();
    const { editor } = uxpStage();
    const desk = uxpDesk(fs(), lent);
    const none = () => Promise.resolve(null);
    const answers = offer(end, { desk, editor, manifest: none, choose: none, lender: lent });
    ends.push(() => answers.close());
    const here = await bridgedDesk(asking(page));
    expect(here.lending!.now).toEqual({ port: service.port });
    expect(await here.scanning!.scan(fixture.manifest, {})).toEqual(over);
    const codes = async () => (await here.desk.open(fixture.manifest)).issues.map(({ code }) => code);
    expect(await codes()).toEqual(['works-with-service']);

    const told = new Promise((resolve) => here.lending!.watch(resolve));
    await service.crash();
    await expect(here.scanning!.scanning(fixture.manifest)).rejects.toMatchObject({ code: 'not-open' });
    expect(await told).toBeNull();
    expect(await codes()).toEqual(['works-alone']);
    expect(await here.desk.record(fixture.manifest, { kind: 'note', at: 'now' })).toMatchObject({
      revision: 2,
    });
    expect((await here.desk.glance!(fixture.manifest))!.stamp).not.toBe('');
  });

  test('a plugin with no way to a service offers no such desks', async () => {
    const { page, plugin: end } = wire();
    const none = () => Promise.resolve(null);
    const answers = offer(end, {
      desk: uxpDesk(fs()),
      editor: uxpStage().editor,
      manifest: none,
      choose: none,
    });
    ends.push(() => answers.close());
    const here = await bridgedDesk(asking(page));
    expect([here.scanning, here.listening, here.verifying, here.lending]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
