/**
 * How the panel looks, pixel by pixel: every view on the example handoff, in the npm Chromium with the packaged font, against pictures
 * that lie beside this file. `npx vitest run test/browser/goldens.test.ts -u` takes them anew; look at them before they are kept.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  readdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { startChromium } from './chromium.ts';
import { compare, isSame, PIXEL_SLACK } from './compare.ts';
import { AFTER, BEFORE, casesOf, type Look } from './golden-views.ts';
import { openStep } from './page.ts';
import { readPng, writePng, type Picture } from './png.ts';
import { serve, type Served } from './served.ts';

const folder = fileURLToPath(new URL('./goldens/', import.meta.url));
const example = fileURLToPath(new URL('../../examples/handoff.json', import.meta.url));
const goldenPath = (name: string) => join(folder, `${name}.png`);

const browser = await startChromium();
let base: string;
let served: Served;
/** Where a new picture and what changed are put when one fails; made when it is needed. */
let failures: string | null = null;

/** The example's folder with files of the right sizes, which is all that the panel asks of the disk. */
function layOut(dir: string): void {
  const handoff = JSON.parse(readFileSync(example, 'utf8')) as Handoff;
  for (const { path, size } of handoff.clips) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), '');
    truncateSync(join(dir, path), size);
  }
  writeFileSync(join(dir, 'handoff.json'), JSON.stringify(handoff));
}

const STILL =
  '*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }';

async function open([theme, width]: Look, keepTour = false): Promise<Page> {
  const context = await browser!.newContext({
    viewport: { width, height: 720 },
    colorScheme: theme === 'light' ? 'light' : 'dark',
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
    locale: 'en-GB',
    timezoneId: 'UTC',
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  if (!keepTour) await page.addInitScript(() => localStorage.setItem('baton.tour', 'seen'));
  await page.clock.setFixedTime(new Date('2026-03-15T09:41:00Z'));
  await page.goto(served.url);
  await page.getByText(/^last read/).waitFor();
  await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
  return page;
}

async function shoot(page: Page): Promise<Picture> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return document.fonts.ready.then(() => undefined);
  });
  const take = async () =>
    readPng(await page.screenshot({ animations: 'disabled', caret: 'hide', style: STILL }));
  // What is drawn a frame later (a list that was measured, a canvas) is waited for: two alike in a row.
  let last = await take();
  for (let tries = 0; tries < 20; tries++) {
    await page.waitForTimeout(60);
    const next = await take();
    if (isStill(last, next)) return next;
    last = next;
  }
  throw new Error('the panel does not come to rest');
}

function isStill(a: Picture, b: Picture): boolean {
  return Buffer.from(a.rgb).equals(Buffer.from(b.rgb));
}

const renewing = () => expect.getState().snapshotState.snapshotUpdateState === 'all';

function judge(name: string, now: Picture): void {
  if (renewing()) {
    mkdirSync(folder, { recursive: true });
    const old = goldenOf(name);
    // One that still passes stays as it is, so that a renewal changes only the files of what changed.
    if (!old || !isSame(compare(old, now))) writeFileSync(goldenPath(name), writePng(now));
    return;
  }
  const golden = goldenOf(name);
  const compared = golden && compare(golden, now);
  if (compared && isSame(compared)) return;
  failures ??= mkdtempSync(join(tmpdir(), 'baton-goldens-'));
  writeFileSync(join(failures, `${name}.png`), writePng(now));
  if (compared?.diff) writeFileSync(join(failures, `${name}-changed.png`), writePng(compared.diff));
  const why = !compared
    ? 'has no golden yet'
    : (compared.size ?? `has ${compared.changed} other pixels (${PIXEL_SLACK} may be)`);
  throw new Error(
    `${name} ${why}. The new picture, and what changed in red, lie in ${failures}; if it is right, run with -u.`,
  );
}

function goldenOf(name: string): Picture | null {
  try {
    return readPng(readFileSync(goldenPath(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

describe.skipIf(!browser)('the panel looks as it did', () => {
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'baton-golden-stage-'));
    layOut(join(base, 'Harbour Lights'));
    served = await serve(['--demo', '--dir', join(base, 'Harbour Lights')], base);
  }, 120_000);

  afterAll(async () => {
    await served?.stop();
    await browser!.close();
    rmSync(base, { recursive: true, force: true });
  });

  it.each(casesOf(BEFORE))('$name', async ({ name, view, look }) => {
    const page = await open(look, view.name === 'tour');
    await view.show(page);
    judge(name, await shoot(page));
    await page.context().close();
  });

  it('and a letter, a colour or a pixel’s move that was not meant is seen', async () => {
    const page = await open(['dark', 400]);
    await openStep(page, 'Handoff');
    const before = await shoot(page);
    expect(isSame(compare(before, await shoot(page)))).toBe(true);
    const after = async (change: () => void, back: () => void) => {
      await page.evaluate(change);
      const compared = compare(before, await shoot(page));
      await page.evaluate(back);
      return isSame(compared);
    };
    const letter = await after(
      () => void (document.querySelector('h1')!.textContent = 'Harbour Lighis'),
      () => void (document.querySelector('h1')!.textContent = 'Harbour Lights'),
    );
    const colour = await after(
      () => document.documentElement.style.setProperty('--line', '#575757'),
      () => document.documentElement.style.removeProperty('--line'),
    );
    const place = await after(
      () => void (document.querySelector<HTMLElement>('.status')!.style.transform = 'translateX(1px)'),
      () => void (document.querySelector<HTMLElement>('.status')!.style.transform = ''),
    );
    expect([letter, colour, place]).toEqual([false, false, false]);
    expect(isSame(compare(before, await shoot(page)))).toBe(true);
    await page.context().close();
  });

  describe('once everything is imported', () => {
    beforeAll(async () => {
      const page = await open(['dark', 400]);
      await openStep(page, 'Bins');
      await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
      await page.getByText('Nothing to do: the project holds what the handoff says').waitFor();
      await page.context().close();
    });

    it.each(casesOf(AFTER))('$name', async ({ name, view, look }) => {
      const page = await open(look);
      await view.show(page);
      judge(name, await shoot(page));
      await page.context().close();
    });
  });

  it('every picture beside this file is one of these, and together they stay below 1.5 MB', () => {
    const names = casesOf([...BEFORE, ...AFTER]).map(({ name }) => `${name}.png`);
    const there = readdirSync(folder).filter((name) => name.endsWith('.png'));
    if (renewing())
      for (const name of there.filter((each) => !names.includes(each))) rmSync(join(folder, name));
    else expect(there.sort()).toEqual(names.sort());
    const bytes = names.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
    expect(bytes).toBeLessThan(1_500_000);
  });
});
