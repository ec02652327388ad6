/** File names in a real browser, over the real service and real files: seen, chosen, given and taken back; and that it can be read and used. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../browser/chromium.ts';
import { openPage, openStep, seriousViolations } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';
import { remove, stage, tree } from '../bridge/rename-stage.ts';

const browser = await startChromium();
const take = (path: string, number: string) => ({ path, scene: '7', take: number, camera: 'A' });

let dir: string;
let served: Served;

describe.skipIf(!browser)('file names in Chromium', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'baton-names-'));
    const clips = [
      take('A/MVI_1.MOV', '3'),
      take('A/scene7 tk4 FINAL final2.mov', '4'),
      take('B/MVI_7.MOV', '5'),
      { path: 'A/who knows.mov' },
    ];
    const others = { 'A/MVI_1.MOV.xml': 'xml', 'B/card.mhl': '<hashlist version="1.1"></hashlist>' };
    served = await serve([stage(dir, clips, others)], dir);
  }, 120_000);

  afterAll(async () => {
    await served?.stop();
    await browser!.close();
    remove(dir);
  });

  it('are seen from an issue, chosen, given to the files, and taken back', async () => {
    const before = tree(dir);
    const { page, complaints } = await openPage(browser!, served.url);
    await page.getByText('FINAL or REV').first().waitFor();
    await page.getByRole('button', { name: 'See a name for it…' }).first().click();
    const list = page.getByRole('list', { name: 'Proposed file names' });
    await list.getByText('SCENE_07_TAKE_04_CAM_A.mov').waitFor();
    expect(await list.getByRole('checkbox').count()).toBe(1);
    expect(await list.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);

    // All of them: one lies beside a hash list, which is said before anything can be done.
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('checkbox', { name: '3 proposed names' }).check({ force: true });
    expect(await page.getByText('missing from then on: B/card.mhl').count()).toBe(1);
    const act = page.getByRole('button', { name: 'Rename 4 files on the disk' });
    expect(await act.isDisabled()).toBe(true);
    expect(tree(dir)).toEqual(before);
    await page.getByRole('checkbox', { name: /MVI_7/ }).uncheck({ force: true });
    await page.getByRole('searchbox', { name: 'Filter names' }).fill('take_04');
    await page.getByText('1 chosen name is not in sight.').waitFor();
    await page.getByRole('searchbox', { name: 'Filter names' }).fill('');
    await page.getByText('A dry run until you press it').waitFor();
    await page.getByRole('button', { name: 'Rename 3 files on the disk' }).click();
    await page.getByText(/^3 files renamed on/).waitFor();
    expect(Object.keys(tree(dir))).toEqual([
      'A/SCENE_07_TAKE_03_CAM_A.MOV',
      'A/SCENE_07_TAKE_03_CAM_A.MOV.xml',
      'A/SCENE_07_TAKE_04_CAM_A.mov',
      'A/who knows.mov',
      'B/MVI_7.MOV',
      'B/card.mhl',
    ]);

    // The issue about that name is settled; then the way back.
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('tree', { name: 'Issues' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Issues');
    expect(await page.getByText('FINAL or REV').count()).toBe(0);
    await page.getByRole('button', { name: 'File names…' }).click();
    await page.getByRole('button', { name: 'Give the old names back' }).click();
    await page.getByText(/^3 files renamed on/).waitFor({ state: 'detached' });
    expect(tree(dir)).toEqual(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['light', 320],
    ['dark', 400],
    ['darkest', 900],
  ])(
    'axe finds nothing serious in %s at %i px, and nothing is wider than the panel',
    async (theme, width) => {
      const { page } = await openPage(browser!, served.url, { width: Number(width) });
      await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
      await page.getByRole('button', { name: 'File names…' }).click();
      await page.getByRole('list', { name: 'Proposed file names' }).waitFor();
      expect(await seriousViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        Number(width),
      );
      await page.context().close();
    },
  );

  it('how unsynced clips are shown changes the dry run at once, is there at the next visit, and Undo takes it back', async () => {
    const { page, complaints } = await openPage(browser!, served.url);
    const open = async () => {
      await openStep(page, 'Bins');
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await marks.waitFor();
    };
    const marks = page.getByRole('toolbar', { name: 'An unsynced clip gets:' });
    const pressed = () =>
      marks
        .getByRole('button')
        .evaluateAll((all) =>
          all.flatMap((each) => (each.getAttribute('aria-pressed') === 'true' ? [each.textContent] : [])),
        );
    await open();
    expect(await pressed()).toEqual(['Label', 'Description']);
    await page.getByText(/4 labels/).waitFor();
    await marks.getByRole('button', { name: 'Label' }).click();
    await page.getByText(/4 labels/).waitFor({ state: 'detached' });
    const kept = page.waitForResponse((response) => response.url().endsWith('/keepChoices'));
    await marks.getByRole('button', { name: 'Description' }).click();
    await page.getByText('Nothing in the project tells it from the others.').waitFor();
    await kept;
    await page.reload();
    await open();
    expect(await pressed()).toEqual([]);
    await marks.getByRole('button', { name: 'Label' }).click();
    await page.getByText(/4 labels/).waitFor();
    await page.getByRole('button', { name: 'Undo How unsynced clips are shown' }).click();
    await page.getByText(/4 labels/).waitFor({ state: 'detached' });
    expect(await pressed()).toEqual([]);
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
