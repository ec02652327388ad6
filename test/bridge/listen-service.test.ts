/** Listening over the loopback wire: begun, asked after and stopped, for the served manifest alone. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ListeningDesk, ListeningState } from '../../bridge/desk.ts';
import { startService, type Service } from '../../bridge/local/service.ts';
import { loopback, loopbackListening, type Ask } from '../../bridge/loopback.ts';
import { startFixture, type ServiceFixture } from './service-fixture.ts';

const asked: unknown[][] = [];
const state: ListeningState = { running: true, progress: null, listened: null, issues: [] };
const side = { reason: 'it holds no sound' };
const listening: ListeningDesk = {
  listen: async (...args) => (asked.push(['listen', ...args]), state),
  listening: async (...args) => (asked.push(['listening', ...args]), null),
  stopListening: async (...args) => (asked.push(['stop', ...args]), { ...state, running: false }),
  waveforms: async (...args) => (asked.push(['waveforms', ...args]), { picture: side, sound: side }),
  stopWaveforms: async (...args) => void asked.push(['stop waveforms', ...args]),
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

it('a page asks for peaks by the ids of clips and in whole numbers, of the served manifest alone', async () => {
  const far = loopbackListening(askOf(service));
  const { manifest, base } = fixture;
  const wanted = { picture: 'c1', sound: 's1', offsetSamples: -3, from: 0, to: 10, buckets: 300 };
  asked.length = 0;
  expect(await far.waveforms(manifest, wanted)).toEqual({ picture: side, sound: side });
  await far.stopWaveforms(manifest, 'c1');
  expect(asked).toEqual([
    ['waveforms', manifest, wanted],
    ['stop waveforms', manifest, 'c1'],
  ]);
  for (const wrong of [
    { buckets: 2001 },
    { buckets: 0 },
    { from: 0.5 },
    { picture: 7 },
    { offsetSamples: 'x' },
  ])
    await expect(far.waveforms(manifest, { ...wanted, ...wrong } as never)).rejects.toMatchObject({
      message: expect.stringContaining('args.1.'),
    });
  const elsewhere = join(base, 'shoot-2', 'handoff.json');
  await expect(far.waveforms(elsewhere, wanted)).rejects.toThrow('reaches only');
  await expect(far.stopWaveforms(elsewhere, 'c1')).rejects.toThrow('reaches only');
});

it('a service without ears does not know the question', async () => {
  const far = loopbackListening(askOf(fixture.service));
  await expect(far.listening(fixture.manifest)).rejects.toMatchObject({ code: 'unknown-method' });
});
