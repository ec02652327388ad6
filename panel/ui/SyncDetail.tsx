/** One verdict opened: both ranges on a ruler, the numbers, what was heard, and what a person can do about it. */
import { useMemo, useState } from 'react';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import type { Listened, SyncVerdict } from '../../manifest/documents/sync.ts';
import { letStand } from '../issue-actions.ts';
import { rulerOf } from '../day/ruler.ts';
import { laidOf } from '../day/waves.ts';
import { isOfVerdict } from '../standing.ts';
import type { Change } from '../state.ts';
import { nearSounds, pairBy, soundKindOf } from '../sync-rows.ts';
import { Heard } from './Heard.tsx';
import { Act, AskWhy, LetStand } from './IssueActions.tsx';
import { useCannotEdit, useEdit, useLook, usePanel } from './panel-context.ts';
import { RulerPicture } from './RulerPicture.tsx';
import { useShow } from './show.ts';
import { Waves } from './Waves.tsx';

export function SyncDetail({ handoff, verdict }: { handoff: Handoff; verdict: SyncVerdict }) {
  const all = useLook((state) => state.heard);
  const clip = handoff.clips.find(({ id }) => id === verdict.clipId)!;
  const heard = useMemo(() => all.filter((each) => each.clipId === verdict.clipId), [all, verdict]);
  const sounds = useMemo(() => {
    const wanted = new Set([...verdict.soundIds, ...heard.flatMap((each) => each.soundId ?? [])]);
    return handoff.clips.filter(({ id }) => wanted.has(id));
  }, [handoff, verdict, heard]);
  const isPicture = clip.kind === 'picture';
  const ruler = useMemo(
    () => (isPicture ? rulerOf(clip, sounds, heard) : null),
    [isPicture, clip, sounds, heard],
  );
  const laid = useMemo(
    () => (isPicture ? laidOf(clip, sounds, heard, verdict) : []),
    [isPicture, clip, sounds, heard, verdict],
  );
  return (
    <div className="sync-detail">
      {ruler ? <RulerPicture ruler={ruler} /> : null}
      <Waves picture={clip} laid={laid} />
      <Numbers verdict={verdict} />
      <Heard heard={heard} picture={clip} handoff={handoff} />
      <Standing handoff={handoff} clip={clip} />
      <Actions handoff={handoff} clip={clip} heard={heard} />
    </div>
  );
}

function Numbers({ verdict }: { verdict: SyncVerdict }) {
  const { offsetFrames, offsetSamples, coverage } = verdict;
  if (offsetFrames === undefined) return null;
  const signed = (count: number) =>
    `${count > 0 ? '+' : count < 0 ? '−' : ''}${Math.abs(count).toLocaleString('en-GB')}`;
  return (
    <dl className="facts">
      <dt>Sound starts</dt>
      <dd>
        {signed(offsetFrames)} frames, {signed(offsetSamples!)} samples
      </dd>
      {coverage === undefined ? null : (
        <>
          <dt>Covers</dt>
          <dd>
            {coverage === 1 ? 'all of the picture' : `${Math.floor(coverage * 1000) / 10} % of the picture`}
          </dd>
        </>
      )}
    </dl>
  );
}

/** Why it may stand, and the way back. */
function Standing({ handoff, clip }: { handoff: Handoff; clip: Clip }) {
  const edit = useEdit();
  const busy = useCannotEdit();
  const waived = useLook((state) => state.waived);
  return waived
    .filter((issue) => isOfVerdict(issue, clip.path))
    .map((issue) => (
      <div key={issue.code} className="issue">
        <LetStand issue={issue} />
        <div className="issue-actions">
          <Act busy={busy} onPress={() => edit(letStand(handoff, [issue], { reason: null, by: '' }))}>
            Let it count again
          </Act>
        </div>
      </div>
    ));
}

type Open = 'pair' | 'waive' | null;

interface ActionProps {
  handoff: Handoff;
  clip: Clip;
  heard: Listened[];
}

function Actions({ handoff, clip, heard }: ActionProps) {
  const { store, run } = usePanel();
  const [open, setOpen] = useState<Open>(null);
  const edit = useEdit();
  const showIn = useShow();
  const busy = useLook((state) => state.work !== null);
  const unable = useCannotEdit();
  const canListen = useLook((state) => state.canListen);
  const canShow = useLook((state) => state.editor !== null);
  const issues = useLook((state) => state.issues);
  const own = useMemo(() => issues.filter((issue) => isOfVerdict(issue, clip.path)), [issues, clip]);
  const make = (change: Change) => {
    setOpen(null);
    edit(change);
  };
  const listen = () => {
    store.change((state) => {
      state.toListen = [clip.path];
    });
    void run('listen');
  };
  if (open === 'pair')
    return <Pairing handoff={handoff} picture={clip} onPair={make} onCancel={() => setOpen(null)} />;
  if (open === 'waive')
    return <AskWhy onDone={(why) => make(letStand(handoff, own, why))} onCancel={() => setOpen(null)} />;
  const picture = clip.kind === 'picture';
  return (
    <div className="issue-actions">
      {picture && canListen ? (
        <Act busy={busy} onPress={listen}>
          {heard.length > 0 ? 'Listen again' : 'Listen'}
        </Act>
      ) : null}
      {picture ? (
        <Act busy={unable} onPress={() => setOpen('pair')}>
          Pair by hand…
        </Act>
      ) : null}
      {clip.pairedSound ? (
        <Act busy={unable} onPress={() => make(pairBy(clip, null, ''))}>
          Undo pairing
        </Act>
      ) : null}
      <KindAct clip={clip} busy={unable} onPress={make} />
      {own.length > 0 ? (
        <Act busy={unable} onPress={() => setOpen('waive')}>
          Let it stand…
        </Act>
      ) : null}
      {canShow ? (
        <Act busy={busy} onPress={() => showIn(clip)}>
          Open in the editor
        </Act>
      ) : null}
    </div>
  );
}

function KindAct({ clip, busy, onPress }: { clip: Clip; busy: boolean; onPress: (change: Change) => void }) {
  const odd = clip.kind === 'picture' ? 'mos' : 'wild';
  const is = clip.soundKind === odd;
  const word = odd === 'mos' ? 'MOS' : 'wild';
  return (
    <Act busy={busy} onPress={() => onPress(soundKindOf([clip], is ? 'sync' : odd))}>
      {is ? `Not ${word}` : `Mark as ${word}`}
    </Act>
  );
}

interface PairingProps {
  handoff: Handoff;
  picture: Clip;
  onPair: (change: Change) => void;
  onCancel: () => void;
}

/** The sounds a person may mean. What is chosen is compared by timecode like any other. */
function Pairing({ handoff, picture, onPair, onCancel }: PairingProps) {
  const near = useMemo(() => nearSounds(handoff, picture), [handoff, picture]);
  return (
    <div className="pairing" role="group" aria-label={`Sound for ${fileName(picture.path)}`}>
      {near.length === 0 ? <p className="why">There is no sound of its day to choose from.</p> : null}
      <ul>
        {near.map(({ ids, name, why }) => (
          <li key={ids[0]}>
            <span className="pairing-name">
              {name} <span className="why">{why}</span>
            </span>
            <Act busy={false} onPress={() => onPair(pairBy(picture, ids, name))}>
              Pair
            </Act>
          </li>
        ))}
      </ul>
      <Act busy={false} onPress={onCancel}>
        Cancel
      </Act>
    </div>
  );
}
