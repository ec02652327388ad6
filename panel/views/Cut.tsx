/** Step 5: the sequence as Baton reads it, and the files it goes back to production as. */
import { useMemo } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { proposedName } from '../cut-record.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import type { FormatForecast } from '../heavy/answers.ts';
import { Empty } from '../ui/Alert.tsx';
import { CommandButton } from '../ui/CommandButton.tsx';
import { CutOptions } from '../ui/CutOptions.tsx';
import { CutRecords } from '../ui/CutRecords.tsx';
import { Forecasts, Losses, useForecasts, WrittenCut } from '../ui/CutFiles.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useLook, usePanel } from '../ui/panel-context.ts';
import { PickOne } from '../ui/PickOne.tsx';
import { Strip } from '../ui/Strip.tsx';

export function Cut() {
  const cutList = useLook((state) => state.cutList);
  const written = useLook((state) => state.written);
  const absent = useLook((state) => state.editorAbsent);
  const unread = useLook((state) =>
    state.opened && !state.opened.handoff ? (state.opened.issues[0]?.message ?? null) : null,
  );
  const forecasts = useForecasts();
  const losses = useMemo(() => lossesOf(cutList?.losses ?? [], forecasts), [cutList, forecasts]);
  const reading = useLook((state) => state.work !== null && state.work.command !== 'export-cut');
  if (!cutList && unread)
    return (
      <Empty title="The manifest cannot be read, so no cut can be recorded in it">
        <p>{unread} Step 1 says more.</p>
      </Empty>
    );
  if (!cutList)
    return reading ? (
      <Empty title="Reading the sequence…" />
    ) : (
      <Empty title="There is no sequence to hand back">
        <p>{absent || 'Open the sequence in the editor, then press Refresh.'}</p>
      </Empty>
    );
  return (
    <>
      <div className="scrolls" tabIndex={0} role="group" aria-label="Cut">
        <SequenceChoice />
        <Strip cut={cutList.value} losses={losses} />
        <WrittenCut />
        <Formats />
        {written ? null : <Losses losses={cutList.losses} />}
        {written ? <Losses losses={written.losses} /> : <Forecasts found={forecasts} />}
        <CutRecords />
      </div>
      <ExportForm />
    </>
  );
}

/** Of the way from the editor, and of each chosen format by its name. */
function lossesOf(losses: readonly Loss[], forecasts: readonly FormatForecast[]): Loss[] {
  const ofFormats = forecasts.flatMap(({ label, losses: told }) =>
    told.map((loss) => ({ ...loss, message: `${label}: ${loss.message}` })),
  );
  return [...losses, ...ofFormats];
}

function SequenceChoice() {
  const { store, run } = usePanel();
  const sequences = useLook((state) => state.sequences);
  const sequence = useLook((state) => state.sequence);
  if (sequences.length < 2)
    return (
      <p className="sequence">
        <b>{sequence?.name}</b>
      </p>
    );
  return (
    <PickOne
      label="Sequence"
      value={sequence?.id ?? ''}
      options={sequences.map(({ id, name, active }) => ({ id, name: active ? `${name} (active)` : name }))}
      onPick={(id) => {
        store.change((state) => {
          state.cut.sequence = id;
        });
        void run('choose-sequence');
      }}
    />
  );
}

function Formats() {
  const { store } = usePanel();
  const formats = useLook((state) => state.cut.formats);
  const all = useLook((state) => state.formats);
  return (
    <div className="formats">
      <ToggleButtonGroup
        className="chips"
        aria-label="Formats"
        selectionMode="multiple"
        selectedKeys={formats}
        onSelectionChange={(keys) =>
          store.change((state) => {
            state.cut.formats = all.map((each) => each.id).filter((id) => keys.has(id));
          })
        }
      >
        {all.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className="chip">
            {formats.includes(id) ? <Icon name="check" /> : null}
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <CutOptions />
    </div>
  );
}

function ExportForm() {
  const { store, run } = usePanel();
  const cut = useLook((state) => state.cut);
  const name = useLook((state) =>
    proposedName(state.cutList?.value.name ?? '', state.opened?.handoff?.history ?? []),
  );
  const change = (part: Partial<typeof cut>) =>
    store.change((state) => {
      Object.assign(state.cut, part);
    });
  return (
    <form
      className="actions form"
      onSubmit={(event) => {
        event.preventDefault();
        void run('export-cut');
      }}
    >
      <TextField
        className="named"
        value={cut.name}
        onChange={(text) => change({ name: text })}
        maxLength={120}
      >
        <Label>Name</Label>
        <Input className="field" placeholder={name} />
      </TextField>
      <Checkbox className="checkbox" isSelected={cut.lock} onChange={(lock) => change({ lock })}>
        <span className="checkbox-box">{cut.lock ? <Icon name="check" /> : null}</span>
        Picture lock
      </Checkbox>
      <div className="form-end">
        <CommandButton id="export-cut" look="primary" explains>
          {cut.lock ? 'Export and lock' : 'Export'}
        </CommandButton>
      </div>
    </form>
  );
}
