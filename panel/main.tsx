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
import { webviewBridge } from '../bridge/uxp/webview.ts';
import { App } from './App.tsx';
import { copyText } from './clipboard.ts';
import { connect, type Connection } from './connect.ts';
import { takeDrops } from './drop.ts';
import { inThread, loadAnswers, startWorker } from './heavy/thread.ts';
// oxlint-disable-next-line import/default -- the address of the built file, which the bundler gives
import workerFile from './heavy/worker.ts?worker&url';
import { canNow, followLending } from './lending.ts';
import { remember } from './remember.ts';
import { createRunner } from './run.ts';
import { createStore, initialState } from './state.ts';
import { followTheme } from './theme.ts';
import { beginTour } from './tour.ts';
import { Unconnected } from './ui/Unconnected.tsx';

followTheme(window, (heard) => webviewBridge()?.on('theme', heard));
const root = createRoot(document.getElementById('panel')!);
const heavy = inThread(() => startWorker(workerFile, window), loadAnswers(workerFile, window));

// It starts while the disk is being found; where it cannot, the first real question says so.
heavy.ask(null, { ask: 'formats' }).catch(() => undefined);

connect(window, (text) => heavy.ask(null, { ask: 'parse', text })).then(open, (error: unknown) =>
  root.render(<Unconnected error={error} again={() => window.location.reload()} />),
);

function open({ manifest, unreached, ...parts }: Connection): void {
  const { choose, scanning, listening, naming, desk, editor, lending, ...rest } = parts;
  const can = {
    canOpen: choose !== null,
    canScan: scanning !== undefined,
    canListen: listening !== undefined,
    canRename: naming !== undefined,
    canVerify: rest.verifying !== undefined,
    // A service's page is a browser's; every other way to the disk is an editor's.
    inEditor: !window.location.protocol.startsWith('http'),
    unreached,
  };
  const store = createStore({ ...initialState(manifest), ...can, ...canNow(lending, can) });
  if (lending) followLending(store, lending, can);
  remember(store, window);
  beginTour(store, window);
  const runner = createRunner({
    ...rest,
    store,
    desk,
    editor,
    heavy,
    now: () => new Date(),
    copy: (text) => copyText(window, text),
    ...(choose ? { choose } : {}),
    ...(scanning ? { scanning } : {}),
    ...(listening ? { listening } : {}),
    ...(naming ? { naming } : {}),
  });
  takeDrops(window, (dropped) => {
    store.change((state) => {
      state.dropped = dropped;
    });
    void runner.run('take-dropped');
  });
  root.render(<App panel={{ store, heavy, ...runner }} />);
}
