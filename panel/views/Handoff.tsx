/** Step 1: what production handed over. What is new, the hand-over note, what is in it, then every issue with what to do. */
import { useMemo } from 'react';
import type { Handoff as HandoffDocument } from '../../manifest/documents/handoff.ts';
import { Alert, Empty } from '../ui/Alert.tsx';
import { CommandButton } from '../ui/CommandButton.tsx';
import { HandOverNote } from '../ui/HandOverNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Issues } from '../ui/Issues.tsx';
import { Names } from '../ui/Names.tsx';
import { News } from '../ui/News.tsx';
import { useLook } from '../ui/panel-context.ts';
import { Progress } from '../ui/Progress.tsx';
import { CLIP_KIND } from '../words.ts';

export function Handoff() {
  const opened = useLook((state) => state.opened);
  const path = useLook((state) => state.path);
  const work = useLook((state) => state.work?.command ?? null);
  const handoff = opened?.handoff ?? null;
  const naming = useLook((state) => state.names !== null);
  const missing = useLook((state) => state.issues.some(({ code }) => code === 'manifest-missing'));
  if (work === 'scan')
    return (
      <>
        {handoff ? <Delivery handoff={handoff} /> : <Empty title="Building the handoff…" />}
        <Progress />
      </>
    );
  if (!opened && work !== null) return <Empty title="Reading the handoff…" />;
  if (!opened && path === null) return <NoHandoff />;
  if (!handoff && missing) return <NoneYet />;
  if (handoff && naming) return <Names handoff={handoff} />;
  return (
    <>
      {handoff ? <Delivery handoff={handoff} /> : null}
      {handoff ? <ReadOnly /> : null}
      {opened && !handoff ? (
        <div className="apart">
          <Alert tone="attention" title="The manifest could not be read">
            <p>What stands in its way is below; nothing was changed.</p>
          </Alert>
        </div>
      ) : null}
      {opened ? <Issues handoff={handoff} /> : <Empty title="The handoff could not be read" />}
      {handoff ? <Changes /> : null}
    </>
  );
}

function ReadOnly() {
  const writable = useLook((state) => state.writable);
  if (writable) return null;
  return (
    <div className="apart">
      <Alert tone="attention" title="This handoff can only be read here">
        <p>
          You may look at everything. To change it or to import from it, make its folder writable or copy it,
          then press Refresh.
        </p>
      </Alert>
    </div>
  );
}

function NoHandoff() {
  const canOpen = useLook((state) => state.canOpen);
  const canScan = useLook((state) => state.canScan);
  const inEditor = useLook((state) => state.inEditor);
  return (
    <Empty title="No handoff is open">
      {canOpen ? <CommandButton id="open-handoff" look="primary" /> : null}
      {canOpen && canScan ? <CommandButton id="build-handoff" /> : null}
      {inEditor ? (
        <p>
          Or drag a folder of media, or a handoff.json, onto this panel. Building one reads headers and
          changes no media.
        </p>
      ) : (
        <>
          <p>Serve a folder of media:</p>
          <code>baton serve FOLDER</code>
          <p>Or try it with an example shoot:</p>
          <code>baton serve --demo</code>
        </>
      )}
    </Empty>
  );
}

/** The folder is there, its manifest is not. */
function NoneYet() {
  const canOpen = useLook((state) => state.canOpen);
  const folder = useLook((state) => state.path!.replace(/[\\/][^\\/]*$/, ''));
  return (
    <Empty title="There is no handoff in this folder yet">
      <p className="path">{folder}</p>
      <p>A scan reads media headers and log sheets and writes handoff.json there. It changes no media.</p>
      <CommandButton id="scan" look="primary" explains>
        Build from this folder
      </CommandButton>
      {canOpen ? <CommandButton id="open-handoff">Open another handoff…</CommandButton> : null}
    </Empty>
  );
}

function Delivery({ handoff }: { handoff: HandoffDocument }) {
  const kinds = useMemo(() => {
    const counts = new Map<keyof typeof CLIP_KIND, number>();
    for (const clip of handoff.clips) counts.set(clip.kind, (counts.get(clip.kind) ?? 0) + 1);
    return [...counts];
  }, [handoff]);
  const notes = handoff.log.entries.reduce((sum, entry) => sum + entry.notes.length, 0);
  return (
    <>
      <News />
      {handoff.note ? <HandOverNote note={handoff.note} /> : null}
      <ul className="counts" aria-label="What was handed over">
        {kinds.map(([kind, count]) => (
          <li key={kind}>
            <b>{count.toLocaleString('en-GB')}</b> {CLIP_KIND[kind][count === 1 ? 0 : 1]}
          </li>
        ))}
        <li>
          <b>{handoff.log.entries.length.toLocaleString('en-GB')}</b>{' '}
          {handoff.log.entries.length === 1 ? 'log row' : 'log rows'}
        </li>
        <li>
          <b>{notes.toLocaleString('en-GB')}</b> {notes === 1 ? 'note' : 'notes'}
        </li>
      </ul>
    </>
  );
}

/** Undo and Redo with what they would do, and the way to scan again. */
function Changes() {
  const undo = useLook((state) => state.undo[state.undo.length - 1]?.label ?? '');
  const redo = useLook((state) => state.redo[state.redo.length - 1]?.label ?? '');
  const canScan = useLook((state) => state.canScan);
  const canRename = useLook((state) => state.canRename);
  const canVerify = useLook((state) => state.canVerify);
  const proving = useLook((state) => state.work?.command === 'verify');
  if (proving) return <Progress />;
  if (!undo && !redo && !canScan && !canRename && !canVerify) return null;
  return (
    <div className="actions changes">
      {undo || redo ? (
        <>
          <CommandButton id="undo" look="quiet" label={undo ? `Undo ${undo}` : 'Undo'}>
            <Icon name="once" />
          </CommandButton>
          <CommandButton id="redo" look="quiet" label={redo ? `Redo ${redo}` : 'Redo'}>
            <Icon name="refresh" />
          </CommandButton>
        </>
      ) : null}
      <span className="why changes-last">{undo || (redo ? `Taken back: ${redo}` : '')}</span>
      {canRename ? <CommandButton id="propose-names" look="small" /> : null}
      {canVerify ? <CommandButton id="verify" look="small" /> : null}
      {canScan ? (
        <CommandButton id="scan" look="small">
          Scan again
        </CommandButton>
      ) : null}
    </div>
  );
}
