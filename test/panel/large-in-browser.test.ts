/** Fifty thousand clips in a real browser: what is being done is said, only what is in sight is in the page, and Cancel is heard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';
import { stopsDuring } from '../browser/stops.ts';
import { manyClips } from './many-clips.ts';

const browser = await startChromium();

let base: string;
let served: Served;

/** Elements in the page, whatever is done: those of a window, where a shoot of so many clips has hundreds of thousands. */
const MOST = 1000;

/** Does it, and gives the milliseconds of the processor that the longest task of the page took: to be printed, as bench/panel.ts does of far more. */
async function longest(page: Page, act: () => Promise<unknown>): Promise<number> {
  const [first] = await stopsDuring(browser!, page, act);
  return Math.round(first?.cpu ?? 0);
}

async function watched() {
  const { page, complaints } = await openPage(browser!, 'about:blank');
  await page.addInitScript(() => {
    const here = window as unknown as { said: string[] };
    here.said = [];
    new MutationObserver(() => {
      const words = document.querySelector(
        '[data-reading] label, [data-reading] .progress-words',
      )?.textContent;
      if (words && here.said[here.said.length - 1] !== words) here.said.push(words);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return { page, complaints, open: () => page.goto(served.url) };
}

describe.skipIf(!browser)('fifty thousand clips', () => {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'baton-large-'));
    served = await serve([await manyClips(join(base, 'many'), 50_000)], base);
  }, 120_000);

  afterAll(async () => {
    await served.stop();
    await browser!.close();
    await rm(base, { recursive: true, force: true });
  });

  it('are read in another thread, with the words for it, and drawn no further than they are in sight', async () => {
    const { page, complaints, open } = await watched();
    const read = () => page.getByText(/^last read/).waitFor({ timeout: 100_000 });
    const view = async (step: string, role: 'tree' | 'list', name: string) => {
      await openStep(page, step);
      await page.getByRole(role, { name }).waitFor({ timeout: 60_000 });
    };
    const type = (name: string) => async () => {
      await page.getByRole('searchbox', { name }).pressSequentially('_12_', { delay: 60 });
      await page.waitForTimeout(500);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(500);
    };
    const stops: [string, number][] = [];
    const elements: [string, number][] = [];
    for (const [what, act] of [
      ['reading', () => open().then(read)],
      ['issues filtered', type('Filter issues')],
      ['Bins', () => view('Bins', 'tree', 'Planned bins')],
      ['bins filtered', type('Filter clips')],
      ['Sync', () => view('Sync', 'list', 'Sync verdicts')],
      ['verdicts filtered', type('Filter clips')],
      ['a verdict opened', () => page.locator('.row-button').first().click()],
      ['Handoff again', () => view('Handoff', 'tree', 'Issues')],
    ] as [string, () => Promise<unknown>][]) {
      stops.push([what, await longest(page, act)]);
      elements.push([what, await page.evaluate(() => document.querySelectorAll('*').length)]);
    }
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said[0]).toMatch(/^Checking 50,000 clips/);
    expect(page.workers()).toHaveLength(1);
    console.log(
      `Longest tasks at 50,000 clips, ms of the processor: ${stops.map((each) => each.join(' ')).join(', ')}`,
    );
    expect(elements.filter(([, count]) => count > MOST)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('are not waited for: Cancel ends the reading before its end', async () => {
    const { page, complaints, open } = await watched();
    await open();
    await page.locator('[data-reading]').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('note').getByText('Reading was stopped.').waitFor({ timeout: 60_000 });
    expect(await page.getByText(/^last read/).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
