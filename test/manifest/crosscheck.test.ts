/** The editor's own file of a cut beside Baton's reading of it: they agree, or each disagreement is said. */
import { describe, expect, test } from 'vitest';
import type { ResolveCut } from '../../host/standin/resolve/edit.ts';
import { crosscheck } from '../../manifest/crosscheck.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import { edlReader } from '../../manifest/readers/edl.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import { otioReader } from '../../manifest/readers/otio.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { cutOfTestMedia } from '../resolve/plugin-stage.ts';

const READERS = { edl: edlReader, fcpxml: fcpxmlReader, otio: otioReader };
type Format = keyof typeof READERS;

const PLAIN: ResolveCut[] = [
  { file: '/Shoot/A001.mov', track: 'V1', at: 0, duration: 48, in: 100 },
  { file: '/Shoot/A002.mov', track: 'V1', at: 48, duration: 24, in: 7 },
  { file: '/Shoot/A001.mov', track: 'V1', at: 72, duration: 30, in: 500 },
];
/** Two tracks with a gap, other rates, retimes, a title, a dissolve, sound, and what is disabled. */
const RICH: ResolveCut[] = [
  ...PLAIN,
  { file: null, track: 'V1', at: 42, duration: 12, transition: true },
  { file: '/Shoot/A003.mov', track: 'V2', at: 10, duration: 31, in: 33 },
  { file: '/Shoot/HFR.mov', track: 'V2', at: 50, duration: 25, in: 77 },
  { file: '/Shoot/A001.mov', track: 'V2', at: 80, duration: 20, in: 9, speed: { num: 1, den: 2 } },
  { file: '/Shoot/A002.mov', track: 'V2', at: 100, duration: 8, in: 40, speed: { num: -1, den: 1 } },
  { file: '/Shoot/A002.mov', track: 'V2', at: 108, duration: 8, in: 40, enabled: false },
  { file: null, track: 'V3', at: 0, duration: 20 },
  { file: '/Shoot/A001.mov', track: 'A1', at: 0, duration: 48, in: 100 },
  { file: '/Shoot/S001.wav', track: 'A2', at: 5, duration: 60, in: 12 },
];

async function both(cuts: ResolveCut[], format: Format, version = '21.0') {
  const { editor, resolve } = await cutOfTestMedia(cuts, { version });
  const { id } = (await editor.sequences())[0]!;
  const { path } = await editor.exportInterchange(id, `/out/cut.${format}`);
  const { value, issues } = READERS[format].read(resolve.files.get(path)!, {
    name: 'cut',
    rate: RATES['23.976'],
  });
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  const ours = cutList((await editor.sequence())!, emptyHandoff(''), {}).value;
  return { ours, theirs: value[0]!, about: { editor: 'Resolve', format } };
}

describe.each(['edl', 'fcpxml', 'otio'] as const)('%s', (format) => {
  test('agrees with the reading of a plain cut, and a moved event is said', async () => {
    const { ours, theirs, about } = await both(PLAIN, format);
    expect(crosscheck(ours, theirs, about)).toEqual([]);
    const moved = structuredClone(theirs);
    const [first, second, third] = moved.tracks.find(({ type }) => type === 'video')!.events;
    first!.sourceIn += 2;
    second!.recordOut -= 1;
    third!.recordIn += 1;
    const name = format.toUpperCase();
    expect(crosscheck(ours, moved, about).map(({ at, message }) => `${at}: ${message}`)).toEqual([
      `V1 at 01:00:00:00: A001.mov begins 2 frames later in Resolve's own ${name}.`,
      `V1 at 01:00:02:00: A002.mov is 24 frames long; Resolve's own ${name} says 23.`,
      `V1 at 01:00:03:00: A001.mov is read here; Resolve's own ${name} has nothing here.`,
      `V1 at 01:00:03:01: A001.mov stands here in Resolve's own ${name}; nothing is read here.`,
    ]);
  });
});

test.each(['19.0.2', '20.1', '21.0', '21.1'])(
  'the OTIO of Resolve %s agrees about a cut with everything in it',
  async (version) => {
    const { ours, theirs, about } = await both(RICH, 'otio', version);
    expect(theirs.tracks.map(({ type, events }) => [type, events.length])).toEqual(
      ours.tracks.map(({ type, events }) => [type, events.length]),
    );
    expect(crosscheck(ours, theirs, about)).toEqual([]);
  },
);

test('sound is held to its place', async () => {
  const { ours, theirs, about } = await both(RICH, 'otio');
  theirs.tracks.find(({ type, index }) => type === 'audio' && index === 2)!.events[0]!.recordOut += 3;
  expect(crosscheck(ours, theirs, about).map(({ at, message }) => `${at}: ${message}`)).toEqual([
    "A2 at 01:00:00:05: S001.wav is 60 frames long; Resolve's own OTIO says 63.",
  ]);
});

test('what stands on a track that was not read at all is said', async () => {
  const { ours, theirs, about } = await both(RICH, 'otio');
  const without = { ...ours, tracks: ours.tracks.filter(({ index }) => index === 1) };
  const told = crosscheck(without, theirs, about).map(({ at, message }) => `${at}: ${message}`);
  expect(told).toContain(
    "V2 at 01:00:00:10: A003.mov stands here in Resolve's own OTIO; nothing is read here.",
  );
  expect(told).toContain(
    "A2 at 01:00:00:05: S001.wav stands here in Resolve's own OTIO; nothing is read here.",
  );
  expect(crosscheck(without, theirs, { ...about, format: 'edl' })).toEqual([]);
});

test('media of another rate may be told a frame of the sequence apart, and no more', async () => {
  const { ours, theirs, about } = await both(RICH, 'otio');
  const high = theirs.tracks[1]!.events.find(({ name }) => name === 'HFR.mov')!;
  const had = high.sourceIn;
  const apart = (frames: number) => {
    high.sourceIn = had + frames;
    return crosscheck(ours, theirs, about).length;
  };
  expect([apart(-2), apart(2), apart(6)]).toEqual([0, 0, 1]);
});

test('another rate or start is said, and a file that is wrong throughout does not fill the page', async () => {
  const { ours, theirs, about } = await both(PLAIN, 'otio');
  expect(crosscheck(ours, { ...theirs, rate: RATES['25'] }, about).map(({ message }) => message)).toEqual([
    "Resolve's own OTIO runs at another rate than the sequence; nothing else was compared.",
  ]);
  expect(crosscheck(ours, { ...theirs, start: 0 }, about)[0]!.message).toContain(
    "The sequence starts at 01:00:00:00; Resolve's own OTIO says 00:00:00:00.",
  );
  const [event] = ours.tracks[0]!.events;
  const events = Array.from({ length: 500 }, (_, nth) => ({
    ...event!,
    recordIn: nth * 2,
    recordOut: nth * 2 + 1,
  }));
  const long = { ...ours, tracks: [{ ...ours.tracks[0]!, events }] };
  const told = crosscheck(long, { ...theirs, tracks: [] }, about);
  expect(told).toHaveLength(101);
  expect(told.at(-1)!.message).toBe('It disagrees in 400 more places, which are not listed.');
});
