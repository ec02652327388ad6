/** The stand-in behaves as Premiere was seen to: its lies, its silences, its odd answers. Asked in raw ExtendScript. */
import { describe, expect, test } from 'vitest';
import type { Misbehaviour } from '../../bridge/hosts/standin.ts';
import { StandinPremiere } from '../../host/standin/premiere/premiere.ts';
import { emptyState } from '../../host/standin/premiere/state.ts';
import { cutSequence } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { MEDIA } from '../bridge/premiere-stage.ts';

function premiere(misbehaviour: Misbehaviour = {}, state: unknown = emptyState()) {
  const made = new StandinPremiere({ state, media: (path) => MEDIA[path] ?? null, misbehaviour });
  return { made, ask: (code: string) => made.evalScript(code) };
}
const IMPORT = 'app.project.importFiles(["/Shoot/A001.mov"], true, app.project.rootItem, false);';
const CLIP = 'app.project.rootItem.children[0]';

describe('evalScript', () => {
  test.each([
    ['1 + 1', '2'],
    ['undefined', 'undefined'],
    ['true', 'true'],
    ['null', 'null'],
    ['({})', '[object Object]'],
    ['throw new Error("why")', 'EvalScript error.'],
    ['return 1', 'EvalScript error.'],
    ['no such thing', 'EvalScript error.'],
    ['JSON.stringify({})', 'EvalScript error.'],
  ])('%s gives %s', async (code, answer) => {
    expect(await premiere().ask(code)).toBe(answer);
  });

  test('all scripts share one engine, in the order they came', async () => {
    const { ask } = premiere({ delayMs: 2 });
    expect(await Promise.all([ask('var n = 1; n'), ask('n = n * 10 + 2'), ask('n = n * 10 + 3')])).toEqual([
      '1',
      '12',
      '123',
    ]);
  });
});

describe('bins and items', () => {
  test('node ids count up from 000f4240 and are never given twice', async () => {
    const { ask } = premiere();
    expect(await ask('app.project.rootItem.nodeId')).toBe('000f4240');
    expect(await ask('app.project.rootItem.createBin("A").nodeId')).toBe('000f4241');
    await ask('app.project.rootItem.children[0].deleteBin()');
    expect(await ask('app.project.rootItem.createBin("A").nodeId')).toBe('000f4242');
  });

  test('two bins may have one name', async () => {
    const { ask } = premiere();
    await ask('app.project.rootItem.createBin("A"); app.project.rootItem.createBin("A")');
    expect(await ask('app.project.rootItem.children.numItems')).toBe('2');
  });

  test('children are a count and numbers from 0, no array, and null on what is no bin', async () => {
    const { ask } = premiere();
    await ask(IMPORT);
    expect(
      await ask('var c = app.project.rootItem.children; [c.numItems, c.length, c[1], typeof c.push].join()'),
    ).toBe('1,,,undefined');
    expect(await ask(`${CLIP}.children`)).toBe('null');
  });

  test('a bin does not move into itself', async () => {
    const { ask } = premiere();
    await ask('var a = app.project.rootItem.createBin("A"), b = a.createBin("B"); a.moveBin(b)');
    expect(await ask('b.treePath')).toBe('\\Stand-in.prproj\\A\\B');
  });

  test('importing says true for what is missing, and makes a second item of what is there', async () => {
    const { ask } = premiere();
    expect(await ask('app.project.importFiles(["/none.mov"], true, app.project.rootItem, false)')).toBe(
      'true',
    );
    expect(await ask('app.project.rootItem.children.numItems')).toBe('0');
    await ask(IMPORT + IMPORT);
    expect(await ask('app.project.rootItem.children.numItems')).toBe('2');
  });

  test('late imports appear at the n-th call after', async () => {
    const { ask } = premiere({ lateImport: 2 });
    await ask(IMPORT);
    expect(await ask('app.project.rootItem.children.numItems')).toBe('0');
    expect(await ask('app.project.rootItem.children.numItems')).toBe('1');
  });

  test('findItemsMatchingMediaPath gives 0 for none', async () => {
    const { ask } = premiere();
    await ask(IMPORT);
    expect(await ask('app.project.rootItem.findItemsMatchingMediaPath("A001")[0].name')).toBe('A001.mov');
    expect(await ask('app.project.rootItem.findItemsMatchingMediaPath("A999")')).toBe('0');
    const deaf = premiere({ findNothing: true });
    await deaf.ask(IMPORT);
    expect(await deaf.ask('app.project.rootItem.findItemsMatchingMediaPath("A001")')).toBe('0');
  });

  test('a sequence has no media path, a bin no markers', async () => {
    const state = emptyState();
    cutSequence(state, {
      name: 'Cut',
      rate: RATES['25'],
      start: 0,
      size: { width: 1, height: 1 },
      items: [],
    });
    const { ask } = premiere({}, state);
    expect(await ask(`${CLIP}.getMediaPath()`)).toBe('EvalScript error.');
    expect(await ask('app.project.rootItem.createBin("A").getMarkers()')).toBe('undefined');
  });
});

