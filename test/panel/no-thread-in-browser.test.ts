/** A page that gets no thread, in a real browser: it loads the same answers as a script of its own, under the service's policy. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep } from '../browser/page.ts';
import { serve } from '../browser/served.ts';

const browser = await startChromium();

afterAll(() => browser?.close());

it.skipIf(!browser).each(['has no Worker', 'is refused one', 'gets one that dies'])(
  'a page that %s checks and plans all the same',
  async (how) => {
    const base = await mkdtemp(join(tmpdir(), 'baton-no-thread-'));
    const served = await serve(['--demo', '--dir', join(base, 'demo')], base);
    const { page, complaints } = await openPage(browser!, 'about:blank');
    await page.addInitScript((asked) => {
      const here = window as unknown as { Worker?: unknown };
      if (asked === 'has no Worker') delete here.Worker;
      else
        here.Worker = function refused(this: { onerror?: (event: object) => void }) {
          if (asked === 'is refused one') throw new DOMException('denied', 'SecurityError');
          Object.assign(this, { postMessage() {}, terminate() {} });
          setTimeout(() => this.onerror?.({}), 30);
        };
    }, how);
    await page.goto(served.url);
    await page.getByText(/^last read/).waitFor();
    expect(page.workers()).toHaveLength(0);
    expect(await page.getByRole('tree', { name: 'Issues' }).innerText()).toMatch(/Warning[^]*Fix: /);
    await openStep(page, 'Bins');
    await page.getByRole('button', { name: /^Apply \d+ changes$/ }).waitFor();
    expect(
      await page.evaluate(() => [...document.scripts].map(({ src }) => src.replace(/.*\//, ''))),
    ).toEqual(['panel.js', 'work.js']);
    expect(complaints).toEqual([]);
    await served.stop();
    await page.context().close();
    await rm(base, { recursive: true, force: true });
  },
  60_000,
);
