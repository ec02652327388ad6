/** Screenshots are read as Chromium drew them, written so that Chromium reads the same, and compared as compare.ts says. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { CHANNEL_SLACK, compare, isSame, PIXEL_SLACK } from './compare.ts';
import { readPng, writePng, type Picture } from './png.ts';

const picture = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 400 }))
  .chain(([width, height, colours]) =>
    fc
      .array(fc.integer({ min: 0, max: colours - 1 }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((pixels): Picture => {
        const rgb = Uint8Array.from(pixels.flatMap((each) => [each & 255, (each * 7) & 255, each >> 8]));
        return { width, height, rgb };
      }),
  );

const plain = (value: number): Picture => ({ width: 20, height: 10, rgb: new Uint8Array(600).fill(value) });
const withPixels = (count: number, by: number): Picture => {
  const made = plain(100);
  for (let at = 0; at < count; at++) made.rgb[at * 3 + 1] = 100 + by;
  return made;
};

describe('pictures of the panel', () => {
  it('come back as they were written, with few colours and with many', () => {
    fc.assert(fc.property(picture, (each) => void expect(readPng(writePng(each))).toEqual(each)));
  });

  it('what is no PNG, or one cut short, is an error', () => {
    expect(() => readPng(Buffer.from('GIF89a'))).toThrow('no PNG');
    const file = writePng(plain(7));
    expect(() => readPng(file.subarray(0, file.length - 30))).toThrow();
  });

  it('pass up to the slack of a channel and of pixels, and not one further', () => {
    const golden = plain(100);
    expect(isSame(compare(golden, withPixels(200, CHANNEL_SLACK)))).toBe(true);
    expect(compare(golden, withPixels(200, CHANNEL_SLACK + 1)).changed).toBe(200);
    expect(isSame(compare(golden, withPixels(PIXEL_SLACK, 90)))).toBe(true);
    expect(isSame(compare(golden, withPixels(PIXEL_SLACK + 1, 90)))).toBe(false);
  });

  it('of another size never pass, and say both sizes', () => {
    const compared = compare(plain(100), { width: 10, height: 20, rgb: plain(100).rgb });
    expect([isSame(compared), compared.size]).toEqual([false, '20 × 10 became 10 × 20']);
  });

  it('show in red where they changed', () => {
    const { diff } = compare(plain(100), withPixels(1, 50));
    expect([...diff!.rgb.subarray(0, 6)]).toEqual([255, 0, 0, 153, 153, 153]);
  });
});

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(!browser)('Chromium', () => {
  it('reads what is written here, and its screenshot of that is read here, pixel for pixel', async () => {
    const drawn: Picture = {
      width: 60,
      height: 50,
      rgb: Uint8Array.from({ length: 9000 }, (_, at) => (at * at * 31) >> 5),
    };
    const few: Picture = { ...drawn, rgb: drawn.rgb.map((value) => (value >> 6) * 80) };
    const page = await browser!.newPage({ viewport: { width: 60, height: 50 } });
    for (const each of [drawn, few]) {
      const address = `data:image/png;base64,${writePng(each).toString('base64')}`;
      await page.setContent(`<body style="margin:0"><img src="${address}" style="display:block">`);
      await page.waitForFunction(() => document.querySelector('img')!.complete);
      expect(readPng(await page.screenshot())).toEqual(each);
    }
    await page.close();
  });
});
