/** What a person is asked for when something is wrong: versions, counts and reasons, without a name or a place. */
import { version } from '../../package.json';
import { Button } from 'react-aria-components/Button';
import { report } from '../report.ts';
import { CommandButton } from './CommandButton.tsx';
import { useLook, usePanel } from './panel-context.ts';

export function About() {
  const { store } = usePanel();
  const lacks = useLook((state) => state.editor?.lacks ?? null);
  const close = () =>
    store.change((state) => {
      state.about = false;
    });
  return (
    <main className="about" tabIndex={0} aria-label="About Baton">
      <h2>Baton {version}</h2>
      <p>Free, on this machine only: no account, and nothing is sent anywhere.</p>
      {lacks && lacks.length > 0 ? (
        <>
          <h3>What this editor does not do</h3>
          <ul>
            {lacks.map((lack) => (
              <li key={lack.what}>{lack.message}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h3>Details for a fault</h3>
      <p>File names, places and people are taken out of it.</p>
      <pre>{report(store.get())}</pre>
      <div className="issue-actions">
        <CommandButton id="copy-report" look="primary">
          Copy details
        </CommandButton>
        <Button className="button secondary" onPress={close}>
          Back
        </Button>
      </div>
    </main>
  );
}
