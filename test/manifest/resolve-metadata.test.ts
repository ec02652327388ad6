/** Metadata tables for Resolve: what the panel would write, exactly as it is or not at all, and read back as it was said. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { emptyHandoff, HandoffSchema, type Clip, type Handoff } from '../../manifest/documents/handoff.ts';
import { DEFAULT_OPTIONS, type Exported } from '../../manifest/exports/export.ts';
import { resolveMetadata } from '../../manifest/exports/resolve-metadata.ts';
import { HEADINGS } from '../../manifest/exports/resolve/row.ts';
import { FORMULA } from '../../manifest/exports/sheet/csv.ts';
import { wantedKeywords } from '../../manifest/plan/keywords.ts';
import { resolveCsv } from '../../manifest/readers/resolve-csv.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip, filmCut } from './cutlist-samples.ts';
import { goldenCuts, lossText } from './goldens.ts';

const example = HandoffSchema.parse(
  JSON.parse(readFileSync(new URL('../../examples/handoff.json', import.meta.url), 'utf8')),
);
const ROOTS = { media: '/Volumes/SHOOT', main: '/Volumes/SHOOT' };
const write = (handoff: Handoff, roots: Record<string, string> = ROOTS): Exported =>
  resolveMetadata.writeHandoff!(handoff, roots);

/** Each row by heading, with the separator known: a cell of tabs beside one row leaves nothing to guess it by. */
function rowsOf({ files }: Exported): Record<string, string>[] {
  const text = files[0]!.text.replace(/^\uFEFF/, '');
  const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
  const [head, ...rows] = data.filter((cells) => cells.some((cell) => cell !== ''));
  expect(head).toEqual(HEADINGS);
  return rows.map((cells) => Object.fromEntries(HEADINGS.map((heading, at) => [heading, cells[at]!])));
}

const tech: Clip['tech'] = { rate: RATES['23.976'], startTc: '01:02:03:04', durationFrames: 240 };
function handoffWith(made: Partial<Clip>[], notes: string[] = [], tags: string[] = []): Handoff {
  const clips = made.map((fields, at) => clip(`day/A${at}.mov`, tech, { id: `c${at}`, ...fields }));
  return {
    ...emptyHandoff('Table'),
    rate: RATES['23.976'],
    roots: [{ name: clips[0]?.root ?? 'media' }],
    clips,
    log: {
      sheets: [],
      entries: [
        {
          id: 'e',
          sheet: 'log.csv',
          row: 2,
          clips: ['c0'],
          notes: notes.map((text, at) => ({ id: `n${at}`, kind: 'script', text })),
          tags,
        },
      ],
    },
  };
}

test('the example reads as its golden', async () => {
  const { files, losses } = write(example);
  expect(files.map(({ suffix }) => suffix)).toEqual(['_metadata.csv']);
  await expect(files[0]!.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
    'exports/goldens/example_metadata.csv',
  );
  await expect(lossText(losses)).toMatchFileSnapshot('exports/goldens/example_metadata-losses.txt');
});

test.each(goldenCuts)('the media of the %s cut read as their golden', async (name, sample) => {
  const made = resolveMetadata.write(sample) as Exported;
  await expect(made.files[0]!.text.replaceAll('\r\n', '\n')).toMatchFileSnapshot(
    `exports/goldens/${name}_metadata.csv`,
  );
  await expect(lossText(made.losses)).toMatchFileSnapshot(`exports/goldens/${name}.metadata-losses.txt`);
});

