/**
 * The panel in Chromium 147 with many clips: how long it takes to open, what a person's every act costs the page, frames while lists are
 * scrolled and the day is panned, memory. Beside them what none can beat: the manifest read and parsed in a page with nothing in it, that page's
 * frames and memory; and as the peer a list that draws every row. Run after a build: npm run -s bench bench/panel.ts [CLIPS] [ROUNDS]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startChromium } from '../test/browser/chromium.ts';
import { openPage, openStep } from '../test/browser/page.ts';
import { serve, type Served } from '../test/browser/served.ts';
import { stopsDuring, type Stop } from '../test/browser/stops.ts';
import { ACTS } from './panel/acts.ts';
import { framesOf, IDLE, memoryOf, PAN, plainRows, SCROLL, type Frames } from './panel/frames.ts';
import { shoot } from './panel/shoot.ts';
import { table } from './table.ts';

const [asked, rounds = 2] = process.argv.filter((word) => /^\d+$/.test(word)).map(Number);

/** Nothing may hold the page up for longer, in milliseconds. */
const MOST = 50;

const ms = (time: number) => `${Math.round(time)} ms`;
const frames = ({ middle, high }: Frames): string[] => [`${middle.toFixed(1)} ms`, `${high.toFixed(1)} ms`];

/** Milliseconds and MB: the manifest from the service's folder, read and parsed where nothing else is. */
async function limit(
  browser: Browser,
  manifest: string,
): Promise<{ time: number; memory: number; idle: Frames }> {
  const { page } = await openPage(browser, 'about:blank');
  await page.route('http://limit.test/*', (route) =>
    route.fulfill({ path: manifest, contentType: 'text/plain' }),
  );
  await page.route('http://limit.test/', (route) => route.fulfill({ body: '<!doctype html>' }));
  await page.goto('http://limit.test/');
  const time = (await page.evaluate(`(async () => {
    const text = await (await fetch('http://limit.test/handoff.json')).text();
    const began = performance.now();
    window.kept = JSON.parse(text);
    return performance.now() - began;
  })()`)) as number;
  const [memory, idle] = [await memoryOf(page), await framesOf(page, IDLE)];
  await page.context().close();
  return { time, memory, idle };
}

async function opening(browser: Browser, served: Served) {
  const { page } = await openPage(browser, 'about:blank', { width: 400 });
  const began = performance.now();
  await page.goto(served.url);
  await page.locator('.step-button').first().waitFor();
  const face = performance.now() - began;
  await page.locator('.row').first().waitFor({ timeout: 120_000 });
  const list = performance.now() - began;
  await page.getByText(/^last read/).waitFor({ timeout: 120_000 });
  const whole = performance.now() - began;
  const paint = (await page.evaluate(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
  )) as number;
  const memory = await memoryOf(page);
  return { page, paint, face, list, whole, memory };
}

/** By act: of the longest task in each round the one that was shortest, because other programs only ever add. */
async function stops(browser: Browser, served: Served): Promise<Map<string, Stop>> {
  const best = new Map<string, Stop>();
  for (let round = 0; round < rounds; round++) {
    const { page } = await openPage(browser, 'about:blank', { width: 400 });
    let first = true;
    for (const act of ACTS) {
      const [longest = { clock: 0, cpu: 0 }] = await stopsDuring(browser, page, async () => {
        if (first) await page.goto(served.url);
        first = false;
        await act.done(page);
      });
      const known = best.get(act.what);
      if (!known || longest.cpu < known.cpu) best.set(act.what, longest);
    }
    await page.context().close();
  }
  return best;
}

async function measure(browser: Browser, count: number): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), 'baton-bench-panel-'));
  const manifest = join(base, 'handoff.json');
  writeFileSync(manifest, JSON.stringify(shoot(count)));
  const served = await serve([manifest], base);
  const many = count.toLocaleString('en-GB');
  try {
    const least = await limit(browser, manifest);
    const { page, paint, face, list, whole, memory } = await opening(browser, served);
    const scrolled: [string, Frames][] = [];
    for (const [step, ready] of [
      ['Handoff', '.row'],
      ['Bins', '.row-tree'],
      ['Sync', '.row-button'],
      ['Markers', '.note-line'],
    ] as const) {
      await openStep(page, step);
      await page.locator(ready).first().waitFor({ timeout: 60_000 });
      if (step !== 'Sync')
        await page
          .locator('.rows')
          .press('*')
          .catch(() => undefined);
      await page.waitForTimeout(1500);
      scrolled.push([`${step} scrolled`, await framesOf(page, SCROLL)]);
      if (step === 'Sync') scrolled.push(['the day panned', await framesOf(page, PAN)]);
    }
    const after = await memoryOf(page);
    await page.context().close();
    const { page: plain } = await openPage(browser, 'about:blank', { width: 400 });
    const peer = await plainRows(plain, count);
    await plain.context().close();
    table(
      `${many} clips: opening`,
      ['from the address to', 'ours', 'limit: JSON.parse alone'],
      [
        ['first paint', ms(paint), ''],
        ['the five steps', ms(face), ''],
        ['the first list', ms(list), ms(least.time)],
        ['everything read and planned', ms(whole), ''],
      ],
    );
    table(
      `${many} clips: frames (95 % within)`,
      ['', 'middle', '95 %'],
      [
        ...scrolled.map(([what, each]) => [what, ...frames(each)]),
        ['limit: a page with nothing in it', ...frames(least.idle)],
        [`peer: every row drawn, after ${ms(peer.drawn)}`, ...frames(peer.frames)],
      ],
    );
    table(
      `${many} clips: memory of the page's own scripts`,
      ['', 'MB'],
      [
        ['opened', memory],
        ['after every step was looked at', after],
        ['limit: the manifest parsed, nothing else', least.memory],
      ],
    );
    const held = [...(await stops(browser, served))];
    table(
      `${many} clips: the longest task, best of ${rounds} (target ${MOST} ms)`,
      ['', 'cpu', 'clock'],
      held.map(([what, { cpu, clock }]) => [what, ms(cpu), ms(clock)]),
    );
    const over = held.filter(([, { cpu }]) => cpu > MOST).map(([what]) => what);
    console.log(over.length === 0 ? 'All within the target.' : `Over the target: ${over.join(', ')}`);
  } finally {
    await served.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

const browser = await startChromium();
if (!browser) throw new Error('no Chromium starts here');
console.log(`The panel in Chromium ${browser.version()}, no graphics card`);
for (const count of asked === undefined ? [10_000, 50_000] : [asked]) await measure(browser, count);
await browser.close();
