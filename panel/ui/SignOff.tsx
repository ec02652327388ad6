/** Who signed the delivery, and, when pressed, signing it or taking the signature back. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { signOffSays } from '../steps.ts';
import { dayAndTime } from '../words.ts';
import { Status } from './Icon.tsx';
import { Act, Ask } from './IssueActions.tsx';
import { useEdit, useLook } from './panel-context.ts';

export function SignOff() {
  const [open, setOpen] = useState(false);
  const signOff = useLook((state) => state.opened?.handoff?.signOff ?? null);
  const word = useLook((state) => signOffSays(state).word);
  const tone = useLook((state) => signOffSays(state).tone);
  const busy = useLook((state) => state.work !== null || !state.writable);
  const edit = useEdit();
  const sign = (by: string | null, role = '') => {
    setOpen(false);
    const label = by === null ? 'Signature taken back' : `Signed off by ${by}`;
    edit({ label, edits: [{ edit: 'sign', by, ...(role ? { role } : {}) }] });
  };
  return (
    <>
      <Button className="sign-off" aria-expanded={open} onPress={() => setOpen(!open)}>
        <Status tone={tone}>{word}</Status>
      </Button>
      {open ? (
        <div className="sign-off-form">
          {signOff ? (
            <p>
              {[signOff.by, signOff.role].filter(Boolean).join(', ')}, {dayAndTime(signOff.at)}, for{' '}
              <span className="timecode">{signOff.hash.slice(0, 8)}</span>
            </p>
          ) : (
            <p>A signature is for the delivery as it is now: any later change shows.</p>
          )}
          {signOff ? (
            <div className="issue-actions">
              <Act busy={busy} onPress={() => sign(null)}>
                Take it back
              </Act>
            </div>
          ) : null}
          {signOff && tone === 'good' ? null : (
            <Ask
              fields={['Name', 'Role']}
              needed={1}
              act={signOff ? 'Sign again' : 'Sign off'}
              onDone={([by, role]) => sign(by!, role)}
              onCancel={() => setOpen(false)}
            />
          )}
        </div>
      ) : null}
    </>
  );
}
