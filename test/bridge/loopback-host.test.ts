/** The editor behind baton serve is here when the page's address has a token, and is asked what any editor is asked. */
import { afterEach, expect, it, vi } from 'vitest';
import { HOSTS } from '../../bridge/hosts/index.ts';
import { loopbackEditor, loopbackHost } from '../../bridge/hosts/loopback.ts';
import type { Room } from '../../bridge/loopback.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('is found before every other host on a page with a token, and is not here without one', () => {
  vi.stubGlobal('location', { hash: '#token=abc', origin: 'http://127.0.0.1:1' });
  expect(HOSTS.find((host) => host.isHere())!.id).toBe('loopback');
  vi.stubGlobal('location', { hash: '', origin: 'file://' });
  expect(loopbackHost.isHere()).toBe(false);
  vi.unstubAllGlobals();
  expect(loopbackHost.isHere()).toBe(false);
});

it('refuses to connect without a token', async () => {
  await expect(loopbackHost.connect()).rejects.toMatchObject({ code: 'not-open' });
});

it('passes every question on with its arguments, and the answer back', async () => {
  const asked: [Room, string, unknown[]][] = [];
  const editor = loopbackEditor(<Value>(room: Room, method: string, args: unknown[]) => {
    asked.push([room, method, args]);
    return Promise.resolve(`answer ${asked.length}` as Value);
  });
  expect(await editor.about()).toBe('answer 1');
  await editor.snapshot();
  await editor.apply([]);
  await editor.readBack([]);
  await editor.sequences();
  await editor.sequence();
  await editor.sequence('s1');
  await editor.exportInterchange('s1', '/shoot/cuts/x.otio');
  expect(asked).toEqual([
    ['editor', 'about', []],
    ['editor', 'snapshot', []],
    ['editor', 'apply', [[]]],
    ['editor', 'readBack', [[]]],
    ['editor', 'sequences', []],
    ['editor', 'sequence', [null]],
    ['editor', 'sequence', ['s1']],
    ['editor', 'exportInterchange', ['s1', '/shoot/cuts/x.otio']],
  ]);
});
