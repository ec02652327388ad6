/** Sheets that programs write: Resolve's metadata, Frame.io's comments, JSON of Airtable and Notion. */
import { describe, expect, it } from 'vitest';
import type { LogSheet } from '../../../manifest/documents/log.ts';
import { csvLog } from '../../../manifest/readers/csv-log.ts';
import { frameioCsv } from '../../../manifest/readers/frameio-csv.ts';
import { jsonLog } from '../../../manifest/readers/json-log.ts';
import type { Reader } from '../../../manifest/readers/reader.ts';
import { resolveCsv } from '../../../manifest/readers/resolve-csv.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { readerOf } from './log-stage.ts';

const rows = (reader: Reader<LogSheet>, text: string) => reader.read(text, { name: 'x.csv' }).value.rows;

describe("Resolve's metadata", () => {
  const text = [
    'File Name,Clip Directory,Duration TC,Shot Frame Rate,Keywords,Tag,Scene,Shot,Take,Comments',
    'Dailies,,07:15:32:20,24.000,,0,,,,',
    'A001C003.mov,/Volumes/X,00:00:11:06,24.000,"a,b",1,7,A,3,lovely',
    'A001C004.mov,/Volumes/X,00:00:05:10,24.000,,0,7,A,4,',
  ].join('\r\n');

  it('has Good Take under Tag, and bins and timelines among its rows', () => {
    expect(readerOf(text)).toBe('resolve-csv');
    const read = rows(resolveCsv, text);
    expect(read.map(({ file, about, pick }) => [file, about, pick])).toEqual([
      ['Dailies', 'nothing', undefined],
      ['A001C003.mov', 'picture', 'good'],
      ['A001C004.mov', 'picture', undefined],
    ]);
    expect(read[1]).toMatchObject({
      rate: RATES['24'],
      duration: '00:00:11:06',
      setup: 'A',
      tags: ['a', 'b'],
    });
  });
});

describe('comments from Frame.io', () => {
  const head =
    '\uFEFFTeam,Project,File,Version,Commenter,Comment ID,Comment,Reply,Frame,Duration,Timecode,Timecode In,Timecode Source In';
  const line = (source: string, comment = '"""nice, really"""', reply = '') =>
    `T,P,A001C003.mov,1,"""Ada"""  ,7,${comment},${reply},62,0,00:00:02:12,00:00:02:12,${source}`;
  const read = (...lines: string[]) => rows(frameioCsv, [head, ...lines].join('\n'));

  it('stand at the source’s timecode where it has one, else as far into the file', () => {
    expect(readerOf(`${head}\n${line('')}`)).toBe('frameio-csv');
    const [own, counted] = read(line('10:00:02:12'), line('00:00:02:12'));
    expect(own!.notes).toEqual([
      { kind: 'note', text: 'nice, really', author: 'Ada', timecode: '10:00:02:12' },
    ]);
    expect(counted!.notes).toEqual([
      { kind: 'note', text: 'nice, really', author: 'Ada', offsetLabel: '00:00:02:12' },
    ]);
    expect(own).toMatchObject({ file: 'A001C003.mov', about: 'comment' });
  });

  it('replies are notes of the same moment, a column that only flags them is not', () => {
    expect(read(line('', 'nice', 'agreed'))[0]!.notes.map((note) => note.text)).toEqual(['nice', 'agreed']);
    expect(read(line('', 'nice', 'true'))[0]!.notes.map((note) => note.text)).toEqual(['nice']);
  });
});

describe('JSON', () => {
  it("Airtable's records, with fields that differ from one to the next", () => {
    const text = JSON.stringify({
      records: [
        {
          id: 'rec1',
          createdTime: 'x',
          fields: {
            Scene: '7A',
            Take: 3,
            Circled: true,
            Clip: [{ filename: 'A001C003.mov', url: 'https://x' }],
          },
        },
        { id: 'rec2', createdTime: 'x', fields: { Scene: '7A', Take: 4, Notes: 'at 0:12 smile' } },
      ],
    });
    expect(readerOf(text, 'json')).toBe('json-log');
    expect(rows(jsonLog, text)).toEqual([
      { row: 2, scene: '7A', take: '3', pick: 'circled', file: 'A001C003.mov', notes: [] },
      { row: 3, scene: '7A', take: '4', notes: [{ kind: 'note', text: 'smile', offsetSeconds: 12 }] },
    ]);
  });

  it("Notion's typed properties", () => {
    const text = JSON.stringify({
      object: 'list',
      results: [
        {
          object: 'page',
          properties: {
            Scene: {
              id: 'a',
              type: 'title',
              title: [
                { type: 'text', plain_text: '7' },
                { type: 'text', plain_text: 'A' },
              ],
            },
            Take: { id: 'b', type: 'number', number: 3 },
            Status: { id: 'c', type: 'select', select: { name: 'NG', color: 'red' } },
            Camera: { id: 'd', type: 'multi_select', multi_select: [{ name: 'A' }, { name: 'B' }] },
            Circled: { id: 'e', type: 'checkbox', checkbox: false },
          },
        },
      ],
    });
    expect(readerOf(text, 'json')).toBe('json-log');
    expect(rows(jsonLog, text)).toEqual([
      { row: 2, scene: '7A', take: '3', pick: 'rejected', camera: 'A, B', notes: [] },
    ]);
  });

  it('other JSON is no log: manifests, settings, broken text', () => {
    for (const text of [
      '{"kind":"handoff","clips":[{"file":"x"}]}',
      '{"name":"x","version":1}',
      '[1,2]',
      '{"records":',
    ])
      expect(readerOf(text, 'json'), text).toBeUndefined();
    expect(jsonLog.read('{"records":', { name: 'x.json' }).issues[0]).toMatchObject({
      code: 'log-not-json',
      severity: 'error',
    });
    expect(jsonLog.read('{"a":1}', { name: 'x.json' }).issues[0]!.message).toContain('no list of records');
  });
});

