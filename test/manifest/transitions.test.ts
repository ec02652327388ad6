import { describe, expect, it } from 'vitest';
import { cutPoint, transitionKind } from '../../manifest/transitions.ts';

const event = (recordIn: number, recordOut: number) => ({ recordIn, recordOut });

describe('where a transition’s events meet', () => {
  it.each([
    ['centred on its cut', [event(0, 100), event(100, 200)], 100],
    ['beginning at its cut', [event(0, 90), event(90, 200)], 90],
    ['ending at its cut', [event(0, 110), event(110, 200)], 110],
    ['a fade in', [event(90, 200)], 90],
    ['a fade out', [event(0, 110)], 110],
    ['over nothing', [], 100],
  ])('%s', (_, events, frame) => {
    expect(cutPoint({ in: 90, out: 110 }, events)).toBe(frame);
  });
});

describe('what a transition is, whatever the editor calls it', () => {
  it.each([
    ['Cross Dissolve', true, true, 'dissolve'],
    ['Weiche Blende', true, true, 'dissolve'],
    ['Fondu enchaîné', true, true, 'dissolve'],
    ['Constant Power', true, true, 'dissolve'],
    ['Cross Dissolve', false, true, 'fade'],
    ['Clock Wipe', true, true, 'wipe'],
    ['Dip to Black', true, true, 'other'],
    ['Dip to Black', true, false, 'fade'],
    ['Morph Cut', true, true, 'other'],
  ])('%s with left %s and right %s is a %s', (name, left, right, kind) => {
    expect(transitionKind(name, left, right)).toBe(kind);
  });
});
