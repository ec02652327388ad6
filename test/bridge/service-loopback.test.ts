/** The panel's end of the loopback wire: the same questions, the same answers, the same errors as beside the disk. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startService } from '../../bridge/local/service.ts';
import { loopback, loopbackDesk, servedManifests, type Ask } from '../../bridge/loopback.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

let fixture: ServiceFixture;
let own: Ask;

beforeAll(async () => {
  fixture = await startFixture();
  const { origin, token } = fixture.service;
  own = loopback(origin, token, (url, init) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), origin } }),
  );
});

afterAll(() => fixture.end());

it('the desk is asked the same questions as one on this side', async () => {
  const { manifest, asked } = fixture;
  const far = loopbackDesk(own);
  expect(await servedManifests(own)).toEqual([manifest]);
  expect(await far.open(manifest)).toEqual({
    path: manifest,
    handoff: null,
    issues: [],
    roots: {},
    facts: {},
    files: {},
  });
  expect(await far.record(manifest, { kind: 'import', at: '2026-01-01T00:00:00Z' })).toEqual({
    revision: 7,
  });
  expect(asked.at(-1)).toEqual(['record', manifest, { kind: 'import', at: '2026-01-01T00:00:00Z' }]);
});

it("an editor's refusal keeps its code, and a fault of our own says so", async () => {
  await expect(own('editor', 'about', [])).rejects.toMatchObject({
    code: 'not-open',
    message: 'no project is open',
  });
  await expect(own('editor', 'sequences', [])).rejects.toMatchObject({ code: 'host-threw' });
  await expect(own('editor', 'nothing', [])).rejects.toMatchObject({ code: 'unknown-method' });
  await expect(own('editor', 'syncSound', [[]])).rejects.toMatchObject({
    code: 'refused',
    message: 'This editor links no sound by itself.',
  });
  await expect(own('editor', 'syncSound', [[{ picture: 'A001.mov' }]])).rejects.toMatchObject({
    message: expect.stringContaining('picture'),
  });
  await expect(loopbackDesk(own).open('/etc/passwd')).rejects.toMatchObject({ code: 'refused' });
});

it("the editor's state is saved before the page hears that a chunk is done", async () => {
  const before = fixture.saves();
  const results = await own('editor', 'apply', [[{ id: 'a', kind: 'make-bin' }]]);
  expect(results).toEqual([{ id: 'a', result: 'verified' }]);
  expect(fixture.saves()).toBe(before + 1);
});

it('a service that is gone is said in words', async () => {
  const gone = await startService(fixture.options);
  await gone.close();
  await expect(loopback(gone.origin, gone.token)('desk', 'open', [fixture.manifest])).rejects.toMatchObject({
    code: 'not-open',
  });
});

it('a panel that is not built is said with the cure', async () => {
  await expect(startService({ ...fixture.options, panel: join(fixture.base, 'nothing') })).rejects.toThrow(
    /npm run build/,
  );
});

it('a port that is taken is an error, not another port', async () => {
  await expect(startService({ ...fixture.options, port: fixture.service.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
