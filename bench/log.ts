/** Log sheets of 20,000 rows: reading one, with papaparse alone as the floor; as a workbook; and finding its clips among 20,000. */
import Papa from 'papaparse';
import { readSheetFile } from '../bridge/local/sheets.ts';
import { logEntries } from '../manifest/log/entries.ts';
import type { Matchable } from '../manifest/log/match.ts';
import { csvLog } from '../manifest/readers/csv-log.ts';
import { RATES } from '../manifest/time/rate.ts';
import { cells, sheetXml, workbook } from '../test/fixtures/workbook.ts';
import { held, median, rivals, table } from './table.ts';

const ROWS = 20_000;
const HEADINGS = [
  'Scene',
  'Setup',
  'Take',
  'Camera',
  'Cam Roll',
  'Clip',
  'Sound',
  'Circled',
  'TC In',
  'TC Out',
  'Lens',
  'Director Notes',
  'Script Notes',
];
const two = (value: number) => String(value).padStart(2, '0');

function row(at: number): string[] {
  const [scene, take] = [Math.floor(at / 100) + 1, (at % 10) + 1];
  const clock = `${two(Math.floor(at / 3600) % 24)}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`;
  return [
    String(scene),
    'ABCDEFGHIJ'[Math.floor(at / 10) % 10]!,
    at % 10 === 9 ? `${take}*` : String(take),
    at % 2 ? 'A' : 'B',
    `A${String(1 + Math.floor(at / 100)).padStart(3, '0')}`,
    `A${String(1 + Math.floor(at / 100)).padStart(3, '0')}C${String(1 + (at % 100)).padStart(3, '0')}`,
    at % 7 ? 'SYNC' : 'MOS',
    at % 9 ? '' : 'x',
    `${clock}:00`,
    `${clock}:20`,
    '35mm',
    at % 3 ? 'lovely, "the one"' : `${clock}:05 boom in shot; ${clock}:10 great`,
    at % 4 ? 'Mara enters frame left, hat in hand' : `at 0:${two(at % 60)} cup in her left hand`,
  ];
}

const rows = Array.from({ length: ROWS }, (_, at) => row(at));
const text = Papa.unparse([HEADINGS, ...rows]);

const times = rivals({
  ours: () => csvLog.read(text, { name: 'bench.csv' }),
  papaparse: () => Papa.parse(text, { delimiter: '', delimitersToGuess: [',', ';', '\t'] }),
});
table(
  `Read a CSV of ${ROWS} rows and ${HEADINGS.length} columns (${(text.length / 1e6).toFixed(1)} MB)`,
  ['', 'ms', 'x floor', 'MiB held'],
  [
    ['papaparse alone (the floor)', times['papaparse']!, '1.0x', held(() => Papa.parse(text))],
    [
      'rows with meaning, notes placed',
      times['ours']!,
      `${(times['ours']! / times['papaparse']!).toFixed(1)}x`,
      held(() => csvLog.read(text, { name: 'bench.csv' })),
    ],
  ],
);

const escape = (cell: string) => cell.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const book = workbook({
  sheets: { Log: sheetXml(cells([HEADINGS, ...rows].map((each) => each.map(escape)))) },
});
const bytes = Buffer.from(text);
const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
const file = (given: Buffer, name: string) => () => readSheetFile(given, { name, named: false });
const files = rivals(
  { csv: file(bytes, 'bench.csv'), utf16: file(utf16, 'bench.csv'), xlsx: file(book, 'bench.xlsx') },
  5,
);
table(
  'From bytes to rows: guess the encoding and the kind, unpack, read',
  ['file', 'MB', 'ms'],
  [
    ['CSV, UTF-8', bytes.length / 1e6, files['csv']!],
    ['CSV, UTF-16 LE', utf16.length / 1e6, files['utf16']!],
    ['XLSX', book.length / 1e6, files['xlsx']!],
  ],
);

const clips = rows.map((each, at): Matchable => ({
  id: `clip-${at}`,
  kind: 'picture',
  path: `${each[4]}/${each[5]}_230614_R1AB.mov`,
  identity: { reel: each[4]!, camera: 'A' },
  soundKind: 'unknown',
}));
const named = csvLog.read(text, { name: 'bench.csv' }).value;
const unnamed = { ...named, rows: named.rows.map(({ file: _file, ...each }) => each) };
const byTake = clips.map((clip, at) => ({
  ...clip,
  identity: { scene: `${rows[at]![0]}${rows[at]![1]}`, take: rows[at]![2]!.replace('*', '') },
}));
const empty = { sheets: [], entries: [] };
const entries = (sheet: typeof named, among: Matchable[]) => () =>
  logEntries(empty, [sheet], among, () => RATES['25']);
const found = (made: ReturnType<typeof logEntries>) =>
  made.entries.filter((entry) => entry.clips.length > 0).length;
table(
  `Find the clips of ${ROWS} rows among ${ROWS}, with ids that survive sorting`,
  ['by', 'ms', 'rows with a clip'],
  [
    ['clip name as written down', median(entries(named, clips), 5), String(found(entries(named, clips)()))],
    ['scene, setup and take', median(entries(unnamed, byTake), 5), String(found(entries(unnamed, byTake)()))],
  ],
);
