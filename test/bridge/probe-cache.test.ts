/** What was read is kept: a second scan of an unchanged drive opens no media, and no change goes unseen. */
import type Fs from 'node:fs';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openProbeCache, type KeptFile } from '../../bridge/local/probe-cache.ts';
import type { Probe } from '../../bridge/local/probe/prober.ts';
import { scan } from '../../bridge/local/scan.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { box, FOLDER, inFolder, riff, u32, wavFormat, zeros } from './probe-files.ts';

const opened: string[] = [];
vi.mock('node:fs', async (original) => {
  const real = await original<typeof Fs>();
  const openSync: typeof real.openSync = (path, ...rest) => {
    opened.push(String(path));
    return real.openSync(path, ...rest);
  };
  return { ...real, openSync };
});

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

let drive = '';
let nth = 0;
const at = (path: string) => join(drive, path);
const cacheFile = () => at('.baton/probe-cache.json');

/** A file of the day before, as on a drive that arrives. */
function put(path: string, samples: number, modified = new Date(Date.now() - 86_400_000)): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), riff(['fmt ', wavFormat({ bits: 8 })], ['data', zeros(samples)]));
  utimesSync(at(path), modified, modified);
}

beforeEach(() => {
  drive = inFolder(`drive-${nth++}`);
  put('SOUND/a.wav', 100);
  put('SOUND/b.wav', 200);
  put('SOUND/day 2/c.wav', 300);
  opened.length = 0;
});

async function scanned(previous: Handoff | null = null, options = {}) {
  opened.length = 0;
  const manifest = at('handoff.json');
  const result = await scan({ manifest, roots: { media: drive }, logs: [], title: 'x', ...options });
  const media = opened.filter((path) => path.endsWith('.wav'));
  const handoff = result.merge(previous);
  const lengths = Object.fromEntries(handoff.clips.map((clip) => [clip.path, clip.tech.durationSamples]));
  return { handoff, media, lengths, issues: result.issues };
}
const LENGTHS = { 'SOUND/a.wav': 100, 'SOUND/b.wav': 200, 'SOUND/day 2/c.wav': 300 };

test('a second scan of an unchanged drive opens no media and finds the same', async () => {
  const first = await scanned();
  expect([first.media.length, first.lengths]).toEqual([3, LENGTHS]);
  const second = await scanned(first.handoff);
  expect([second.media, second.lengths]).toEqual([[], LENGTHS]);
  expect(second.handoff).toBe(first.handoff);
});
test('an unchanged drive does not have its cache written again', async () => {
  await scanned();
  const before = statSync(cacheFile()).ino;
  await scanned();
  expect(statSync(cacheFile()).ino).toBe(before);
});
test('only what changed is read: another size, another time, a new file', async () => {
  await scanned();
  put('SOUND/a.wav', 101);
  const was = readFileSync(at('SOUND/b.wav'));
  writeFileSync(at('SOUND/b.wav'), was.fill(0x80, was.length - 3));
  const later = new Date(Date.now() - 80_000_000);
  utimesSync(at('SOUND/b.wav'), later, later);
  put('SOUND/d.wav', 400);
  const { media, lengths } = await scanned();
  expect(media.map((path) => path.slice(-5)).sort()).toEqual(['a.wav', 'b.wav', 'd.wav']);
  expect(lengths).toEqual({ ...LENGTHS, 'SOUND/a.wav': 101, 'SOUND/d.wav': 400 });
});
test('a file that was moved is read anew where it is, and forgotten where it was', async () => {
  await scanned();
  renameSync(at('SOUND/a.wav'), at('SOUND/z.wav'));
  expect((await scanned()).media.map((path) => path.slice(-5))).toEqual(['z.wav']);
  expect(readFileSync(cacheFile(), 'utf8')).not.toContain('SOUND/a.wav');
});
test('a file written a moment ago may change within one tick of its clock: it is not kept', async () => {
  put('SOUND/new.wav', 50, new Date());
  await scanned();
  expect((await scanned()).media.map((path) => path.slice(-7))).toEqual(['new.wav']);
});
test('another project rate reads again, as it may decide what a file says', async () => {
  await scanned();
  expect((await scanned(null, { rate: RATES['25'] })).media).toHaveLength(3);
  expect((await scanned(null, { rate: RATES['25'] })).media).toHaveLength(0);
});

