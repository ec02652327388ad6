/** Two pages of one `baton serve` in a real browser: what one does the other hears of, and files are proven from the panel. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';
import { baton } from '../cli/baton.ts';

const browser = await startChromium();

let base: string;
let served: Served;
const demo = () => join(base, 'demo');

describe.skipIf(!browser)('two pages in Chromium', () => {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'baton-pages-'));
    served = await serve(['--demo', '--dir', demo()], base);
  }, 120_000);
  afterAll(async () => {
    await browser!.close();
    await served.stop();
    await rm(base, { recursive: true, force: true });
  });

  it('what one page applied is news to the other, and none to itself', async () => {
    const [a, b] = [await openPage(browser!, served.url), await openPage(browser!, served.url)];
    for (const { page } of [a, b]) {
      await openStep(page, 'Bins');
      await page.getByRole('button', { name: /^Apply \d+ changes$/ }).waitFor();
    }
    await a.page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
    await b.page
      .getByText(/were changed in the editor since|was changed in the editor since|Someone wrote/)
      .first()
      .waitFor();
    await a.page.getByRole('button', { name: 'Dismiss receipt' }).waitFor();
    await a.page.waitForTimeout(2500);
    expect(await a.page.getByText(/since you read it|since they were read|since it was read/).count()).toBe(
      0,
    );
    expect([...a.complaints, ...b.complaints]).toEqual([]);
    for (const { page } of [a, b]) await page.context().close();
  });

  it('a handoff that somebody wrote is said without a look of the page’s own', async () => {
    const { page, complaints } = await openPage(browser!, served.url);
    await page.getByRole('button', { name: 'Scan again' }).waitFor();
    await page.waitForTimeout(1500);
    // Our looks at the disk by ourselves come every four seconds; these are held back, and none begins anew.
    await page.evaluate('for (let id = 1; id < 9999; id++) clearInterval(id); window.setInterval = () => 0');
    expect(
      (
        await baton(
          'mark',
          join(demo(), 'handoff.json'),
          'CAMERA_A/A001/SCENE_07_TAKE_01_A.mov',
          '--pick',
          'circled',
        )
      ).stderr,
    ).toBe('');
    await page
      .getByText(/^Someone wrote revision \d+ of the handoff/)
      .first()
      .waitFor({ timeout: 20_000 });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('files that no list speaks of are said to be unproven, and how to change that', async () => {
    const { page, complaints } = await openPage(browser!, served.url);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page
      .getByText(/^No hash list lies with these files, so 28 files cannot be proven/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
