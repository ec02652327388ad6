/** The packaged extension in the Chromium of CEP 11 and one like CEP 12's: from choosing a handoff to the locked cut, without Premiere. */
import { existsSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCepPage, oldNode, type CepOptions, type OldNode } from '../browser/cep.ts';
import { morning, unpackExtension, type Unpacked } from '../browser/cep-morning.ts';
import { startChromium } from '../browser/chromium.ts';
import { openStep } from '../browser/page.ts';

let here: Unpacked;
let base: string;
let extension: string;

beforeAll(async () => {
  here = await unpackExtension();
  ({ base, extension } = here);
}, 120_000);

afterAll(() => rm(base, { recursive: true, force: true }));

describe.each(['88', '103'] as const)('the extension in Chromium %s', async (version) => {
  const browser = await startChromium(version);
  let node: OldNode;
  afterAll(async () => {
    node?.stop();
    await browser?.close();
  });

  it.skipIf(!browser)('from Open handoff… to the locked cut, with no complaint in the console', async () => {
    const premiere = await morning(here, `day ${version}`);
    node = await oldNode(join(extension, 'desk', 'desk.cjs'));
    const options: CepOptions = {
      extension,
      node,
      evalScript: premiere.evalScript,
      chosen: { manifest: premiere.manifest, folder: base },
      skin: 35,
    };
    const { page, complaints, setSkin } = await openCepPage(browser!, options);

    await page.getByRole('button', { name: 'Open handoff…' }).click();
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();

    // The theme is Premiere's, and follows it.
    const theme = () => page.evaluate(() => document.documentElement.getAttribute('data-theme'));
    expect(await theme()).toMatch(/^dark/);
    await setSkin(230);
    expect(await theme()).toBe('light');
    await setSkin(35);
    expect(await theme()).toMatch(/^dark/);

    await openStep(page, 'Bins');
    const apply = page.getByRole('button', { name: /^Apply \d+ changes$/ });
    await apply.waitFor();
    expect(premiere.handoff().history.filter((record) => record.kind === 'import')).toEqual([]);
    await apply.click();
    await page.getByText('Nothing to do: the project holds what the handoff says').waitFor();
    const [imported] = premiere.handoff().history.filter((record) => record.kind === 'import');
    expect(imported).toMatchObject({ kind: 'import' });

    premiere.cutAssembly();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await openStep(page, 'Cut');
    await page.getByText('Picture lock').click();
    await page.getByRole('button', { name: 'Export and lock' }).click();
    await page.locator('[data-written]').waitFor();
    const cuts = join(base, `day ${version}`, 'cuts');
    expect(existsSync(join(cuts, 'Harbour Lights assembly V01.edl'))).toBe(true);
    expect(existsSync(join(cuts, 'Harbour Lights assembly V01.fcpxml'))).toBe(true);
    expect(premiere.handoff().history.filter((record) => record.kind === 'cut')).toMatchObject([
      { lock: true },
    ]);

    // Opened again, it finds the handoff by itself.
    await page.reload();
    await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.skipIf(!browser)(
    'Build from a folder… scans it in Premiere’s Node, and shows what it made',
    async () => {
      const premiere = await morning(here, `folder ${version}`);
      const clips = premiere.handoff().clips.length;
      rmSync(premiere.manifest);
      const { page, complaints } = await openCepPage(browser!, {
        extension,
        node,
        evalScript: premiere.evalScript,
        chosen: { manifest: '', folder: join(base, `folder ${version}`) },
        skin: 35,
      });
      await page.getByRole('button', { name: 'Build from a folder…' }).click();
      await page.getByText('handover of shoot day 1').waitFor();
      expect(premiere.handoff().clips).toHaveLength(clips);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
