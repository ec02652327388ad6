/** What is open: the production, its shoot days, the manifest's revision and hash, and who signed it. */
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { counted } from '../words.ts';
import { useLook } from './panel-context.ts';
import { SignOff } from './SignOff.tsx';

export function Header() {
  const handoff = useLook((state) => state.opened?.handoff ?? null);
  const hash = useLook((state) => state.hash);
  const path = useLook((state) => state.path);
  if (!handoff)
    return (
      <header className="header">
        <h1>Baton</h1>
        <p className="header-facts">No handoff is open</p>
      </header>
    );
  return (
    <header className="header">
      <h1 title={path ?? ''}>{handoff.production.title}</h1>
      <SignOff />
      <p className="header-facts">
        <span title={handoff.shootDays.map(dayName).join(', ')}>{days(handoff)}</span>
        <span>revision {handoff.revision}</span>
        <span className="timecode" title={`SHA-256 of the delivery ${hash}`}>
          {hash.slice(0, 8)}
        </span>
      </p>
    </header>
  );
}

type Day = Handoff['shootDays'][number];

function dayName({ id, date, label }: Day): string {
  return label ?? date ?? id;
}

/** Up to two days by name; more are counted. */
function days({ shootDays }: Handoff): string {
  if (shootDays.length === 0) return 'no shoot day named';
  return shootDays.length <= 2 ? shootDays.map(dayName).join(', ') : counted(shootDays.length, 'shoot day');
}
