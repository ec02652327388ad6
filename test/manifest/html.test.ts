import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { html } from '../../manifest/exports/html.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { startChromium } from '../browser/chromium.ts';
import { seriousViolations } from '../browser/page.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import {
  clip,
  event,
  filmCut,
  handoff,
  list,
  midnightCut,
  pictureSource,
  soundSource,
  track,
} from './cutlist-samples.ts';

function report(cut: CutList, options: Partial<ExportOptions> = {}): string {
  const made = html.write(cut, { ...DEFAULT_OPTIONS, ...options });
  if ('refused' in made) throw new Error(made.refused);
  expect(made.losses).toEqual([]);
  expect(made.files.map(({ suffix }) => suffix)).toEqual(['.html']);
  return made.files[0]!.text;
}
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const plain = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const everything = { mixed: true, transitions: true, retimes: true, made: true, markers: true };

/** Names of the kind that break pages: markup, quotes, turned text, control characters, half a letter. */
const HOSTILE = [
  '<script>window.ran = 1</script>',
  '"><img src=x onerror="window.ran = 1">',
  "' onmouseover='window.ran = 1",
  '</title></style></svg><script>window.ran = 1</script>',
  '\u202Egpj.exe\u2066 end',
  'nul\u0000bell\u0007line\nbreak\u2028',
  'half\ud800letter',
  '&lt;b&gt; &amp;',
  'مرحبا A001',
  '__proto__',
];
/** As a person should read them. */
const READ = HOSTILE.map((name) =>
  name
    .replace('\u202E', '\\u202E')
    .replace('\u2066', '\\u2066')
    .replace('\u0000', '\\u0000')
    .replace('\u0007', '\\u0007')
    .replace('\n', '\\u000A')
    .replace('\u2028', '\\u2028')
    .replace('\ud800', '\ufffd'),
);

function hostileCut(): CutList {
  const rate = RATES['25'];
  const events = HOSTILE.map((name, nth) =>
    event(
      pictureSource(`A00${nth}`, rate, '10:00:00:00', {
        name,
        reel: name,
        scene: name,
        take: name,
        tags: [name],
      }),
      nth * 50,
      50,
      0,
      rate,
      { name },
    ),
  );
  const transitions = [{ in: 40, out: 60, kind: 'other' as const, name: HOSTILE[0]! }];
  return list(rate, '01:00:00:00', [track('V1', events, { name: HOSTILE[3]!, transitions })], {
    name: HOSTILE[3]!,
    markers: HOSTILE.map((name, nth) => ({ frame: nth, duration: 1, name, comment: name, colour: name })),
  });
}

