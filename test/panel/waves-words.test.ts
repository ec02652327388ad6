/** What Sync says of two sounds before, or instead of, drawing them. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Laid } from '../../panel/day/waves.ts';
import { PanelContext } from '../../panel/ui/panel-context.ts';
import { Waves } from '../../panel/ui/Waves.tsx';
import { HEAVY, smallHandoff, world } from './fixture.ts';

const [, picture] = smallHandoff().clips;
const laid: Laid = {
  key: 's',
  sound: 's1',
  offsetSamples: -480,
  name: 'T02.WAV, by timecode',
  byEar: false,
  slips: null,
  slate: null,
  driftPpm: null,
};

function drawn(canListen: boolean, places: Laid[]): string {
  const { store, runner } = world();
  store.change((state) => {
    state.canListen = canListen;
  });
  const value = { store, heavy: HEAVY, ...runner };
  return renderToStaticMarkup(
    createElement(
      PanelContext.Provider,
      { value },
      createElement(Waves, { picture: picture!, laid: places }),
    ),
  );
}

it('where sound cannot be read, as in UXP, it says where it can', () => {
  expect(drawn(false, [laid])).toContain('can be laid over each other in baton serve');
});

it('what timecode alone places is not read until somebody asks', () => {
  expect(drawn(true, [laid])).toMatch(/<button[^>]*>Show the waveforms<\/button>/);
});

it('nothing is said of a picture whose sound lies nowhere', () => {
  expect(drawn(true, [])).toBe('');
  expect(drawn(false, [])).toBe('');
});
