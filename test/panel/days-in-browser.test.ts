/** Whole days in a real browser: a coordinator builds and signs a handoff, and a day on which everything goes wrong. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep, seriousViolations, unjudgedContrast } from '../browser/page.ts';
import { serve } from '../browser/served.ts';

const browser = await startChromium();

let base: string;
const OURS = ['handoff.json', '.baton', 'cuts'];

async function handoffIn(folder: string): Promise<Handoff> {
  return JSON.parse(await readFile(join(base, folder, 'handoff.json'), 'utf8')) as Handoff;
}

const applied = (page: Page) => page.getByRole('button', { name: /^Apply \d+ changes$/ });

/** What axe cannot judge is what lies partly below a list's edge, and counts of one digit. */
async function sound(page: Page): Promise<void> {
  expect(await seriousViolations(page)).toEqual([]);
  const open = await unjudgedContrast(page);
  expect(open.filter((text) => !/overlap|obscured|too short|has no value/i.test(text))).toEqual([]);
}

describe.skipIf(!browser)('days in Chromium', () => {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'baton-days-'));
    await (await serve(['--demo', '--dir', join(base, 'demo')], base)).stop();
    const media = { recursive: true, filter: (from: string) => !OURS.includes(basename(from)) };
    await cp(join(base, 'demo'), join(base, 'drive'), media);
  }, 120_000);

  afterAll(async () => {
    await browser!.close();
    await rm(base, { recursive: true, force: true });
  });

  it('the coordinator: from a folder of media to a signed handoff, with the keyboard where it counts', async () => {
    const served = await serve([join(base, 'drive')], base);
    const { page, complaints } = await openPage(browser!, served.url, { width: 320 });
    await page.getByText('There is no handoff in this folder yet').waitFor();
    await sound(page);
    await page.getByRole('button', { name: 'Build from this folder' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Scan again' }).waitFor();
    const before = (await handoffIn('drive')).clips.length;
    expect(before).toBeGreaterThan(20);

    await page.getByRole('button', { name: 'Let it stand…' }).first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('The director wants it so');
    await sound(page);
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: /^Let stand 1/ }).waitFor();
    expect((await handoffIn('drive')).waivers).toMatchObject([{ reason: 'The director wants it so' }]);
    await page.getByRole('button', { name: /^Undo Let stand/ }).click();
    await page.getByRole('radio', { name: /^Let stand 1/ }).waitFor({ state: 'detached' });
    expect((await handoffIn('drive')).waivers).toBeUndefined();

    await page.getByRole('button', { name: 'Mark as MOS' }).first().click();
    await page.getByRole('button', { name: /^Undo MOS/ }).waitFor();

    await page.getByRole('button', { name: 'Not signed off' }).click();
    await page.getByLabel('Name').fill('Ada Lund');
    await page.getByLabel('Role').fill('Coordinator');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Signed off by Ada Lund', exact: true }).waitFor();
    expect((await handoffIn('drive')).signOff).toMatchObject({ by: 'Ada Lund', role: 'Coordinator' });
    expect((await handoffIn('drive')).clips).toHaveLength(before);
    expect(complaints).toEqual([]);
    await page.context().close();
    await served.stop();
  });

  it('a bad day: written by another, the service gone in the middle, taken up again, and all taken back', async () => {
    const manifest = join(base, 'demo', 'handoff.json');
    const served = await serve([manifest], base);
    const first = await openPage(browser!, served.url);
    await applied(first.page)
      .or(first.page.getByText(/^last read/))
      .first()
      .waitFor();
    const theirs = { ...(await handoffIn('demo')), revision: 40 };
    await writeFile(manifest, JSON.stringify(theirs));
    await first.page.locator('[data-changed]').getByText('revision 40').waitFor();
    await first.page.getByRole('button', { name: 'Read it' }).click();
    await first.page.getByText('revision 40', { exact: true }).waitFor();

    await openStep(first.page, 'Bins');
    await first.page.route('**/api/editor/apply', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue().catch(() => undefined);
    });
    await applied(first.page).click();
    await first.page.waitForFunction(() =>
      /[2-9]\d of \d+/.test(document.querySelector('[data-progress]')?.textContent ?? ''),
    );
    await served.stop();
    await first.page.getByText('baton serve does not answer').first().waitFor();
    await first.page.getByText('Nothing is lost').waitFor();
    await first.page.context().close();

    const again = await serve([manifest], base);
    const { page, complaints } = await openPage(browser!, again.url);
    await openStep(page, 'Bins');
    await page.getByText('did not come to its end').waitFor();
    await sound(page);
    await applied(page).click();
    await page.getByText('Nothing to do: the project holds what the handoff says').waitFor();
    await page.getByRole('button', { name: 'Dismiss receipt' }).click();

    await page.getByRole('button', { name: 'Revert…' }).click();
    await page.getByText(/^Taking back this import, in two parts: \d+ changes$/).waitFor();
    await sound(page);
    await page.getByRole('button', { name: /^Take back \d+ changes$/ }).click();
    await page.getByText(/changes taken back$/).waitFor();
    await page.getByText(/^Taken back\. Apply again would make \d+ changes\.$/).waitFor();
    expect(await page.locator('.actions .button.primary').count()).toBe(0);
    await openStep(page, 'Sync');
    await openStep(page, 'Bins');
    await applied(page).waitFor();
    const kinds = (await handoffIn('demo')).history.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'import' || kind === 'revert')).toEqual([
      'import',
      'import',
      'revert',
    ]);
    expect(complaints).toEqual([]);
    await page.context().close();
    await again.stop();
  });
});
