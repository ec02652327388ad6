/** The filter above a list (`/` goes to it, Esc empties it), and the chips that choose one kind of row. */
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import type { StepId } from '../state.ts';
import { useLook, usePanel } from './panel-context.ts';
import { PickOne } from './PickOne.tsx';

export function Filter({ step, label }: { step: StepId; label: string }) {
  const { store } = usePanel();
  const value = useLook((state) => state.filter[step]);
  const onChange = (text: string) =>
    store.change((state) => {
      state.filter[step] = text;
    });
  return (
    <SearchField className="filter" aria-label={label} value={value} onChange={onChange}>
      <Input className="field" placeholder={label} data-filter="" />
      <Button className="filter-clear" aria-label="Clear the filter">
        ×
      </Button>
    </SearchField>
  );
}

/** The filter's text as rows are compared with it. */
export function useFilter(step: StepId): string {
  return useLook((state) => state.filter[step])
    .trim()
    .toLowerCase();
}

interface ChipsProps<Id extends string> {
  label: string;
  chips: readonly { id: Id; word: string; count?: number }[];
  chosen: Id;
  isDisabled?: boolean;
  onChoose: (id: Id) => void;
}

/** More than this take a narrow view too many lines, and are a list to choose from there: styles/sizes.css shows one of the two. */
const MANY = 5;

export function Chips<Id extends string>({
  label,
  chips,
  chosen,
  isDisabled = false,
  onChoose,
}: ChipsProps<Id>) {
  const many = chips.length > MANY;
  return (
    <>
      <ToggleButtonGroup
        className={many ? 'chips chips-many' : 'chips'}
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        isDisabled={isDisabled}
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const [first] = keys;
          if (first !== undefined) onChoose(first as Id);
        }}
      >
        {chips.map(({ id, word, count }) => (
          <ToggleButton key={id} id={id} className="chip">
            {word} {count === undefined ? null : <span className="chip-count">{count}</span>}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {many ? (
        <PickOne
          label={label}
          look="chips-listed"
          value={chosen}
          options={chips.map(({ id, word, count }) => ({
            id,
            name: count === undefined ? word : `${word} ${count}`,
          }))}
          onPick={onChoose}
        />
      ) : null}
    </>
  );
}
