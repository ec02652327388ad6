/** What a narrow panel keeps in sight, and that of anything being done there is one bar and one Cancel, wherever a person looks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';
import { emptyPage, openStep } from '../browser/page.ts';
import { serveDemo, type Served } from '../browser/served.ts';

const browser = await startChromium();

let served: Served;

describe.skipIf(!browser)('the panel', () => {
  beforeAll(async () => {
    served = await serveDemo();
  }, 120_000);

  afterAll(async () => {
    await served.stop();
    await browser!.close();
  });

  /** Not the first visit: there is no tour. */
  async function open(width: number) {
    const watched = await emptyPage(browser!, { width });
    await watched.page.addInitScript(() => localStorage.setItem('baton.tour', 'seen'));
    await watched.page.goto(served.url);
    return watched;
  }

  const verdicts = (page: Page) => page.getByRole('list', { name: 'Sync verdicts' });

  it.each([
    [230, 1],
    [320, 2],
  ])(
    'at %i px lists verdicts to choose from in one line, with %i rows whole in sight',
    async (width, least) => {
      const { page, complaints } = await open(width);
      await openStep(page, 'Sync');
      await verdicts(page).waitFor();
      await expect.poll(() => wholeRows(page)).toBeGreaterThanOrEqual(least);
      const list = page.getByRole('combobox', { name: 'Verdicts shown' });
      expect(await page.getByRole('radiogroup', { name: 'Verdicts shown' }).count()).toBe(0);
      await list.selectOption('mos');
      await expect.poll(() => verdicts(page).getByRole('button').allInnerTexts()).toHaveLength(2);
      for (const row of await verdicts(page).getByRole('button').allInnerTexts())
        expect(row).toContain('MOS');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('at 400 px has a chip for each instead', async () => {
    const { page } = await open(400);
    await openStep(page, 'Sync');
    await page.getByRole('radio', { name: /^MOS/ }).waitFor();
    expect(await page.getByRole('combobox').count()).toBe(0);
    await page.context().close();
  });

  it('shows one bar with one Cancel of what is being done: in its own view, or above any other', async () => {
    const { page, complaints } = await open(400);
    await page.getByText(/^last read/).waitFor();
    const far = {
      running: true,
      progress: { done: 1e6, total: 4e6, current: 'A001.mov' },
      verified: null,
      issues: [],
    };
    await page.route(/\/api\/desk\/verify(ing)?$/, (route) =>
      route.fulfill({ json: { ok: true, value: far } }),
    );
    await openStep(page, 'Handoff');
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await page.getByText('1 of 4', { exact: true }).waitFor();
    expect([await cancel.count(), await page.getByRole('progressbar').count()]).toEqual([1, 1]);
    await openStep(page, 'Bins');
    await page.getByText('1 of 4', { exact: true }).waitFor();
    expect([await cancel.count(), await page.getByRole('progressbar').count()]).toEqual([1, 1]);
    await page.unrouteAll();
    await cancel.click();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Rows with their reason in sight, from the list's upper edge to its lower. */
function wholeRows(page: Page): Promise<number> {
  return page.evaluate(() => {
    const list = document.querySelector('[aria-label="Sync verdicts"]')!.getBoundingClientRect();
    return [...document.querySelectorAll('[aria-label="Sync verdicts"] .row-button')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= list.top && bottom <= list.bottom;
    }).length;
  });
}
