/** The built panel as the UXP plugin shows it: alone, beside a `baton serve` that comes and goes, and applied to the stand-in Premiere. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStandinUxp } from '../../bridge/hosts/standin-uxp.ts';
import { openHandoff } from '../../bridge/local/desk.ts';
import { mediaOf } from '../../bridge/local/standin-media.ts';
import { prepareDemo } from '../../cli/demo/prepare.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Receipt } from '../../manifest/documents/receipt.ts';
import { startChromium } from './chromium.ts';
import { emptyPage, openStep } from './page.ts';
import { serve } from './served.ts';
import { startPlugin } from './uxp.ts';

const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const PLUGIN = join(DIST, 'uxp');
const browser = await startChromium();
const built = existsSync(join(PLUGIN, 'main.js'));
if (!built) console.log(`skipped: ${PLUGIN} is not built (npx vite build -m uxp)`);

let base: string;
const demo = () => join(base, 'demo');
const home = () => join(base, 'demo');
const quiet = { json: false, say: () => {}, warn: () => {}, document: () => {} };

/** The page in its WebView: what UXP puts on its window, and messages as events. */
async function openPanel() {
  const opened = await openHandoff(join(demo(), 'handoff.json'));
  const media = mediaOf(opened.handoff!, opened.files);
  const { premiere } = openStandinUxp({ version: '26.5', media });
  const plugin = startPlugin({
    main: join(PLUGIN, 'main.js'),
    home: home(),
    ppro: premiere.module,
    picks: join(demo(), 'handoff.json'),
  });
  const watched = await emptyPage(browser!, { width: 400, colorScheme: 'dark' });
  const { page } = watched;
  await page.exposeFunction('toPlugin', (text: string) => plugin.post(JSON.parse(text)));
  await page.addInitScript(
    'window.uxpHost = { postMessage: (message) => toPlugin(JSON.stringify(message)) };',
  );
  plugin.hear(
    (message) =>
      void page
        .evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message)
        .catch(() => undefined),
  );
  await page.goto(pathToFileURL(join(PLUGIN, 'panel', 'index.html')).href);
  return { ...watched, premiere };
}

describe.skipIf(!browser || !built)('the panel in UXP', () => {
  const before = process.env['HOME'];
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'baton-uxp-panel-'));
    await prepareDemo(demo(), quiet);
    process.env['HOME'] = home();
  }, 120_000);
  afterAll(async () => {
    process.env['HOME'] = before;
    await browser!.close();
    await rm(base, { recursive: true, force: true });
  });

  it('works alone, scans and verifies while baton serve runs, and works alone again', async () => {
    const { page, complaints } = await openPanel();
    await page.getByRole('button', { name: 'Open handoff…' }).click();
    await page
      .getByText(/^Baton works alone inside Premiere/)
      .first()
      .waitFor();
    const scanAgain = page.getByRole('button', { name: 'Scan again' });
    const verify = page.getByRole('button', { name: 'Verify' });
    expect([await scanAgain.count(), await verify.count()]).toEqual([0, 0]);

    const served = await serve([base], base);
    await scanAgain.waitFor();
    expect(await page.getByText(/^Baton works alone inside Premiere/).count()).toBe(0);
    await verify.click();
    await page
      .getByText(/^No hash list lies with these files/)
      .first()
      .waitFor();
    await scanAgain.click();
    await page
      .getByText(/^baton serve \(port \d+\) scans, listens, and proves and renames/)
      .first()
      .waitFor();

    expect(await served.stop()).toBe(0);
    await page
      .getByText(/^baton serve does not answer any more\. This panel works alone/)
      .first()
      .waitFor();
    await scanAgain.waitFor({ state: 'detached' });
    expect(await verify.count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('applies, takes back and makes again, each step read back', async () => {
    const { page, complaints, premiere } = await openPanel();
    await openStep(page, 'Bins');
    const recorded = () =>
      (JSON.parse(readFileSync(join(demo(), 'handoff.json'), 'utf8')) as Handoff).history;
    const done = async (button: RegExp) => {
      const known = recorded().length;
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('button', { name: 'Dismiss receipt' }).waitFor();
      await page.getByRole('button', { name: 'Dismiss receipt' }).click();
      await expect.poll(() => recorded().length, { timeout: 20_000 }).toBeGreaterThan(known);
      const history = recorded();
      const { kind, receipt } = history[history.length - 1]!;
      const { steps } = receipt as Receipt;
      return { kind, results: [...new Set(steps.map(({ result }) => result))] };
    };
    expect(await done(/^Apply \d+ changes$/)).toEqual({ kind: 'import', results: ['verified'] });
    await page.getByText('Nothing to do: the project holds what the handoff says').first().waitFor();
    await page.getByRole('button', { name: 'Revert…' }).click();
    expect(await done(/^Take back \d+ changes$/)).toEqual({ kind: 'revert', results: ['verified'] });
    expect(premiere.state().root.children!.map(({ name }) => name)).toEqual(['_Reverted']);
    expect(await done(/^Apply again$/)).toEqual({ kind: 'import', results: ['verified'] });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
