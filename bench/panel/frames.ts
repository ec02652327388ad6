/** What the panel is measured beside: frames while something is moved, a page with nothing in it, and a list that draws every row. */
import type { Page } from 'playwright-core';

/** Milliseconds between frames: the middle one of 120, and the one that 95 in a hundred do not exceed. */
export interface Frames {
  middle: number;
  high: number;
}

/** `act`, the text of a function of a frame's number, is done once in each. */
export async function framesOf(page: Page, act: string): Promise<Frames> {
  const [middle, high] = (await page.evaluate(`new Promise((done) => {
    const times = []; let last = 0; let nth = 0;
    const frame = (now) => {
      if (last) times.push(now - last);
      last = now; nth++;
      if (nth > 121) { times.sort((a, b) => a - b); done([times[60], times[114]]); return; }
      (${act})(nth); requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })`)) as [number, number];
  return { middle, high };
}

/** The limit: frames of a page in which nothing is done. */
export const IDLE = '() => {}';

/** Down by six rows a frame, in the open list or tree. */
export const SCROLL = `() => { document.querySelector('.rows').scrollTop += 180; }`;

/** Nearer, then to and fro. */
export const PAN = `(nth) => document.querySelector('.day-canvas').dispatchEvent(new WheelEvent('wheel',
  nth < 20 ? { deltaY: -60, clientX: 250 } : { deltaX: nth % 40 < 20 ? 20 : -20 }))`;

/** The peer: as many rows of two lines as plain elements, all of them in the page. Milliseconds until they are drawn, and frames. */
export async function plainRows(page: Page, count: number): Promise<{ drawn: number; frames: Frames }> {
  await page.goto('about:blank');
  const drawn = (await page.evaluate(`new Promise((done) => {
    const began = performance.now();
    document.body.innerHTML = '<div class="rows" style="height:600px;overflow:auto">' +
      Array.from({ length: ${count} }, (_, nth) => '<div><b>P' + nth + '.mov</b><p>Covered by S' + nth + '.wav</p></div>').join('') + '</div>';
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  })`)) as number;
  return { drawn, frames: await framesOf(page, SCROLL) };
}

/** MB that the page's scripts hold, after what nobody holds is let go. */
export async function memoryOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 1e6;
}