describe('a broken cache is passed over, said, and made anew', () => {
  const damage: [string, (text: string) => string][] = [
    ['cut', (text) => text.slice(0, text.length / 2)],
    ['empty of sense', () => 'not JSON at all'],
    ['with a length changed', (text) => text.replace('"durationSamples":100', '"durationSamples":999')],
    ['with its hash gone', (text) => text.replace(/"hash":"\w+"/, '"hash":"00"')],
    ['with an entry more', (text) => text.replace('"entries":{', '"entries":{"media\\nx.wav":[[1,1],{}],')],
  ];
  test.each(damage)('%s', async (_name, change) => {
    await scanned();
    writeFileSync(cacheFile(), change(readFileSync(cacheFile(), 'utf8')));
    const { media, lengths, issues } = await scanned();
    expect([media.length, lengths]).toEqual([3, LENGTHS]);
    expect(issues).toMatchObject([{ code: 'scan-cache', severity: 'note', at: '.baton/probe-cache.json' }]);
    expect((await scanned()).media).toEqual([]);
  });
  test('of an older reader, without a word', async () => {
    await scanned();
    const text = readFileSync(cacheFile(), 'utf8');
    writeFileSync(cacheFile(), text.replace(/"probe":\d+/, '"probe":0'));
    const { media, issues } = await scanned();
    expect([media.length, issues]).toEqual([3, []]);
  });
  test('that cannot be written costs a note and nothing else', async () => {
    writeFileSync(at('.baton'), 'a file where the folder belongs');
    const { lengths, issues } = await scanned();
    expect([lengths, issues.map(({ code, severity }) => [code, severity])]).toEqual([
      LENGTHS,
      [['scan-cache', 'note']],
    ]);
  });
});

test('the cache is a JSON document that names no place of this machine', async () => {
  await scanned();
  const text = readFileSync(cacheFile(), 'utf8');
  expect(Object.keys((JSON.parse(text) as { entries: object }).entries)).toHaveLength(3);
  expect(text).not.toContain(drive);
});

describe('what is kept', () => {
  const file = (path: string): KeptFile => ({ root: 'media', path, size: 1, modified: 1 });
  const manifest = () => at('handoff.json');
  const probe: Probe = { tech: {}, witness: {} };

  test.each(['unreadable', 'needs-ffprobe', 'not-read'] as const)(
    '%s may be over next time',
    async (code) => {
      const { cache } = await openProbeCache(manifest(), undefined);
      cache.keep(file('a'), { ...probe, problem: { code, message: 'x' } });
      expect(cache.find(file('a'))).toBeUndefined();
    },
  );
  test('what is wrong with the file itself', async () => {
    const { cache } = await openProbeCache(manifest(), undefined);
    const truncated: Probe = { ...probe, problem: { code: 'truncated', message: 'x' } };
    cache.keep(file('a'), truncated);
    expect(cache.find(file('a'))).toBe(truncated);
  });
  test('files of roots that were not walked this time', async () => {
    const { cache } = await openProbeCache(manifest(), undefined);
    for (const root of ['media', 'SOUND']) cache.keep({ ...file('a'), root }, probe);
    cache.prune(['media'], []);
    await cache.save();
    const again = (await openProbeCache(manifest(), undefined)).cache;
    expect([again.find(file('a')), again.find({ ...file('a'), root: 'SOUND' })]).toEqual([undefined, probe]);
  });
  test('no more than 200,000, the newest', async () => {
    const { cache } = await openProbeCache(manifest(), undefined);
    for (let count = 0; count < 200_010; count++) cache.keep(file(String(count)), probe);
    await cache.save();
    const again = (await openProbeCache(manifest(), undefined)).cache;
    expect([again.find(file('9')), again.find(file('10'))]).toEqual([undefined, probe]);
  });
});

test('a scan that is stopped while it lists the drive gives nothing: half a list would make the rest look gone', async () => {
  await expect(scanned(null, { signal: AbortSignal.abort() })).rejects.toThrow();
});

test('sound alone in a picture’s wrapping is sound', async () => {
  const trak = box(
    'trak',
    box('tkhd', u32(0xf), zeros(8), u32(1), zeros(68)),
    box(
      'mdia',
      box('mdhd', u32(0), zeros(8), u32(48000), u32(96000), zeros(4)),
      box('hdlr', u32(0), Buffer.from('mhlrsoun'), zeros(13)),
      box(
        'minf',
        box(
          'stbl',
          box(
            'stsd',
            u32(0),
            u32(1),
            box('lpcm', zeros(16), Buffer.from([0, 2]), zeros(6), u32(48000 * 65536)),
          ),
        ),
      ),
    ),
  );
  const movie = [
    box('ftyp', Buffer.from('qt  ')),
    box('mdat'),
    box('moov', box('mvhd', u32(0), zeros(96)), trak),
  ];
  writeFileSync(at('SOUND/mix.mov'), Buffer.concat(movie));
  const { handoff } = await scanned();
  const mix = handoff.clips.find((clip) => clip.path === 'SOUND/mix.mov');
  expect([mix?.kind, mix?.tech.durationSamples, mix?.problem]).toEqual(['sound', 96000, undefined]);
});