describe('exports of Airtable, Notion and Google Sheets as CSV', () => {
  it('checkboxes, attachments, links, merged headings and the headings of the next page', () => {
    const text = [
      'Scene,Take,Camera,,Circled,Attachment,Notes',
      ',,Roll,Clip,,,',
      '7A (https://www.notion.so/7A-1b2c),3,A001,C003,checked,still.png (https://dl.airtable.com/a),"Dir: lovely\n01:00:00:00 DP: flare"',
      'Scene,Take,Camera,,Circled,Attachment,Notes',
      ',,Roll,Clip,,,',
      '7A,4,A001,C004,,,',
    ].join('\n');
    const { value, issues } = csvLog.read(text, { name: 'x.csv' });
    expect(issues.map((issue) => issue.code)).toEqual([]);
    expect(value.rows.map(({ row, about, take, pick }) => [row, about, take, pick])).toEqual([
      [3, undefined, '3', 'circled'],
      [4, 'nothing', undefined, undefined],
      [5, 'nothing', undefined, undefined],
      [6, undefined, '4', undefined],
    ]);
    expect(value.rows[0]!.notes).toEqual([
      { kind: 'director', text: 'lovely' },
      { kind: 'camera', text: 'flare', timecode: '01:00:00:00' },
    ]);
  });

  it('Excel’s sep= line and bars between cells', () => {
    expect(rows(csvLog, 'sep=;\r\nScene;Take;Notes\r\n7;3;a, b, c\r\n')[0]).toMatchObject({
      scene: '7',
      take: '3',
    });
    expect(rows(csvLog, 'Scene|Take|Notes\n7|3|a\n')[0]).toMatchObject({ take: '3' });
  });

  it('headings that Baton does not know, or none, go by what a person says', () => {
    const says = (text: string, ...columns: [string, 'scene' | 'take' | 'note'][]) =>
      csvLog.read(text, {
        name: 'x.csv',
        columns: columns.map(([heading, meaning]) => ({ heading, meaning })),
      });
    expect(says('Wo,Wievielte,Was\n7,3,x\n', ['Wo', 'scene'], ['Wievielte', 'take']).value.rows).toEqual([
      { row: 2, scene: '7', take: '3', notes: [], other: { Was: 'x' } },
    ]);
    expect(
      says('7,3,x\n7,4,y\n', ['column 1', 'scene'], ['column 2', 'take'], ['column 3', 'note']).value.rows,
    ).toEqual([
      { row: 1, scene: '7', take: '3', notes: [{ kind: 'note', text: 'x' }] },
      { row: 2, scene: '7', take: '4', notes: [{ kind: 'note', text: 'y' }] },
    ]);
  });
});

describe('a scene written once above its takes', () => {
  it('is that of the rows below it, which are named', () => {
    const text = 'Scene,Setup,Take,Notes\n7,A,1,\n,,2,\n,B,1,\n,,2,\n,,,lunch\n,,3,\n\n,,4,x\n8,,1,\n,,2,\n';
    const { value, issues } = csvLog.read(text, { name: 'day1.csv' });
    expect(value.rows.map(({ scene, setup, take }) => [scene, setup, take])).toEqual([
      ['7', 'A', '1'],
      ['7', 'A', '2'],
      ['7', 'B', '1'],
      ['7', 'B', '2'],
      [undefined, undefined, undefined],
      ['7', 'B', '3'],
      [undefined, undefined, '4'],
      ['8', undefined, '1'],
      ['8', undefined, '2'],
    ]);
    expect(issues.find((issue) => issue.code === 'log-scene-carried')?.message).toBe(
      'day1.csv: 5 rows (3–5, 7, 11) of it name no scene; that of the row above is taken.',
    );
  });

  it('is not that of a row which names its file', () => {
    expect(rows(csvLog, 'Scene,Take,File\n7,1,a.mov\n,2,b.mov\n')[1]!.scene).toBeUndefined();
  });
});