describe('time and markers', () => {
  test('a Time is a copy', async () => {
    const { ask } = premiere();
    await ask(IMPORT);
    expect(
      await ask(
        `var t = ${CLIP}.startTime(); var was = t.ticks; t.ticks = "5"; ${CLIP}.startTime().ticks === was`,
      ),
    ).toBe('true');
    expect(await ask('var t = new Time(); t.seconds = 1.5; t.ticks')).toBe('381024000000');
  });

  test('marker times are written as numbers only, and the start drags the end along', async () => {
    const { ask } = premiere();
    await ask(`${IMPORT} var m = ${CLIP}.getMarkers().createMarker(1, "ignored", 9, "ignored");`);
    expect(await ask('[m.name, m.comments, m.start.seconds, m.end.seconds].join()')).toBe(',,1,1');
    expect(await ask('m.end = new Time()')).toBe('EvalScript error.');
    expect(await ask('m.end = 3; m.end.seconds = 99; m.end.seconds')).toBe('3');
    expect(await ask('m.start = 2; m.end.seconds')).toBe('4');
  });

  test('markers stand in the order of time, and there is none after the last', async () => {
    const { ask } = premiere();
    await ask(
      `${IMPORT} var all = ${CLIP}.getMarkers(); all.createMarker(3).name = "c"; all.createMarker(1).name = "a"; all.createMarker(2).name = "b";`,
    );
    expect(
      await ask(
        'var m = all.getFirstMarker(), names = ""; while (m) { names += m.name; m = all.getNextMarker(m); } names',
      ),
    ).toBe('abc');
  });

  test.each([
    ['time', 'time'],
    ['seconds', '5'],
    ['ticks', '"1270080000000"'],
  ] as const)('setStartTime takes %s where it is told to, and nothing else', async (takes, good) => {
    const { ask } = premiere({ startTime: takes });
    await ask(`${IMPORT} var time = new Time(); time.seconds = 5;`);
    const was = await ask(`${CLIP}.startTime().ticks`);
    for (const bad of ['time', '5', '"1270080000000"'].filter((each) => each !== good)) {
      await ask(`${CLIP}.setStartTime(${bad})`);
      expect(await ask(`${CLIP}.startTime().ticks`)).toBe(was);
    }
    await ask(`${CLIP}.setStartTime(${good})`);
    expect(await ask(`${CLIP}.startTime().ticks`)).toBe('1270080000000');
  });
});

