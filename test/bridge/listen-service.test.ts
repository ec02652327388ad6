/** Listening over the loopback wire: begun, asked after and stopped, for the served manifest alone. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ListeningDesk, ListeningState } from '../../bridge/desk.ts';
import { startService, type Service } from '../../bridge/local/service.ts';
import { loopback, loopbackListening, type Ask } from '../../bridge/loopback.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

const asked: unknown[][] = [];
const state: ListeningState = { running: true, progress: null, listened: null, issues: [] };
const listening: ListeningDesk = {
  listen: async (...args) => (asked.push(['listen', ...args]), state),
  listening: async (...args) => (asked.push(['listening', ...args]), null),
  stopListening: async (...args) => (asked.push(['stop', ...args]), { ...state, running: false }),
};

let fixture: ServiceFixture;
let service: Service;
const askOf = ({ origin, token }: Service): Ask =>
  loopback(origin, token, (url, init) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), origin } }),
  );

beforeAll(async () => {
  fixture = await startFixture();
  service = await startService({ ...fixture.options, listening });
});
afterAll(async () => {
  await service.close();
  await fixture.end();
});

it('a page begins it, asks how far it is, and stops it', async () => {
  const far = loopbackListening(askOf(service));
  const { manifest } = fixture;
  expect(await far.listen(manifest, { clips: ['a.mov'] })).toEqual(state);
  expect(await far.listening(manifest)).toBeNull();
  expect(await far.stopListening(manifest)).toMatchObject({ running: false });
  expect(asked).toEqual([
    ['listen', manifest, { clips: ['a.mov'] }],
    ['listening', manifest],
    ['stop', manifest],
  ]);
});

it('no page has another folder listened to, or says anything but paths', async () => {
  const far = loopbackListening(askOf(service));
  const elsewhere = join(fixture.base, 'shoot-2', 'handoff.json');
  await expect(far.listen(elsewhere, {})).rejects.toMatchObject({
    message: expect.stringContaining('reaches only'),
  });
  await expect(far.listen(fixture.manifest, { clips: [7] } as never)).rejects.toMatchObject({
    message: expect.stringContaining('args.1.clips.0'),
  });
});

it('a service without ears does not know the question', async () => {
  const far = loopbackListening(askOf(fixture.service));
  await expect(far.listening(fixture.manifest)).rejects.toMatchObject({ code: 'unknown-method' });
});
