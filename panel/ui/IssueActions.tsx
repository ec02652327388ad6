/** What can be done about an issue right where it stands: marks, names and a waiver with its reason, each with an Undo. */
import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { WaivedIssue } from '../../manifest/waivers.ts';
import { actionsFor, letStand, markMos, sayPlace } from '../issue-actions.ts';
import type { Change } from '../state.ts';
import { useCannotEdit, useEdit, useLook, usePanel } from './panel-context.ts';

type Open = 'place' | 'waive' | null;

interface Props {
  handoff: Handoff;
  issue: Issue;
  onColumns: () => void;
}

export function IssueActions({ handoff, issue, onColumns }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const edit = useEdit();
  const busy = useLook((state) => state.work !== null);
  const unable = useCannotEdit();
  const { mos, place, names, columns, waive } = actionsFor(handoff, issue);
  const canRename = useLook((state) => state.canRename);
  const { store, run } = usePanel();
  const seeNames = () => {
    store.change((state) => {
      state.toName = names;
    });
    void run('propose-names');
  };
  const make = (change: Change) => {
    setOpen(null);
    if (change.edits.length > 0) edit(change);
  };
  if (open === 'waive')
    return <AskWhy onDone={(why) => make(letStand(handoff, [issue], why))} onCancel={() => setOpen(null)} />;
  if (open === 'place')
    return (
      <Ask
        fields={['Scene', 'Take']}
        given={
          place.length === 1 ? [place[0]!.identity.scene ?? '', place[0]!.identity.take ?? ''] : undefined
        }
        needed={1}
        act="Save"
        onDone={([scene, take]) => make(sayPlace(place, { scene: scene!, take: take! }))}
        onCancel={() => setOpen(null)}
      />
    );
  return (
    <div className="issue-actions">
      {mos.length > 0 ? (
        <Act busy={unable} onPress={() => make(markMos(mos))}>
          {mos.length === 1 ? 'Mark as MOS' : `Mark ${mos.length} as MOS`}
        </Act>
      ) : null}
      {place.length > 0 ? (
        <Act busy={unable} onPress={() => setOpen('place')}>
          Set scene and take…
        </Act>
      ) : null}
      {canRename && names.length > 0 ? (
        <Act busy={busy} onPress={seeNames}>
          {names.length === 1 ? 'See a name for it…' : 'See names for them…'}
        </Act>
      ) : null}
      {columns ? (
        <Act busy={busy} onPress={onColumns}>
          Choose columns…
        </Act>
      ) : null}
      {waive ? (
        <Act busy={unable} onPress={() => setOpen('waive')}>
          Let it stand…
        </Act>
      ) : null}
    </div>
  );
}

export function LetStand({ issue: { waived } }: { issue: WaivedIssue }) {
  return (
    <span>
      <b>Let stand{waived.by ? ` by ${waived.by}` : ''}:</b> {waived.reason}
    </span>
  );
}

export function Act({
  busy,
  onPress,
  children,
}: {
  busy: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <Button className="button small" isDisabled={busy} onPress={onPress}>
      {children}
    </Button>
  );
}

interface AskWhyProps {
  /** How many issues stay; one is not counted. */
  count?: number;
  onDone: (why: { reason: string; by: string }) => void;
  onCancel: () => void;
}

/** The reason for which an issue, or several, may stand, and whose it is. */
export function AskWhy({ count = 1, onDone, onCancel }: AskWhyProps) {
  return (
    <Ask
      fields={[count === 1 ? 'Why it may stand' : `Why all ${count} may stand`, 'Your name']}
      needed={1}
      act={count === 1 ? 'Let it stand' : 'Let all stand'}
      onDone={([reason, by]) => onDone({ reason: reason!, by: by! })}
      onCancel={onCancel}
    />
  );
}

interface AskProps {
  fields: string[];
  given?: string[] | undefined;
  /** How many of the fields, from the first, must be filled. */
  needed: number;
  act: string;
  onDone: (said: string[]) => void;
  onCancel: () => void;
}

/** A small form in place. Keys stay in it: Enter saves, Esc leaves; what is as it was given cannot be saved. */
export function Ask({ fields, given, needed, act, onDone, onCancel }: AskProps) {
  const [said, setSaid] = useState(given ?? fields.map(() => ''));
  const missing =
    said.slice(0, needed).some((text) => text.trim() === '') ||
    given?.every((text, at) => text === said[at]!.trim()) === true;
  return (
    <form
      className="ask"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onDone(said.map((text) => text.trim()));
      }}
    >
      {fields.map((label, nth) => (
        <label key={label} className="ask-field">
          <span>{label}</span>
          <input
            className="field"
            value={said[nth]}
            maxLength={500}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person just pressed the button that opens this form
            autoFocus={nth === 0}
            onChange={(event) => setSaid(said.map((text, at) => (at === nth ? event.target.value : text)))}
          />
        </label>
      ))}
      <div className="issue-actions">
        <Button className="button small" type="submit" isDisabled={missing}>
          {act}
        </Button>
        <Button className="link" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
