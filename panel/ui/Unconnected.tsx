/** There is no way to the disk: why, and the way to try again. */
import { Button } from 'react-aria-components/Button';
import { explain } from '../run.ts';
import { Alert } from './Alert.tsx';

export function Unconnected({ error, again }: { error: unknown; again: () => void }) {
  const { what, message } = explain('Connecting', error);
  return (
    <main className="unconnected">
      <h1>Baton</h1>
      <Alert
        tone="bad"
        title={`${what} did not work`}
        actions={
          <Button className="button small" onPress={again}>
            Try again
          </Button>
        }
      >
        <p>{message}</p>
      </Alert>
    </main>
  );
}
