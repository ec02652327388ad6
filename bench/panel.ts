/**
 * The panel in Chromium 147 with many clips: time to the first list, frames while the picture of the day is panned and the list
 * scrolled, memory. Run after a build: npm run -s bench bench/panel.ts [CLIPS]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyHandoff } from '../manifest/documents/handoff.ts';
import { frameToTimecode } from '../manifest/time/timecode.ts';
import { RATES } from '../manifest/time/rate.ts';
import { startChromium } from '../test/browser/chromium.ts';
import { openPage, openStep } from '../test/browser/page.ts';
import { serve } from '../test/browser/served.ts';

const count = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 10_000);
const RATE = RATES['25'];

/** Three cameras and a recorder through days of twelve hours; every 23rd sound an hour late. */
function clips() {
  return Array.from({ length: count }, (_, nth) => {
    const take = Math.floor(nth / 2);
    const second = 8 * 3600 + ((take * 20) % (12 * 3600));
    const day = 1 + (Math.floor((take * 20) / (12 * 3600)) % 28);
    const recordedOn = `2026-03-${String(day).padStart(2, '0')}`;
    const identity = {
      scene: String(1 + Math.floor(take / 30)),
      take: String(1 + (take % 30)),
      camera: 'ABC'[take % 3]!,
    };
    const rest = { root: 'media', size: 1000, identity, pick: 'good', soundKind: 'sync' };
    if (nth % 2 === 0)
      return {
        ...rest,
        id: `p${take}`,
        kind: 'picture',
        path: `A/P${take}.mov`,
        tech: {
          rate: RATE,
          startTc: frameToTimecode(second * 25, RATE),
          durationFrames: 400,
          channels: 0,
          recordedOn,
        },
      };
    const late = take % 23 === 0 ? 3600 : -2;
    return {
      ...rest,
      id: `s${take}`,
      kind: 'sound',
      path: `S/S${take}.wav`,
      tech: {
        rate: RATE,
        sampleRate: 48_000,
        startSamples: (second + late) * 48_000,
        durationSamples: 20 * 48_000,
        channels: 2,
        recorder: 'Cart',
        recordedOn,
      },
    };
  });
}

/** Milliseconds between frames while `act` is done once in each of 120 frames: the median and the 95th of a hundred. */
const FRAMES = (act: string) => `new Promise((done) => {
  const times = []; let last = 0; let nth = 0;
  const frame = (now) => {
    if (last) times.push(now - last);
    last = now; nth++;
    if (nth > 120) { times.sort((a, b) => a - b); done([times[60], times[114]]); return; }
    (${act})(nth); requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

const base = mkdtempSync(join(tmpdir(), 'baton-bench-panel-'));
const browser = await startChromium();
if (!browser) throw new Error('no Chromium starts here');
mkdirSync(base, { recursive: true });
const handoff = { ...emptyHandoff(`${count} clips`), rate: RATE, roots: [{ name: 'media' }], clips: clips() };
writeFileSync(join(base, 'handoff.json'), JSON.stringify(handoff));
const served = await serve([join(base, 'handoff.json')], base);
const began = performance.now();
const { page } = await openPage(browser, served.url, { width: 400 });
await openStep(page, 'Sync');
await page.locator('.row-button').first().waitFor({ timeout: 120_000 });
const first = performance.now() - began;
await page.waitForTimeout(3000);
const pan = (await page.evaluate(
  FRAMES(`(nth) => document.querySelector('.day-canvas').dispatchEvent(new WheelEvent('wheel',
    nth < 20 ? { deltaY: -60, clientX: 250 } : { deltaX: nth % 40 < 20 ? 20 : -20 }))`),
)) as [number, number];
const scroll = (await page.evaluate(
  FRAMES(`() => { document.querySelector('.rows').scrollTop += 180; }`),
)) as [number, number];
const heap = (await page.evaluate('performance.memory.usedJSHeapSize')) as number;
const ms = ([middle, high]: [number, number]) => `${middle.toFixed(1)} ms, 95 % within ${high.toFixed(1)} ms`;
console.log(
  `${count.toLocaleString('en-GB')} clips, panel in Chromium ${browser.version()}, no graphics card`,
);
console.log(`from the address to the first list  ${Math.round(first)} ms`);
console.log(`a frame while the day is panned     ${ms(pan)}`);
console.log(`a frame while the list scrolls      ${ms(scroll)}`);
console.log(`memory of the page's scripts        ${Math.round(heap / 1e6)} MB`);
await served.stop();
await browser.close();
rmSync(base, { recursive: true, force: true });
