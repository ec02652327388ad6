/** The pictures of the README and the docs: each step of the panel, in Chromium, on the example handoff. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { openPage, openStep } from './page.ts';
import { serve } from './served.ts';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

it('docs/images/ shows every step', async () => {
  const browser = await startChromium();
  expect(browser, 'no Chromium starts here').not.toBeNull();
  const base = await mkdtemp(join(tmpdir(), 'baton-pictures-'));
  const served = await serve(['--demo', '--dir', join(base, 'Harbour Lights')], base);
  const { page } = await openPage(browser!, served.url, { width: 400 });
  const shoot = async (step: string, name = step.toLowerCase()) => {
    await openStep(page, step);
    await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled' });
  };
  await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
  await page.getByRole('button', { name: 'Close the tour' }).click();
  await shoot('Handoff');
  await shoot('Bins');
  await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
  await page
    .getByText(/verified/)
    .first()
    .waitFor();
  await shoot('Bins', 'receipt');
  for (const step of ['Sync', 'Markers', 'Cut']) await shoot(step);
  await served.stop();
  await browser!.close();
  await rm(base, { recursive: true, force: true });
});
