/** The panel's entry: connects, makes the state, draws. */
import './old-engines.ts';
import './styles/theme.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/lists.css';
import './styles/views.css';
import './styles/sync.css';
import './styles/cut.css';
import './styles/sizes.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { copyText } from './clipboard.ts';
import { connect } from './connect.ts';
import { createRunner, explain } from './run.ts';
import { createStore, initialState } from './state.ts';
import { keepStep } from './remember.ts';
import { followTheme } from './theme.ts';
import { Alert } from './ui/Alert.tsx';

followTheme(window);
const root = createRoot(document.getElementById('panel')!);

connect(window).then(
  ({ desk, editor, manifest, choose, scanning, listening }) => {
    const can = { canOpen: choose !== null, canScan: scanning !== undefined, canListen: listening !== undefined };
    const store = createStore({ ...initialState(manifest), ...can });
    keepStep(store, window);
    const copy = (text: string) => copyText(window, text);
    const runner = createRunner({
      store,
      desk,
      editor,
      now: () => new Date(),
      copy,
      ...(choose ? { choose } : {}),
      ...(scanning ? { scanning } : {}),
      ...(listening ? { listening } : {}),
    });
    root.render(<App panel={{ store, ...runner }} />);
  },
  (error: unknown) => {
    const { what, message } = explain('Connecting', error);
    root.render(
      <main className="unconnected">
        <h1>Baton</h1>
        <Alert tone="bad" title={`${what} did not work`}>
          <p>{message}</p>
        </Alert>
      </main>,
    );
  },
);
