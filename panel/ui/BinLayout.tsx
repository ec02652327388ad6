/** How bins are laid out and unsynced clips shown: the choice in words, and on request the choices, with Undo; the plan follows at once. */
import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { APART, LAYOUTS, type Apart, type BinPolicy } from '../../manifest/bins.ts';
import { FLAGS, type Flag } from '../../manifest/plan/flags.ts';
import type { BroughtIn } from '../state.ts';
import { CommandButton } from './CommandButton.tsx';
import { Chips } from './Filter.tsx';
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

const FLAG: Record<Flag, string> = { label: 'Label', field: 'Description', marker: 'Marker' };

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
  const busy = useLook((state) => state.work !== null && state.work.command !== 'lay-out');
  const flags = useLook((state) => state.flags);
  const undo = useLook((state) => state.undo[state.undo.length - 1]);
  const choose = (label: string, part: Partial<BroughtIn>) => {
    store.change((state) => {
      state.undo.push({ label, edits: [], chosen: { bins, flags } });
      state.redo = [];
      Object.assign(state, part);
    });
    // While it runs it looks for itself whether something else was chosen by then.
    if (store.get().work === null) void run('lay-out');
  };
  return (
    <div className="bin-layout-choices">
      <Chips
        label="How bins are laid out"
        chips={LAYOUTS.map((id) => ({ id, word: LAYOUT[id].word }))}
        chosen={bins.scenes}
        isDisabled={busy}
        onChoose={(scenes) =>
          choose(`Bins by ${LAYOUT[scenes].word.toLowerCase()}`, { bins: { ...bins, scenes } })
        }
      />
      <Marks
        label="In bins of their own:"
        all={APART}
        words={KIND}
        chosen={bins.apart}
        isDisabled={busy}
        onChoose={(apart) => choose('Bins of their own', { bins: { ...bins, apart } })}
      />
      <Marks
        label="An unsynced clip gets:"
        all={FLAGS}
        words={FLAG}
        chosen={flags}
        isDisabled={busy}
        onChoose={(asked) => choose('How unsynced clips are shown', { flags: asked })}
      />
      {flags.length === 0 ? (
        <span className="why">Nothing in the project tells it from the others.</span>
      ) : null}
      {undo?.chosen ? (
        <div>
          <CommandButton id="undo" look="small" label={`Undo ${undo.label}`} />
        </div>
      ) : null}
    </div>
  );
}

interface MarksProps<Id extends string> {
  label: string;
  all: readonly Id[];
  words: Record<Id, string>;
  chosen: readonly Id[];
  isDisabled: boolean;
  onChoose: (chosen: Id[]) => void;
}

/** Any number of these, or none. */
function Marks<Id extends string>({ label, all, words, chosen, isDisabled, onChoose }: MarksProps<Id>) {
  const id = useId();
  return (
    <>
      <span id={id}>{label}</span>
      <ToggleButtonGroup
        className="chips"
        aria-labelledby={id}
        selectionMode="multiple"
        isDisabled={isDisabled}
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChoose(all.filter((each) => keys.has(each)))}
      >
        {all.map((each) => (
          <ToggleButton key={each} id={each} className="chip chip-mark">
            {chosen.includes(each) ? <Icon name="check" /> : null}
            {words[each]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </>
  );
}
