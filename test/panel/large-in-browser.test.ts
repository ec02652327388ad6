/** Fifty thousand clips in a real browser: what is being done is said, nothing holds the page up, and Cancel is heard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';
import { manyClips } from './many-clips.ts';

const browser = await startChromium();

let base: string;
let served: Served;

/** Milliseconds of the page's long tasks since the last call, the longest first. */
async function longTasks(page: Page): Promise<number[]> {
  const tasks = await page.evaluate(() => {
    const all = (window as unknown as { longTasks: number[] }).longTasks;
    return all.splice(0, all.length);
  });
  return tasks.sort((a, b) => b - a);
}

async function watched() {
  const { page, complaints } = await openPage(browser!, 'about:blank');
  await page.addInitScript(() => {
    const here = window as unknown as { longTasks: number[]; said: string[] };
    here.longTasks = [];
    here.said = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) here.longTasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask', buffered: true });
    new MutationObserver(() => {
      const words = document.querySelector(
        '[data-reading] label, [data-reading] .progress-words',
      )?.textContent;
      if (words && here.said[here.said.length - 1] !== words) here.said.push(words);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(served.url);
  return { page, complaints };
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

  it('are read in another thread, with the words for it, and the page stays awake', async () => {
    const { page, complaints } = await watched();
    await page.getByText(/^last read/).waitFor({ timeout: 100_000 });
    const opening = await longTasks(page);
    for (const [step, role, name] of [
      ['Bins', 'tree', 'Planned bins'],
      ['Sync', 'list', 'Sync verdicts'],
    ] as const) {
      await openStep(page, step);
      await page.getByRole(role, { name }).waitFor({ timeout: 60_000 });
    }
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said[0]).toMatch(/^Checking 50,000 clips/);
    expect(page.workers()).toHaveLength(1);
    console.log(`Long tasks while 50,000 clips were opened, ms: ${opening.join(' ')}`);
    // Checking, timecode, hash and plan take some four seconds; none of them may be among these.
    expect(opening[0] ?? 0).toBeLessThan(1000);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);

  it('are not waited for: Cancel ends the reading at once', async () => {
    const { page, complaints } = await watched();
    await page.locator('[data-reading]').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('note').getByText('Reading was stopped.').waitFor({ timeout: 5000 });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
