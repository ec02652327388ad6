/** Two sounds laid over each other in a real browser: heard, drawn, zoomed and panned by wheel, drag and keys, and told. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overheard, RATE, talk, writeMovie, writeWav } from '../bridge/listen-files.ts';
import { startChromium, type ChromiumVersion } from '../browser/chromium.ts';
import { openPage, openStep, seriousViolations } from '../browser/page.ts';
import { serve, type Served } from '../browser/served.ts';

const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const EARLIER = 4 * RATE;

let base: string;
let served: Served;

async function makeShoot(): Promise<string> {
  base = await mkdtemp(join(tmpdir(), 'baton-waves-'));
  for (const folder of ['CAM', 'SOUND']) await mkdir(join(base, folder));
  const scene = talk(21, 34);
  writeWav(join(base, 'SOUND', 'MixPre-044.WAV'), [scene, scene], { timeReference: 36_000 * RATE });
  writeMovie(join(base, 'CAM', 'C0007.MOV'), [overheard(scene, EARLIER, 24)], { codec: 'aac' });
  await promisify(execFile)(process.execPath, [join(DIST, 'cli', 'main.js'), 'scan', base]);
  return join(base, 'handoff.json');
}

/** How many pixels of the drawing have one of the theme's colours, to a few steps. */
async function pixelsOf(waves: Locator, colour: '--lane-video' | '--lane-audio'): Promise<number> {
  return waves.locator('canvas').evaluate((element, name) => {
    const drawn = element as HTMLCanvasElement;
    const { width, height } = drawn;
    // A copy is read: the panel's own canvas is made to be drawn on.
    const copy = Object.assign(document.createElement('canvas'), { width, height });
    const on = copy.getContext('2d', { willReadFrequently: true })!;
    on.drawImage(drawn, 0, 0);
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const { data } = on.getImageData(0, 0, width, height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (wanted.every((part, nth) => Math.abs(part - data[at + nth]!) < 8) && data[at + 3]! > 240) count++;
    return count;
  }, colour);
}

/** What is in sight, once it stands still: a wheel or a drag is drawn after the page has heard of it. */
async function sightOf(waves: Locator): Promise<{ from: number; to: number }> {
  for (let before = ''; ;) {
    const [from, to] = [await waves.getAttribute('data-from'), await waves.getAttribute('data-to')];
    if (`${from} ${to}` === before) return { from: Number(from), to: Number(to) };
    before = `${from} ${to}`;
    await waves.page().waitForTimeout(150);
  }
}

async function openRow(page: Page): Promise<void> {
  await openStep(page, 'Sync');
  await page.getByRole('button', { name: /^C0007\.MOV/ }).click();
}

async function listened(page: Page): Promise<Locator> {
  await openRow(page);
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  const waves = page.getByRole('application', { name: /laid over each other/ });
  await waves.waitFor({ timeout: 60_000 });
  await page.waitForFunction(
    () => document.querySelector('.waves-box [data-finest]')?.getAttribute('data-finest') !== '',
  );
  return waves;
}

describe.each(['147', '88'] as ChromiumVersion[])('waveforms in Chromium %s', async (version) => {
  const browser = await startChromium(version);

  beforeAll(async () => {
    if (!browser) return;
    served = await serve([await makeShoot()], base);
  }, 180_000);
  afterAll(async () => {
    if (!browser) return;
    await served.stop();
    await browser.close();
    await rm(base, { recursive: true, force: true });
  });

  it.skipIf(!browser)(
    'lie over each other where they were heard to fit, and go nearer and along',
    async () => {
      const { page, complaints } = await openPage(browser!, served.url, { width: 320 });
      const waves = await listened(page);
      expect(await waves.getAttribute('aria-label')).toContain('C0007.MOV and MixPre-044.WAV, by ear');
      await page.getByText('Heard: they fit').waitFor();
      expect(await pixelsOf(waves, '--lane-video')).toBeGreaterThan(500);
      expect(await pixelsOf(waves, '--lane-audio')).toBeGreaterThan(200);

      // The whole picture, then nearer by the wheel until frames can be told apart.
      const status = page.locator('.waves-box [role=status]');
      expect(await status.innerText()).toBe('00:00:00:00 to 00:00:24:00 of the picture');
      const coarse = Number(await waves.getAttribute('data-finest'));
      await waves.scrollIntoViewIfNeeded();
      const box = (await waves.boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + 50);
      for (let nth = 0; nth < 6; nth++) await page.mouse.wheel(0, -400);
      await page.waitForFunction(
        (before) =>
          Number(document.querySelector('.waves-box [data-finest]')!.getAttribute('data-finest')) < before,
        coarse,
      );
      const near = await sightOf(waves);
      expect(near.to - near.from).toBeLessThan(24 * 705_600_000 * 0.1);
      expect(await pixelsOf(waves, '--lane-audio')).toBeGreaterThan(100);

      // Along by dragging (by the protocol itself: Chromium 88 does not know the driver's own drag), and by keys.
      const wire = await page.context().newCDPSession(page);
      const press = { button: 'left' as const, clickCount: 1, y: box.y + 50 };
      const move = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number) =>
        wire.send('Input.dispatchMouseEvent', { type, x: box.x + x, buttons: 1, ...press });
      await move('mousePressed', 200);
      for (const x of [180, 150, 100]) await move('mouseMoved', x);
      await move('mouseReleased', 100);
      const along = await sightOf(waves);
      expect(along.from).toBeGreaterThan(near.from);
      await waves.focus();
      await page.keyboard.press('ArrowLeft');
      expect((await sightOf(waves)).from).toBeLessThan(along.from);
      await page.keyboard.press('Home');
      expect((await sightOf(waves)).from).toBeLessThan(0);
      await page.keyboard.press('End');
      expect(await status.innerText()).toMatch(/ to 00:00:24:00 of the picture$/);
      for (let nth = 0; nth < 20; nth++) await page.keyboard.press('+');
      // Eight frames are the nearest.
      const nearest = await sightOf(waves);
      expect(Math.round(((nearest.to - nearest.from) * 25) / 705_600_000)).toBe(8);
      await page.keyboard.press('0');
      expect(await status.innerText()).toBe('00:00:00:00 to 00:00:24:00 of the picture');
      expect(await seriousViolations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.skipIf(!browser)(
    'a long read can be stopped, says so, and moves nothing when it comes',
    async () => {
      const { page } = await openPage(browser!, served.url, { width: 400 });
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/api/desk/waveforms', async (route) => {
        await held;
        await route.fulfill({
          json: { ok: false, error: { code: 'busy', message: 'Reading the sound was stopped.' } },
        });
      });
      await openRow(page);
      await page.getByRole('button', { name: 'Listen', exact: true }).click();
      await page.getByText('Reading the sound…').waitFor({ timeout: 60_000 });
      const empty = (await page.locator('.sync-detail').boundingBox())!.height;
      const asked = page.waitForRequest('**/api/desk/stopWaveforms');
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      expect(JSON.parse((await asked).postData()!)).toMatchObject({
        args: [expect.any(String), expect.any(String)],
      });
      release();
      await page.getByText('Reading the sound was stopped.').waitFor();
      await page.unroute('**/api/desk/waveforms');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.waitForFunction(
        () => document.querySelector('.waves-box [data-finest]')?.getAttribute('data-finest') !== '',
      );
      expect((await page.locator('.sync-detail').boundingBox())!.height).toBe(empty);
      await page.context().close();
    },
    120_000,
  );
});
