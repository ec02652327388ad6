/** Something a person must read, in place: what, why, and what to do. */
import type { ReactNode } from 'react';
import type { Tone } from '../words.ts';
import { Icon } from './Icon.tsx';

interface Props {
  tone: Tone;
  title: string;
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
}

export function Alert({ tone, title, children, actions }: Props) {
  return (
    <div className={`alert alert-${tone}`} role={tone === 'bad' ? 'alert' : 'note'}>
      <Icon
        name={tone === 'bad' ? 'stop' : tone === 'attention' ? 'alert' : tone === 'good' ? 'check' : 'info'}
        tone={tone}
      />
      <div className="alert-text">
        <strong>{title}</strong>
        {children}
        {actions ? <div className="alert-actions">{actions}</div> : null}
      </div>
    </div>
  );
}

/** What a view shows while it has nothing to show: why, and what brings something. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}