describe('metadata', () => {
  const packet = (column: string, value: string) =>
    `'<r xmlns:p="http://ns.adobe.com/premierePrivateProjectMetaData/1.0/"><p:${column}>${value}</p:${column}></r>'`;

  test('only listed, full and known column ids are written; unset ones are absent', async () => {
    const { ask } = premiere();
    await ask(
      `${IMPORT} var clip = ${CLIP}; function has(text) { return clip.getProjectMetadata().indexOf(text) >= 0; }`,
    );
    await ask(`clip.setProjectMetadata(${packet('Column.PropertyText.Scene', 'seven')}, [])`);
    await ask(`clip.setProjectMetadata(${packet('Scene', 'seven')}, ["Scene"])`);
    await ask(`clip.setProjectMetadata(${packet('Mine', 'seven')}, ["Mine"])`);
    await ask(
      `clip.setProjectMetadata(${packet('Column.PropertyBool.Good', 'true')}, ["Column.PropertyBool.Good"])`,
    );
    await ask(
      `clip.setProjectMetadata(${packet('Column.Intrinsic.Name', 'seven')}, ["Column.Intrinsic.Name"])`,
    );
    expect(await ask('[has("seven"), has("PropertyBool.Good")].join()')).toBe('false,false');
    await ask(
      `clip.setProjectMetadata(${packet('Column.PropertyText.Scene', 'seven')}, ["Column.PropertyText.Scene"])`,
    );
    expect(await ask('has("<premierePrivateProjectMetaData:Column.PropertyText.Scene>seven</")')).toBe(
      'true',
    );
    await ask(`clip.setProjectMetadata('<r/>', ["Column.PropertyText.Scene"])`);
    expect(await ask('has("PropertyText.Scene")')).toBe('false');
  });

  test('a custom column takes a write once the schema has it', async () => {
    const { ask, made } = premiere();
    await ask(
      `${IMPORT} app.project.addPropertyToProjectMetadataSchema("Mine", "Mine", 2); app.project.addPropertyToProjectMetadataSchema("Mine", "Other", 2)`,
    );
    await ask(`${CLIP}.setProjectMetadata(${packet('Mine', 'x')}, ["Mine"])`);
    expect(made.state().root.children![0]!.metadata).toEqual([['Mine', 'x']]);
    expect(made.state().schema).toEqual([{ name: 'Mine', label: 'Mine', type: 2 }]);
  });

  test('both arguments or nothing, and no XML is an error', async () => {
    const { ask, made } = premiere();
    await ask(IMPORT);
    expect(await ask(`${CLIP}.setProjectMetadata(${packet('Column.PropertyText.Scene', 'x')})`)).toBe('0');
    expect(await ask(`${CLIP}.setProjectMetadata("<a", ["Column.PropertyText.Scene"])`)).toBe(
      'EvalScript error.',
    );
    expect(made.state().root.children![0]!.metadata).toEqual([]);
  });

  test('times of picture are timecode, drop-frame with its mark, and times of sound are samples', async () => {
    const { ask } = premiere();
    await ask(
      'app.project.importFiles(["/Shoot/DF.mov", "/Shoot/S001.wav", "/Shoot/HFR.mov"], true, app.project.rootItem, false)',
    );
    const column = (at: number, id: string) =>
      ask(`/${id}>([^<]*)</.exec(app.project.rootItem.children[${at}].getProjectMetadata())[1]`);
    expect(await column(0, 'MediaStart')).toBe('01:00:00;00');
    expect(await column(0, 'MediaDuration')).toBe('00:02:00;04');
    expect(await column(1, 'MediaDuration')).toBe('00:01:40:00000');
    expect(await column(1, 'MediaTimebase')).toBe('48000 Hz');
    expect(await column(2, 'MediaStart')).toBe('12:00:00:00');
    expect(await column(2, 'MediaTimebase')).toBe('59.94 fps');
  });
});

describe('sequences', () => {
  const state = emptyState();
  cutSequence(state, {
    name: 'Cut',
    rate: RATES['23.976'],
    start: 86400,
    size: { width: 1920, height: 1080 },
    items: [],
    titles: [{ name: 'T', track: 'V1', recordIn: 0, duration: 24 }],
  });

  test('ticks are text, rates are durations, unset points are -400000, graphics have no project item', async () => {
    const { ask } = premiere({}, state);
    await ask('var s = app.project.activeSequence;');
    expect(await ask('[typeof s.timebase, s.timebase, typeof s.zeroPoint, s.zeroPoint].join()')).toBe(
      'string,10594584000,string,915372057600000',
    );
    expect(await ask('s.getInPoint()')).toBe('-400000');
    expect(await ask('Math.round(1000 / s.getSettings().videoFrameRate.seconds)')).toBe('23976');
    expect(await ask('s.videoTracks[0].clips[0].projectItem')).toBe('null');
    expect(await ask('s.end')).toBe('254270016000');
    expect(await ask('typeof s.videoTracks[0].clips[0].markers')).toBe('undefined');
  });

  test('without one, the active sequence is 0', async () => {
    expect(await premiere().ask('app.project.activeSequence')).toBe('0');
  });
});
