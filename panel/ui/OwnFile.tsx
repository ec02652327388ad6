/** The editor's own file of the cut beside ours: where the two disagree, or why there is nothing to compare. */
import type { CutWritten } from '../../bridge/desk.ts';
import { counted } from '../words.ts';
import { Alert } from './Alert.tsx';

export function OwnFile({ own }: { own: NonNullable<CutWritten['own']> }) {
  if ('refused' in own)
    return <p className="why">The editor wrote no file of its own to compare with: {own.refused}</p>;
  const [first] = own.differs;
  if (!first) return <p className="why">The editor’s own file agrees with them.</p>;
  if (first.severity === 'note') return <p className="why">{first.message}</p>;
  return (
    <Alert
      tone="attention"
      title={`The editor’s own file disagrees in ${counted(own.differs.length, 'place')}`}
    >
      <ul className="losses">
        {own.differs.map(({ at, message }) => (
          <li key={at + message}>
            <b>{at}</b> {message}
          </li>
        ))}
      </ul>
      <p>Compare them in the editor before the cut is locked.</p>
    </Alert>
  );
}
