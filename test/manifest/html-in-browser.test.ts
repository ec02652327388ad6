/** The report of a cut in a real browser: hostile names are words, bars lead to rows, and it fits every window and the paper. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { RATES } from '../../manifest/time/rate.ts';
import { startChromium } from '../browser/chromium.ts';
import { seriousViolations } from '../browser/page.ts';
import { event, list, midnightCut, pictureSource, track } from './cutlist-samples.ts';
import { report, READ, hostileCut } from './html-stage.ts';

describe('the report in a browser', () => {
  let browser: Browser | null;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(() => browser?.close());

  async function open(text: string): Promise<{ page: Page; asked: string[] }> {
    const page = await (await browser!.newContext({ viewport: { width: 900, height: 800 } })).newPage();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.setContent(text);
    return { page, asked };
  }

  it('shows hostile names as they are, runs nothing and asks for nothing', async () => {
    if (!browser) return;
    const { page, asked } = await open(report(hostileCut()));
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(asked).toEqual([]);
    const names = await page.evaluate(
      '[...document.querySelectorAll("tr[id] td:nth-child(2)")].map((cell) => cell.textContent)',
    );
    expect(names).toEqual(READ);
    expect(await page.title()).toBe(READ[3]);
  });

  it('fits its window and the paper, and every bar leads to its row', async () => {
    if (!browser) return;
    const { page } = await open(report(midnightCut()));
    for (const width of [900, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    const lost = await page.evaluate(
      '[...document.querySelectorAll("svg a")].filter((link) => !document.querySelector(CSS.escape ? "#" + CSS.escape(link.getAttribute("href").slice(1)) : "")).length',
    );
    expect(lost).toBe(0);
    expect(await page.evaluate('document.querySelectorAll("svg a").length')).toBe(8);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // A4 less its margins, at 96 dots an inch.
    await page.setViewportSize({ width: 688, height: 1000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    if (process.env['BATON_LOOK']) writeFileSync(`${process.env['BATON_LOOK']}/report.pdf`, pdf);
  });

  it('labels of the ruler never touch, on a telephone, a tablet, a desk and paper, however long the cut', async () => {
    if (!browser) return;
    const rate = RATES['29.97df'];
    for (const frames of [20, 200, 960, 5000, 31_000, 108_000, 400_000]) {
      const cut = list(rate, '01:00:00;00', [
        track('V1', [event(pictureSource('A1', rate, '10:00:00;00'), 0, frames, 0, rate)]),
      ]);
      const { page } = await open(report(cut));
      for (const width of [320, 360, 400, 479, 480, 600, 688, 759, 760, 900, 1400]) {
        await page.setViewportSize({ width, height: 800 });
        const boxes = (await page.evaluate(
          '[...document.querySelectorAll(".strip text")].map((text) => text.getBoundingClientRect()).filter((box) => box.width > 0).map(({ left, right }) => [left, right])',
        )) as [number, number][];
        expect(boxes.length).toBeGreaterThan(0);
        boxes.forEach(([left, right], at) => {
          if (at > 0) expect(left, `${frames} frames at ${width}`).toBeGreaterThan(boxes[at - 1]![1] + 2);
          expect(right).toBeLessThanOrEqual(width);
        });
      }
      await page.context().close();
    }
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, in %s', async (colorScheme) => {
    if (!browser) return;
    const { page } = await open(report(midnightCut()));
    await page.emulateMedia({ colorScheme });
    expect(await seriousViolations(page)).toEqual([]);
  });
});
