/** Notes become clip markers at the exact frame and come back as the same notes. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameToSecondsNumber, markerTag, taggedComment, untag } from '../../bridge/premiere/markers.ts';
import { deleteMarker, editMarker } from '../../host/standin/premiere/edit.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { ticksToFrames } from '../../manifest/time/ticks.ts';
import { addMarker, importTo, note, picture, sound, stage, updateMarker, words } from './premiere-stage.ts';

const DAY = 24 * 3600;

describe('a marker', () => {
  test.each([
    '23.976',
    '24',
    '25',
    '29.97',
    '29.97df',
    '30',
    '50',
    '59.94',
    '59.94df',
    '60',
    '119.88',
  ] as const)('at %s lands on its frame and reads back equal, up to 24 hours into the clip', async (name) => {
    const rate = RATES[name];
    const fps = Math.round(rate.num / rate.den);
    const open = stage({ media: { '/Shoot/long.mov': picture(rate, fps * 3600 * 12, DAY * fps) } });
    await words(open, [importTo('/Shoot/long.mov')]);
    const frames = [
      0,
      1,
      1001,
      fps * 3600 - 1,
      fps * 3600 * 9 + 51 * 60 * fps + 1,
      fps * 3600 * 20 + 7,
      DAY * fps - 2,
    ];
    const markers = frames.map((frame, i) => note(rate, frame, { duration: i === 2 ? 48 : 1 }));
    expect(
      await words(
        open,
        markers.map((marker) => addMarker('/Shoot/long.mov', marker)),
      ),
    ).toEqual(frames.map(() => 'verified'));
    expect((await open.editor.snapshot()).items[0]!.markers).toEqual(markers);
  });

  test('the number written is the double nearest to the frame, and ticks bring the frame back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(RATES)),
        fc.integer({ min: 0, max: 120 * DAY }),
        (rate, frame) => {
          const seconds = frameToSecondsNumber(frame, rate);
          const ticks = String(BigInt(Math.round(seconds * 254016000000)));
          expect(ticksToFrames(ticks, rate).frame).toBe(frame);
        },
      ),
    );
  });

  test('on sound counts at the rate it was written at, drop-frame included', async () => {
    const open = stage({ media: { '/Shoot/long.wav': sound(null, 48000 * 7200) } });
    await words(open, [importTo('/Shoot/long.wav')]);
    const marker = note(RATES['29.97df'], 17982);
    expect(await words(open, [addMarker('/Shoot/long.wav', marker)])).toEqual(['verified']);
    const item = (await open.editor.snapshot()).items[0]!;
    expect(item.markers).toEqual([marker]);
    expect(item.metadata).toEqual({});
  });

  test('added twice is one marker, and one that was changed meanwhile is left as it is and said', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const marker = note(RATES['23.976'], 100);
    const step = addMarker('/Shoot/A001.mov', marker);
    await words(open, [step]);
    expect(await words(open, [step])).toEqual(['verified']);
    expect(open.premiere.calls['createMarker']).toBe(1);
    const state = open.state();
    editMarker(state, '/Shoot/A001.mov', markerTag(marker.id), { name: 'Mine now' });
    const later = stage({ state });
    expect(await words(later, [step])).toEqual(['failed: A001.mov: its name differs']);
    expect((await later.editor.snapshot()).items[0]!.markers[0]!.name).toBe('Mine now');
  });

  test('is updated where it stands: place, length, name, comment and colour', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const rate = RATES['23.976'];
    const before = note(rate, 100, { duration: 24 });
    await words(open, [addMarker('/Shoot/A001.mov', before)]);
    const after = {
      ...before,
      frame: 1500,
      duration: 12,
      name: 'VFX',
      comment: 'Two\nlines',
      colour: 'red' as const,
    };
    const result = (await open.editor.apply([updateMarker('/Shoot/A001.mov', before, after)]))[0];
    expect(result).toMatchObject({ result: 'verified', before: { marker: before } });
    expect((await open.editor.snapshot()).items[0]!.markers).toEqual([after]);
  });

  test('that the user deleted is not brought back by an update', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const marker = note(RATES['23.976'], 100);
    await words(open, [addMarker('/Shoot/A001.mov', marker)]);
    const state = open.state();
    deleteMarker(state, '/Shoot/A001.mov', marker.id);
    const later = stage({ state });
    expect(await words(later, [updateMarker('/Shoot/A001.mov', marker, { ...marker, frame: 3 })])).toEqual([
      'failed: A001.mov: the marker is no longer on the clip',
    ]);
    expect((await later.editor.snapshot()).items[0]!.markers).toEqual([]);
  });

  test("of the user's own is neither shown nor touched", async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    await open.premiere.evalScript(
      'app.project.rootItem.children[0].getMarkers().createMarker(1).comments = "mine [baton:]"',
    );
    await words(open, [addMarker('/Shoot/A001.mov', note(RATES['23.976'], 24))]);
    expect((await open.editor.snapshot()).items[0]!.markers.map(({ id }) => id)).toEqual(['note-24']);
    expect(open.state().root.children![0]!.markers).toHaveLength(2);
  });

  test('whose tag cannot be written is taken off again, so that it is not doubled later', async () => {
    const open = stage({ misbehaviour: { fixedComments: true } });
    await words(open, [importTo('/Shoot/A001.mov')]);
    const result = await words(open, [addMarker('/Shoot/A001.mov', note(RATES['23.976'], 24))]);
    expect(result).toEqual(['failed: A001.mov: read only']);
    expect(open.state().root.children![0]!.markers).toEqual([]);
  });

  test('colours go by index: blue is 6, white is 5, cyan is 7', async () => {
    const open = stage();
    await words(open, [importTo('/Shoot/A001.mov')]);
    const colours = ['green', 'red', 'purple', 'orange', 'yellow', 'white', 'blue', 'cyan'] as const;
    await words(
      open,
      colours.map((colour, i) => addMarker('/Shoot/A001.mov', note(RATES['23.976'], i, { colour }))),
    );
    expect(open.state().root.children![0]!.markers.map(({ colour }) => colour)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    expect((await open.editor.snapshot()).items[0]!.markers.map(({ colour }) => colour)).toEqual(colours);
  });
});

describe('the tag in the comment', () => {
  test('gives id and comment back whatever they hold', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '[baton:x]', 'a\n', '\n', ' ]', '%5D', 'two\nlines [baton:y] ', '__proto__'),
    );
    fc.assert(
      fc.property(
        texts,
        texts.filter((id) => id !== ''),
        (comment, id) => {
          expect(untag(taggedComment({ ...note(RATES['25'], 0), id, comment }))).toEqual({ id, comment });
        },
      ),
    );
  });

  test('survives white space typed after it', () => {
    expect(untag('Nice\n[baton:n1] \n')).toEqual({ id: 'n1', comment: 'Nice' });
  });

  test('is nothing in the middle of a comment', () => {
    expect(untag('[baton:n1] and more')).toBeNull();
  });
});
