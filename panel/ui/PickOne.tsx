/** One of several by name, in a line: the browser's own list with the panel's sign. */
import { Icon } from './Icon.tsx';

interface Props<Id extends string> {
  label: string;
  /** Whether the label is in sight, or for screen readers only. */
  labelled?: boolean;
  look?: string;
  options: readonly { id: Id; name: string }[];
  value: Id;
  onPick: (id: Id) => void;
}

export function PickOne<Id extends string>({
  label,
  labelled,
  look = '',
  options,
  value,
  onPick,
}: Props<Id>) {
  return (
    <label className={`sequence ${look}`}>
      <span className={labelled ? 'why' : 'hidden-text'}>{label}</span>
      <select
        className="field"
        value={value}
        onChange={(event) => onPick(options.find(({ id }) => id === event.currentTarget.value)!.id)}
      >
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="chevron" turned />
    </label>
  );
}
