/** A second visit in a real browser opens where the first one was left, without the tour; and Premiere's three themes can be read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep, seriousViolations } from '../browser/page.ts';
import { serveDemo, type Served } from '../browser/served.ts';

const browser = await startChromium();

let served: Served;

describe.skipIf(!browser)('a visit', () => {
  beforeAll(async () => {
    served = await serveDemo();
  }, 120_000);

  afterAll(async () => {
    await served.stop();
    await browser!.close();
  });

  it('goes on where the last one was: step, filter, closed bins, how far the list was scrolled; no tour', async () => {
    const { page, complaints } = await openPage(browser!, served.url);
    await page.getByRole('complementary', { name: 'How Baton works' }).waitFor();
    for (const press of ['Next', 'Next', 'Next', 'Got it'])
      await page.getByRole('button', { name: press, exact: true }).click();
    await openStep(page, 'Sync');
    await openStep(page, 'Bins');
    const tree = page.getByRole('tree', { name: 'Planned bins' });
    await tree.getByText('_Rejected', { exact: true }).click();
    await page.keyboard.press('ArrowLeft');
    await tree.evaluate((list) => {
      list.scrollTop = 180;
    });
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByRole('button', { name: /^2 Bins/, expanded: true }).waitFor();
    await tree.getByText('B-roll', { exact: true }).waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.querySelector('[role=tree]')?.scrollTop === 180);
    expect(await page.getByText('DO_NOT_USE').count()).toBe(0);
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.getByRole('searchbox').fill('dusk');
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByRole('searchbox').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('dusk');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['darkest', 'dark', 'light'])('axe finds nothing serious in %s, with the tour', async (theme) => {
    const { page } = await openPage(browser!, served.url);
    await page.getByText(/^last read/).waitFor();
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    for (const step of ['Handoff', 'Bins', 'Sync', 'Markers', 'Cut']) {
      await openStep(page, step);
      expect([step, await seriousViolations(page)]).toEqual([step, []]);
    }
    await page.context().close();
  });
});
