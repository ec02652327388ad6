import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { changes, changesCsv, changesHtml, changesText } from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { startChromium } from '../browser/chromium.ts';
import { seriousViolations } from '../browser/page.ts';
import { event, list, pictureSource, track } from './cutlist-samples.ts';

const rate = RATES['24'];
const copy = (cut: CutList) => JSON.parse(JSON.stringify(cut)) as CutList;

function before(): CutList {
  const row = (name: string) =>
    track(
      name,
      Array.from({ length: 6 }, (_, nth) =>
        event(pictureSource(`A00${nth}`, rate, '10:00:00:00'), nth * 100, 100, nth * 110, rate),
      ),
    );
  return list(rate, '01:00:00:00', [row('V1'), row('V2')], { name: 'Reel 1 v1' });
}

/** One of most things an editor does. */
function after(): CutList {
  const cut = copy(before());
  const [first, second] = [cut.tracks[0]!, cut.tracks[1]!];
  for (const { events } of cut.tracks)
    for (const each of events)
      if (each.recordIn >= 200)
        Object.assign(each, { recordIn: each.recordIn + 48, recordOut: each.recordOut + 48 });
  const source = pictureSource('NEW', rate, '12:00:00:00');
  first.events.push({ id: 'new', ...event(source, 200, 48, 0, rate) });
  Object.assign(first.events[0]!, { recordOut: 90, sourceOut: 90 });
  first.events[3]!.enabled = false;
  first.events[4]!.speed = { num: 1, den: 2 };
  second.events.splice(4, 1);
  second.events[1]!.sourceIn += 12;
  second.events[1]!.sourceOut += 12;
  first.transitions.push({ in: 90, out: 110, kind: 'dissolve', name: 'Cross Dissolve' });
  cut.markers.push({ frame: 48, duration: 1, name: 'VFX 010', comment: '', colour: 'red' });
  cut.name = 'Reel 1 v2';
  return cut;
}

describe('a change list as text', () => {
  it('has one line a change, in the order of the new cut', () => {
    expect(changesText(changes(before(), after()))).toBe(`Reel 1 v1 → Reel 1 v2
before: 00:00:25:00 from 01:00:00:00 at 24 fps, 12 events on 2 tracks
after:  00:00:27:00 from 01:00:00:00 at 24 fps, 12 events on 2 tracks
Running time 00:00:27:00, 48 frames (00:00:02:00) longer

10 changes: 1 sequence, 1 trimmed, 1 marker added, 1 transition added, 1 slipped, 1 added, 1 ripple, 1 disabled, 1 retimed, 1 removed

                     ~ sequence          name “Reel 1 v1” → “Reel 1 v2”
01:00:00:00  V1-001  ~ trimmed           A000.mov: tail 10 frames shorter
01:00:02:00          + marker added      VFX 010: on the sequence
01:00:03:18  V1      + transition added  Cross Dissolve: 20 frames of dissolve
01:00:04:04  V2-002  ~ slipped           A001.mov: shows material 12 frames later
01:00:08:08  V1-003  + added             NEW.mov: 48 frames (00:00:02:00) new
01:00:10:08  all     > ripple            everything from 01:00:08:08 (V1-003, 7 events) on moves 48 frames (00:00:02:00) later
01:00:14:12  V1-005  ~ disabled          A003.mov: switched off (was V1-004)
01:00:18:16  V1-006  ~ retimed           A004.mov: speed 100 % → 50 % (was V1-005)
01:00:16:16  V2-005  - removed           A004.mov: 100 frames (00:00:04:04) gone
`);
  });

  it('says of a source what changed, and of what only one side knows which fields', () => {
    const known = copy(before());
    for (const { events } of known.tracks)
      for (const { source } of events)
        Object.assign(source!, {
          file: null,
          clip: undefined,
          camera: undefined,
          start: 100,
          tags: ['circled'],
        });
    const text = changesText(
      changes({ ...before(), tracks: [before().tracks[0]!] }, { ...known, tracks: [known.tracks[0]!] }),
    );
    expect(text).toContain(
      'A000.mov: start 10:00:00:00 → 00:00:04:04; no longer says clip, file, camera; now says tags ["circled"] (1 event)',
    );
  });

  it('says so where nothing changed', () => {
    expect(changesText(changes(before(), before()))).toContain('\nNothing changed.\n');
  });

  it('is one line a change, whatever a name holds', () => {
    const cut = after();
    cut.tracks[0]!.events[3]!.name = 'two\nlines\u0000 and \u202Eturned\ud800';
    const text = changesText(changes(before(), cut));
    expect(text.split('\n')).toHaveLength(changesText(changes(before(), after())).split('\n').length + 1);
    expect(text).toContain('two\\u000Alines\\u0000 and \\u202Eturned\ufffd');
  });
});

