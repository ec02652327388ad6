/** The panel's own keys in a real browser: they work with the focus on nothing, and never where something is typed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep } from '../browser/page.ts';
import { serveDemo, type Served } from '../browser/served.ts';

const browser = await startChromium();

let served: Served;

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('placeholder') ?? document.activeElement?.tagName);
const blur = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

describe.skipIf(!browser)('keys', () => {
  beforeAll(async () => {
    served = await serveDemo();
  }, 120_000);

  afterAll(async () => {
    await served.stop();
    await browser!.close();
  });

  it('/ goes to the filter of the open step, also with the focus on the bare page', async () => {
    const { page } = await openPage(browser!, served.url);
    await page.getByRole('tree', { name: 'Issues' }).waitFor();
    expect(await focused(page)).toBe('BODY');
    for (const [step, label] of [
      ['Handoff', 'Filter issues'],
      ['Bins', 'Filter clips'],
      ['Sync', 'Filter clips'],
      ['Markers', 'Filter notes'],
    ] as const) {
      if (step !== 'Handoff') await openStep(page, step);
      await page.getByRole('searchbox', { name: label }).waitFor();
      await blur(page);
      await page.keyboard.press('/');
      expect([step, await focused(page)]).toEqual([step, label]);
    }
    await page.context().close();
  });

  it('/ is a letter where something is typed, and no key of ours with Ctrl', async () => {
    const { page } = await openPage(browser!, served.url);
    const filter = page.getByRole('searchbox', { name: 'Filter issues' });
    await filter.waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('a/b');
    expect(await filter.inputValue()).toBe('a/b');
    await page.getByRole('button', { name: /^Not signed off|^Signed off|^Changed since/ }).click();
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.keyboard.type('x/y');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('x/y');
    await blur(page);
    await page.keyboard.press('Control+/');
    expect(await focused(page)).toBe('BODY');
    await page.context().close();
  });

  it('Esc cancels what is being done, with the focus on the bare page', async () => {
    const { page } = await openPage(browser!, served.url);
    await openStep(page, 'Bins');
    await page.route('**/api/editor/apply', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await route.continue();
    });
    await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
    await page.waitForFunction(() =>
      /[1-9]\d* of \d+/.test(document.querySelector('[data-progress]')?.textContent ?? ''),
    );
    await blur(page);
    await page.keyboard.press('Escape');
    await page.getByText(/^Stopped: \d+ of \d+ changes made$/).waitFor();
    await page.context().close();
  });

  it('keys with Ctrl or Alt are left to the browser in trees and in the picture of the day', async () => {
    const { page } = await openPage(browser!, served.url);
    await page.evaluate(() => {
      const here = window as unknown as { held: string[] };
      here.held = [];
      window.addEventListener('keydown', (event) => event.defaultPrevented && here.held.push(event.key));
    });
    await openStep(page, 'Sync');
    await page.locator('.day-canvas').focus();
    for (const key of ['Control+0', 'Alt+ArrowLeft', 'ArrowRight']) await page.keyboard.press(key);
    await openStep(page, 'Bins');
    await page.getByRole('tree', { name: 'Planned bins' }).focus();
    for (const key of ['Control+Home', 'Alt+ArrowLeft', 'ArrowDown']) await page.keyboard.press(key);
    const held = await page.evaluate(() => (window as unknown as { held: string[] }).held);
    expect(held).toEqual(['ArrowRight', 'ArrowDown']);
    await page.context().close();
  });
});