describe('the report of a cut', () => {
  it('has a row for every event and marker, of any cut at any rate', () => {
    fc.assert(
      fc.property(anyCutList(everything), (cut) => {
        const text = report(cut);
        const events = cut.tracks.flatMap((each) => each.events);
        expect(count(text, /<tr( class="off")? id="/g)).toBe(events.length);
        expect(count(text, /<td>sequence/g)).toBe(cut.markers.length);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }),
      { numRuns: 200 },
    );
  });

  it('gives record and source as timecode, the out being the first frame after', () => {
    const text = plain(report(filmCut()));
    expect(text).toContain(
      'V1-002 SCENE_07_TAKE_02_B.mov 01:00:02:00 01:00:03:12 36 B001 10:02:02:12 10:02:04:00',
    );
    // Sound in samples is shown at the sequence's rate.
    expect(text).toContain(
      'A1-001 SCENE_07_TAKE_02_AUDIO_MAIN.wav 01:00:00:00 01:00:03:12 84 SR001 10:02:00:12 10:02:04:00',
    );
    expect(text).toContain('01:00:02:00 1 green Close-up Hold longer? sequence');
    expect(text).toContain('Running time 00:00:05:00');
  });

  it('counts past midnight, in drop-frame, and draws what is there', () => {
    const text = report(midnightCut());
    expect(plain(text)).toContain('V1-002 A004C008_0712AB.mov 00:00:00;00 00:00:04;00 120');
    for (const words of ['transition (slope)', 'titles, nests and the like', 'picture', 'sound'])
      expect(text).toContain(`</svg>${words}`);
    expect(text).not.toContain('switched off (outline)');
    expect(plain(text)).toContain('Cross Dissolve, 20 frames');
  });

  it('says what needs care elsewhere', () => {
    const text = plain(report(midnightCut()));
    for (const note of [
      '1 transition (1 dissolve)',
      '1 event is retimed (1 at another constant speed)',
      '1 title',
      '1 source has no timecode',
    ])
      expect(text).toContain(note);
    const straight = list(RATES['25'], '01:00:00:00', [
      track('V1', [event(pictureSource('A1', RATES['25'], '10:00:00:00'), 0, 50, 0, RATES['25'])]),
    ]);
    expect(report(straight)).not.toContain('Needs care elsewhere');
  });

  it('with the handoff tells circled takes left out, rejected ones used, and media not handed over', () => {
    const rate = RATES['25'];
    const cut = list(rate, '01:00:00:00', [
      track('V1', [
        event(pictureSource('A1', rate, '10:00:00:00', { clip: 'one' }), 0, 50, 0, rate),
        event(pictureSource('A2', rate, '10:00:00:00', { clip: undefined }), 50, 50, 0, rate),
        event(pictureSource('B9', rate, '10:00:00:00', { clip: undefined }), 100, 50, 0, rate),
      ]),
      track('A1', [
        event(soundSource('S1', rate, '10:00:00:00', { clip: undefined, file: null }), 0, 50, 0, rate),
      ]),
    ]);
    const known = handoff([
      clip('A1.mov', {}, { id: 'one', pick: 'rejected' }),
      clip(
        'CAMERA_A/A2.mov',
        {},
        { pick: 'circled', problem: { code: 'truncated', message: 'it ends early' } },
      ),
      clip('CAMERA_A/A3.mov', {}, { pick: 'circled', identity: { scene: '12', take: '4' } }),
      clip('CAMERA_A/A4.mov', {}, { pick: 'good' }),
      clip('CAMERA_A/A5.mov', {}, { pick: 'rejected' }),
      clip('SOUND/S1.wav', {}, { kind: 'sound' }),
      clip('notes.pdf', {}, { kind: 'document' }),
    ]);
    const text = plain(report(cut, { handoff: known, roots: { main: '/Volumes/Shoot' } }));
    const part = (title: string) => text.slice(text.indexOf(title)).split(/Clip Reel|Source Reel/, 2)[1]!;
    expect(text).toContain('Circled takes not in the cut 1 ');
    expect(part('Circled takes not in the cut')).toContain('A3.mov 12 / 4');
    expect(text).toContain('Rejected takes in the cut 1 ');
    expect(part('Rejected takes in the cut')).toContain('A1.mov');
    expect(text).toContain('Media in the cut that cannot be read 1 ');
    expect(part('Media in the cut that cannot be read')).toContain('A2.mov it ends early');
    expect(text).toContain('In the cut, not in the handoff 1 ');
    expect(part('In the cut, not in the handoff')).toContain('B9.mov');
    expect(text).toContain('In the cut, with no known file 1 ');
    expect(part('In the cut, with no known file')).toContain('S1.wav');
    expect(text).toContain('Other takes not in the cut 2 ');
    expect(part('Other takes not in the cut')).toMatch(/A4\.mov.*good.*A5\.mov.*rejected/);
    expect(text).not.toContain('notes.pdf');
  });

  it('of an empty cut says that it is empty', () => {
    expect(report(list(RATES['24'], '01:00:00:00', []))).toContain('The cut is empty.');
  });

  it('holds no markup that a name brought, and nothing that runs or loads', () => {
    const text = report(hostileCut());
    expect(text).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|<\w[^>]*\son\w+=/i);
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
  });

  // How long it takes is printed by bench/interchange.ts.
  it('of 10,000 events is under 2 MB, its picture under 150 kB', () => {
    const rate = RATES['24'];
    const big = list(
      rate,
      '01:00:00:00',
      ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) => {
        const sources = Array.from({ length: 90 }, (_, nth) =>
          name[0] === 'V'
            ? pictureSource(`A${nth}`, rate, '10:00:00:00')
            : soundSource(`S${nth}`, rate, '10:00:00:00'),
        );
        return track(
          name,
          Array.from({ length: 1250 }, (_, nth) => event(sources[nth % 90]!, nth * 30, 30, nth, rate)),
        );
      }),
    );
    const text = report(big);
    expect(text.length).toBeLessThan(2e6);
    expect(text.slice(text.indexOf('<svg'), text.indexOf('<ul class="legend"')).length).toBeLessThan(150_000);
  });
});