describe('a change list as CSV', () => {
  it('has one row a change with timecodes before and after', () => {
    const rows = changesCsv(changes(before(), after())).split('\r\n');
    expect(rows[0]).toBe(
      'Change,Track,Event before,Event after,Name,Record in before,Record out before,Record in after,Record out after,Frames,What changed',
    );
    expect(rows).toHaveLength(12);
    expect(rows).toContain(
      'trimmed,V1,V1-001,V1-001,A000.mov,01:00:00:00,01:00:04:04,01:00:00:00,01:00:03:18,-10,tail 10 frames shorter',
    );
    expect(rows).toContain(
      'ripple,all,,,,,,01:00:10:08,,48,"everything from 01:00:08:08 (V1-003, 7 events) on moves 48 frames (00:00:02:00) later"',
    );
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1', '|calc'])(
    '%j as a name is no formula',
    (name) => {
      const cut = before();
      cut.tracks[0]!.events[2]!.name = name;
      const csv = changesCsv(changes({ ...cut, tracks: [cut.tracks[0]!] }, { ...cut, tracks: [] }));
      for (const row of csv.split('\r\n'))
        for (const cell of row.split(',')) {
          const open = cell.replace(/^"/, '');
          expect(/^\s*[=+@|＝]/.test(open) || (open.startsWith('-') && !/^-\d+$/.test(open)), cell).toBe(
            false,
          );
        }
      expect(csv).toContain(name.trim().replace('\t', ''));
    },
  );

  it('quotes what holds commas, quotes or line ends', () => {
    const cut = before();
    cut.tracks[0]!.events[2]!.name = 'a "b", c';
    expect(changesCsv(changes(cut, { ...cut, tracks: [] }))).toContain('"a ""b"", c"');
  });
});

describe('a change list as a page', () => {
  let browser: Browser | null;
  beforeAll(async () => void (browser = await startChromium()));
  afterAll(() => browser?.close());

  it('has a row for each change, and both cuts in the picture', () => {
    const said = changes(before(), after());
    const page = changesHtml(said, before(), after());
    expect(page.match(/<td class="sign /g)).toHaveLength(said.changes.length);
    for (const words of ['V1 before', 'V1 after', '+ added', '− removed', '~ trimmed', 'As before'])
      expect(page.toLowerCase()).toContain(words.toLowerCase());
  });

  it('says so where nothing changed, also of two empty cuts', () => {
    const empty = list(rate, '01:00:00:00', []);
    expect(changesHtml(changes(empty, empty), empty, empty)).toContain('Nothing changed.');
    expect(changesHtml(changes(before(), before()), before(), before())).toContain('Nothing changed.');
  });

  it('runs nothing, asks for nothing, and fits 900 and 390 dots, light and dark', async () => {
    if (!browser) return;
    const cut = after();
    cut.name = '</title><script>window.ran = 1</script>';
    cut.tracks[0]!.events[0]!.name = '"><img src=http://127.0.0.1:9/x onerror="window.ran = 1">';
    const page = await (await browser.newContext()).newPage();
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.setContent(changesHtml(changes(before(), cut), before(), cut));
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await page.title()).toContain('<script>window.ran = 1</script>');
    for (const width of [900, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 700 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
  });

  it.each(['light', 'dark'] as const)('has nothing that axe calls serious, in %s', async (colorScheme) => {
    if (!browser) return;
    const page = await (await browser.newContext({ colorScheme })).newPage();
    await page.setContent(changesHtml(changes(before(), after()), before(), after()));
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('draws 10,000 changed events in less than 3 MB, and its picture in less than 300 kB', () => {
    const many = (by: number) =>
      list(
        rate,
        '01:00:00:00',
        ['V1', 'V2', 'V3', 'V4', 'A1', 'A2', 'A3', 'A4'].map((name) =>
          track(
            name,
            Array.from({ length: 1250 }, (_, nth) =>
              event(
                pictureSource(`A${nth % 90}`, rate, '10:00:00:00'),
                nth * 30,
                30,
                nth + (nth % 2 ? by : 0),
                rate,
              ),
            ),
          ),
        ),
      );
    const page = changesHtml(changes(many(0), many(5)), many(0), many(5));
    expect(page.length).toBeLessThan(3e6);
    expect(page.slice(page.indexOf('<svg'), page.indexOf('<ul class="legend"')).length).toBeLessThan(300_000);
  });
});
