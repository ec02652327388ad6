/** A button that is a command: its label, whether it can be pressed, and beside it why not. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { COMMANDS } from '../commands/index.ts';
import { useLook, usePanel } from './panel-context.ts';

interface Props {
  id: string;
  /** One primary button a view at most. */
  look?: 'primary' | 'secondary' | 'small' | 'quiet';
  /** Says why it cannot be pressed, beside it. */
  explains?: boolean;
  /** The name for screen readers, where the children do not say it. */
  label?: string;
  children?: ReactNode;
}

export function CommandButton({ id, look = 'secondary', explains = false, label, children }: Props) {
  const { run } = usePanel();
  const command = COMMANDS.find((each) => each.id === id)!;
  const why = useLook((state) => command.when(state));
  return (
    <>
      <Button
        className={`button ${look}`}
        isDisabled={why !== null}
        onPress={() => void run(id)}
        {...(label ? { 'aria-label': label } : {})}
      >
        {children ?? command.label}
      </Button>
      {explains && why !== null ? <span className="why">{why}</span> : null}
    </>
  );
}