describe('a table', () => {
  test('is read back by Baton as a log that says the same', () => {
    const handoff = handoffWith(
      [
        {
          identity: { scene: '07', setup: 'A', take: '3', camera: 'B', reel: 'B003', soundRoll: '12' },
          pick: 'circled',
        },
        { identity: { scene: '8' }, pick: 'rejected' },
      ],
      ['boom in shot, twice', 'lovely'],
      ['Anna', 'angry'],
    );
    const { value, issues } = resolveCsv.read(write(handoff).files[0]!.text, { name: 'x_metadata.csv' });
    expect(issues).toEqual([]);
    expect(value.rows[0]).toMatchObject({
      file: 'A0.mov',
      scene: '07',
      setup: 'A',
      take: '3',
      camera: 'B',
      reel: 'B003',
      soundRoll: '12',
      pick: 'good',
      startTc: '01:02:03:04',
      about: 'picture',
      tags: ['Scene 07', 'Anna', 'angry'],
      notes: [{ text: 'boom in shot, twice | lovely' }],
    });
    expect(value.rows[1]!.pick).toBeUndefined();
  });

  test('has the folder that each file lies in, in the form of its own system', () => {
    const handoff = handoffWith([{}]);
    const of = (root: string) => rowsOf(write(handoff, { [handoff.roots[0]!.name]: root }))[0]!;
    expect(of('/Volumes/SHOOT')).toMatchObject({
      'File Name': 'A0.mov',
      'Clip Directory': '/Volumes/SHOOT/day',
    });
    expect(of('D:\\Shoot')['Clip Directory']).toMatch(/^D:[\\/]Shoot[\\/]day$/);
  });

  test('finds the files of a place that nobody knows by name and timecode, and says so', () => {
    const made = write(handoffWith([{}, {}]), {});
    expect(rowsOf(made)[0]).toMatchObject({
      'File Name': 'A0.mov',
      'Clip Directory': 'day',
      'Start TC': '01:02:03:04',
    });
    expect(made.losses).toEqual([expect.objectContaining({ what: 'offline', count: 2 })]);
  });

  test('calls an image sequence as Resolve does, and leaves out what is no media or cannot be used', () => {
    const made = write(
      handoffWith([
        {
          path: 'vfx/plate.1001.exr',
          sequence: { first: 1001, last: 1100, digits: 4, missing: [] },
        } as Partial<Clip>,
        { kind: 'document', path: 'notes.pdf' },
        { problem: { code: 'empty-file', message: 'it is empty' } },
      ]),
    );
    expect(rowsOf(made).map((row) => row['File Name'])).toEqual(['plate.[1001-1100].exr']);
    expect(made.losses.filter(({ what }) => what === 'source').map(({ message }) => message)).toEqual([
      'notes.pdf: a document is no media; it has no row',
      'day/A2.mov: it is empty; it has no row',
    ]);
  });

  test('of a cut has the words of the handoff behind it', () => {
    const source = filmCut().tracks[0]!.events[0]!.source!;
    const known = { ...handoffWith([{ id: source.clip!, identity: { scene: 'known' } }]) };
    const made = resolveMetadata.write(filmCut(), { ...DEFAULT_OPTIONS, handoff: known }) as Exported;
    expect(rowsOf(made).find((row) => row['Baton Clip'] === source.clip)).toMatchObject({ Scene: 'known' });
    expect(made.losses.map(({ what }) => what)).toContain('flattened');
  });

  test('says that notes lose their moment', () => {
    const handoff = handoffWith([{}], ['here']);
    handoff.log.entries[0]!.notes[0]!.offset = 24;
    expect(write(handoff).losses).toContainEqual(expect.objectContaining({ what: 'marker-place', count: 1 }));
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    '=cmd|x',
    "'=1",
    '-2+3',
    '+1',
    '@SUM(A1)',
    ' =1',
    '\t=1',
    '"',
    ',',
    "'",
    '\u65e5',
    '',
    '7',
    '\uff1d1',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/\r\n?/g, '\n')),
);

test('no cell begins like a formula, and every cell is exact, empty, or begins with Note: ', () => {
  fc.assert(
    fc.property(
      fc.record({ scene: hostile, setup: hostile, take: hostile, camera: hostile, reel: hostile }),
      fc.array(hostile, { maxLength: 2 }),
      fc.array(hostile, { maxLength: 2 }),
      (identity, notes, tags) => {
        const handoff = handoffWith([{ identity, soundKind: 'mos' }], notes, tags);
        const made = write(handoff);
        const [row] = rowsOf(made);
        let changed = 0;
        const held = (heading: string, wanted: string) => {
          const text = wanted.replace(/\p{Surrogate}/gu, '\uFFFD');
          if (FORMULA.test(wanted)) {
            changed++;
            expect(row![heading]).toBe(heading === 'Comments' ? `Note: ${wanted}` : '');
          } else expect(row![heading]!.replace(/\p{Surrogate}/gu, '\uFFFD')).toBe(text);
        };
        held('Scene', identity.scene);
        held('Shot', identity.setup);
        held('Take', identity.take);
        held('Camera #', identity.camera);
        held('Roll Card #', identity.reel);
        held('Comments', notes.join(' | '));
        held('Keywords', wantedKeywords(handoff.clips[0]!, handoff.log.entries).join(','));
        for (const cell of Object.values(row!)) expect(FORMULA.test(cell)).toBe(false);
        expect(made.losses.filter(({ what }) => what === 'formula')).toHaveLength(changed);
      },
    ),
  );
});

test('a file whose name begins like a formula has no row, and is named', () => {
  const made = write(handoffWith([{ path: "=cmd|' C'!A0.mov" }, {}]));
  expect(rowsOf(made).map((row) => row['File Name'])).toEqual(['A1.mov']);
  expect(made.losses).toEqual([
    expect.objectContaining({ what: 'formula', message: expect.stringContaining('it has no row') }),
  ]);
});
