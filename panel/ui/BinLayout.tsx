/** How bins are laid out: the choice in words, and on request the choices; the plan follows at once. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { APART, LAYOUTS, type Apart, type BinPolicy } from '../../manifest/bins.ts';
import { followed, isLarge, planFor } from '../read.ts';
import { Icon } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';

const LAYOUT: Record<BinPolicy['scenes'], { word: string; example: string }> = {
  'scene-take': { word: 'Scene and take', example: 'Scenes / 07 / Take 03' },
  scene: { word: 'Scene', example: 'Scenes / 07' },
  'day-scene': { word: 'Day and scene', example: 'Days / 2026-03-14 / 07' },
  camera: { word: 'Camera and roll', example: 'Cameras / A / A004' },
};

const KIND: Record<Apart, string> = {
  broll: 'B-roll',
  sound: 'Sound',
  graphics: 'Graphics',
  rejected: 'Rejected',
};

export function BinLayout() {
  const [open, setOpen] = useState(false);
  const bins = useLook((state) => state.bins);
  return (
    <div className="bin-layout">
      <div className="bin-layout-says">
        <span>
          Bins by <b>{LAYOUT[bins.scenes].word.toLowerCase()}</b>
          <span className="bin-layout-example">{LAYOUT[bins.scenes].example}</span>
        </span>
        <Button className="link" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? 'Close' : 'Change'}
        </Button>
      </div>
      {open ? <Choices bins={bins} /> : null}
    </div>
  );
}

function Choices({ bins }: { bins: BinPolicy }) {
  const { store, run } = usePanel();
  const busy = useLook((state) => state.work !== null);
  const choose = (part: Partial<BinPolicy>) => {
    store.change((state) => {
      state.bins = { ...bins, ...part };
    });
    const now = store.get();
    if (isLarge(now)) return void run('lay-out');
    const follows = followed(now, planFor(now.opened, now, now.project));
    store.change((state) => void Object.assign(state, follows));
    void run('keep-bins');
  };
  return (
    <div className="bin-layout-choices">
      <ToggleButtonGroup
        className="chips"
        aria-label="How bins are laid out"
        selectionMode="single"
        disallowEmptySelection
        isDisabled={busy}
        selectedKeys={[bins.scenes]}
        onSelectionChange={(keys) => {
          const scenes = LAYOUTS.find((each) => keys.has(each));
          if (scenes) choose({ scenes });
        }}
      >
        {LAYOUTS.map((layout) => (
          <ToggleButton key={layout} id={layout} className="chip">
            {LAYOUT[layout].word}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span id="bins-apart">In bins of their own:</span>
      <ToggleButtonGroup
        className="chips"
        aria-labelledby="bins-apart"
        selectionMode="multiple"
        isDisabled={busy}
        selectedKeys={bins.apart}
        onSelectionChange={(keys) => choose({ apart: APART.filter((each) => keys.has(each)) })}
      >
        {APART.map((kind) => (
          <ToggleButton key={kind} id={kind} className="chip chip-mark">
            {bins.apart.includes(kind) ? <Icon name="check" /> : null}
            {KIND[kind]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