it('a line stands where one event ends and the next begins, as long as it leaves something of both', () => {
  const rate = RATES['25'];
  const source = pictureSource('A1', rate, '10:00:00:00');
  const spans = [
    [0, 500],
    [500, 500],
    // After a gap there is nothing to part.
    [1010, 490],
    [1500, 5],
    [1505, 995],
  ] as const;
  const events = spans.map(([at, length]) => event(source, at, length, 0, rate));
  const text = report(list(rate, '01:00:00:00', [track('V1', events)]));
  const lines = [...text.matchAll(/<path class="edge( on-wide)?" d="([^"]*)"/g)];
  // The first cut, and the one after the gap; the event of five frames is narrower than any line leaves room for.
  expect(lines.map(([, wide, d]) => [wide, d!.match(/M/g)!.length])).toEqual([[undefined, 1]]);
});

describe('the report in a browser', () => {
  let browser: Browser | null;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(() => browser?.close());

  async function open(text: string): Promise<{ page: Page; asked: string[] }> {
    const page = await (await browser!.newContext({ viewport: { width: 900, height: 800 } })).newPage();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.setContent(text);
    return { page, asked };
  }

  it('shows hostile names as they are, runs nothing and asks for nothing', async () => {
    if (!browser) return;
    const { page, asked } = await open(report(hostileCut()));
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(asked).toEqual([]);
    const names = await page.evaluate(
      '[...document.querySelectorAll("tr[id] td:nth-child(2)")].map((cell) => cell.textContent)',
    );
    expect(names).toEqual(READ);
    expect(await page.title()).toBe(READ[3]);
  });

  it('fits its window and the paper, and every bar leads to its row', async () => {
    if (!browser) return;
    const { page } = await open(report(midnightCut()));
    for (const width of [900, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    const lost = await page.evaluate(
      '[...document.querySelectorAll("svg a")].filter((link) => !document.querySelector(CSS.escape ? "#" + CSS.escape(link.getAttribute("href").slice(1)) : "")).length',
    );
    expect(lost).toBe(0);
    expect(await page.evaluate('document.querySelectorAll("svg a").length')).toBe(8);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // A4 less its margins, at 96 dots an inch.
    await page.setViewportSize({ width: 688, height: 1000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    if (process.env['BATON_LOOK']) writeFileSync(`${process.env['BATON_LOOK']}/report.pdf`, pdf);
  });

  it('labels of the ruler never touch, on a telephone, a tablet, a desk and paper, however long the cut', async () => {
    if (!browser) return;
    const rate = RATES['29.97df'];
    for (const frames of [20, 200, 960, 5000, 31_000, 108_000, 400_000]) {
      const cut = list(rate, '01:00:00;00', [
        track('V1', [event(pictureSource('A1', rate, '10:00:00;00'), 0, frames, 0, rate)]),
      ]);
      const { page } = await open(report(cut));
      for (const width of [320, 360, 400, 479, 480, 600, 688, 759, 760, 900, 1400]) {
        await page.setViewportSize({ width, height: 800 });
        const boxes = (await page.evaluate(
          '[...document.querySelectorAll(".strip text")].map((text) => text.getBoundingClientRect()).filter((box) => box.width > 0).map(({ left, right }) => [left, right])',
        )) as [number, number][];
        expect(boxes.length).toBeGreaterThan(0);
        boxes.forEach(([left, right], at) => {
          if (at > 0) expect(left, `${frames} frames at ${width}`).toBeGreaterThan(boxes[at - 1]![1] + 2);
          expect(right).toBeLessThanOrEqual(width);
        });
      }
      await page.context().close();
    }
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, in %s', async (colorScheme) => {
    if (!browser) return;
    const { page } = await open(report(midnightCut()));
    await page.emulateMedia({ colorScheme });
    expect(await seriousViolations(page)).toEqual([]);
  });
});
