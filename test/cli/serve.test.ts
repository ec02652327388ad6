/** baton serve: what it refuses in one clear line, and that Ctrl-C ends it cleanly, whoever is connected. */
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serve } from '../browser/served.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { baton, tempFolder } from './baton.ts';

function manifest(): string {
  const path = join(tempFolder(), 'handoff.json');
  writeFileSync(path, JSON.stringify(handoff([picture({ path: 'a.mov' })])));
  return path;
}

it.each([
  [['serve', '--port', 'eighty'], /--port wants a number from 0 to 65535/],
  [['serve', '--port', '70000'], /--port wants a number from 0 to 65535/],
  [['serve', 'a.json', '--demo'], /MANIFEST or --demo, not both/],
  [['serve', '--dir', 'x'], /--dir says where the example of --demo lies/],
  [['serve', join(tempFolder(), 'nothing.json')], /nothing\.json/],
])('%j is refused with the reason', async (args, says) => {
  const { code, stdout, stderr } = await baton(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});

it('a port that is taken is named, and no other is taken instead', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await baton('serve', manifest(), '--port', String(port));
  other.close();
  expect([code, stderr.trim()]).toEqual([
    2,
    `baton: port ${port} is taken: choose another with --port, or none`,
  ]);
});

it('a project state that is damaged is refused before anything is served', async () => {
  const path = manifest();
  const first = await serve([path], tempFolder());
  expect(await first.stop()).toBe(0);
  const state = join(path, '..', '.baton', 'standin-premiere.json');
  writeFileSync(state, '{"kind":"standin-premiere"}');
  const { code, stderr } = await baton('serve', path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/stand-in/);
  rmSync(state);
});

it('Ctrl-C ends it, also with a page connected and one that never ends its question', async () => {
  const served = await serve([manifest()], tempFolder());
  // Waited for, it would be for longer than this test may last.
  const slow = connect(Number(new URL(served.url).port), '127.0.0.1');
  slow.on('error', () => {});
  await new Promise<void>((resolve) => slow.write('GET / HTTP/1.1\r\n', () => resolve()));
  const page = await fetch(served.url);
  expect(page.status).toBe(200);
  expect(slow.readyState).toBe('open');
  expect(await served.stop()).toBe(0);
  slow.destroy();
});

it('where the user has no folder to leave its address in, it says so and serves all the same', async () => {
  const home = process.env['HOME'];
  process.env['HOME'] = join(tempFolder(), 'nowhere', 'at', 'all');
  try {
    const served = await serve([manifest()], tempFolder());
    expect((await fetch(served.url)).status).toBe(200);
    expect(await served.stop()).toBe(0);
  } finally {
    process.env['HOME'] = home;
  }
});
