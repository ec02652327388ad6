/** The panel: one column of five steps between what is open and the editor it is for. */
import { Component, useEffect, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { listenForKeys } from './keys.ts';
import { STEPS, type StepId } from './state.ts';
import { About } from './ui/About.tsx';
import { Alert } from './ui/Alert.tsx';
import { CommandButton } from './ui/CommandButton.tsx';
import { Footer } from './ui/Footer.tsx';
import { Header } from './ui/Header.tsx';
import { Reading } from './ui/Reading.tsx';
import { Tour } from './ui/Tour.tsx';
import { PanelContext, useLook, usePanel, type Panel } from './ui/panel-context.ts';
import { Step } from './ui/Step.tsx';
import { Bins } from './views/Bins.tsx';
import { Cut } from './views/Cut.tsx';
import { Handoff } from './views/Handoff.tsx';
import { Markers } from './views/Markers.tsx';
import { Sync } from './views/Sync.tsx';

const VIEWS: Record<StepId, () => ReactNode> = {
  handoff: Handoff,
  bins: Bins,
  sync: Sync,
  markers: Markers,
  cut: Cut,
};

/** Milliseconds between two looks at the manifest on disk. */
const EVERY = 4000;

export function App({ panel }: { panel: Panel }) {
  useEffect(() => {
    void panel.run('refresh');
    const timer = setInterval(() => {
      if (!document.hidden) void panel.look('manifest');
    }, EVERY);
    const back = () => void panel.look('all');
    window.addEventListener('focus', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', back);
    };
  }, [panel]);
  useEffect(() => listenForKeys(document, () => void panel.run('cancel')), [panel]);
  return (
    <PanelContext.Provider value={panel}>
      <div className="panel">
        <Header />
        <FailureAlert />
        <Notice />
        <ChangedSince />
        <Unreached />
        <Reading />
        <Tour />
        <Steps />
        <Footer />
      </div>
    </PanelContext.Provider>
  );
}

function Steps() {
  const panel = usePanel();
  const about = useLook((state) => state.about);
  if (about) return <About />;
  return (
    <main className="steps">
      {STEPS.map((step, index) => {
        const View = VIEWS[step];
        return (
          <Step key={step} step={step} number={index + 1}>
            <Fence key={step} onError={(error) => panel.fail(error)}>
              <View />
            </Fence>
          </Step>
        );
      })}
    </main>
  );
}

function FailureAlert() {
  const { store } = usePanel();
  const failure = useLook((state) => state.failure);
  if (!failure) return null;
  const close = () =>
    store.change((state) => {
      state.failure = null;
    });
  return (
    <div className="failure">
      <Alert
        tone="bad"
        title={`${failure.what} did not work`}
        actions={
          <>
            <CommandButton id="copy-report" look="small">
              Copy details
            </CommandButton>
            <Button className="link" onPress={close}>
              Dismiss
            </Button>
          </>
        }
      >
        <p>{failure.message}</p>
        <p>{failure.fix}</p>
      </Alert>
    </div>
  );
}

/** What a person must read though nothing failed: a plan that was made again instead of applied. */
function Notice() {
  const { store } = usePanel();
  const notice = useLook((state) => state.notice);
  if (!notice) return null;
  const close = () =>
    store.change((state) => {
      state.notice = '';
    });
  return (
    <div className="failure">
      <Alert
        tone="attention"
        title={notice}
        actions={
          <Button className="link" onPress={close}>
            Dismiss
          </Button>
        }
      />
    </div>
  );
}

/** Somebody else, or the editor, moved on: one press reads it all again. */
function ChangedSince() {
  const changed = useLook((state) => state.changedSince);
  if (!changed) return null;
  const [first, ...rest] = changed.split(/(?<=\.) /);
  return (
    <div className="failure" data-changed="">
      <Alert
        tone="attention"
        title={first!}
        actions={
          <CommandButton id="refresh" look="small">
            Read it
          </CommandButton>
        }
      >
        {rest.length > 0 ? <p>{rest.join(' ')}</p> : null}
      </Alert>
    </div>
  );
}

/** The editor was not reached when the panel opened; what needs none works meanwhile. */
function Unreached() {
  const unreached = useLook((state) => state.unreached);
  if (unreached === '') return null;
  return (
    <div className="failure" data-unreached="">
      <Alert
        tone="attention"
        title="The editor could not be reached"
        actions={<CommandButton id="connect-editor" look="small" />}
      >
        <p>{unreached}</p>
      </Alert>
    </div>
  );
}

/** A view that throws while it is drawn takes only itself away. */
class Fence extends Component<
  { onError: (error: unknown) => void; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}
