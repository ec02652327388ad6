/** A panel inside UXP scans, proves, renames and listens only while a `baton serve` on this machine does it: its buttons come and go with that. */
import type { Lending } from '../bridge/uxp/bridged.ts';
import { abilitiesOf, NO_ABILITIES, type Abilities } from './abilities.ts';
import type { Store } from './state.ts';

/** What can be done at first; `can` is what could be with a service. Without one, handoffs are still opened. */
export function canNow(lending: Lending | undefined, can: Abilities): Abilities {
  return !lending || lending.now ? abilitiesOf(can) : { ...NO_ABILITIES, canOpen: can.canOpen };
}

export function followLending(store: Store, lending: Lending, can: Abilities): void {
  lending.watch((here) =>
    store.change((state) => {
      Object.assign(state, canNow({ ...lending, now: here }, can));
      if (here) {
        state.issues = state.issues.filter(({ code }) => code !== 'works-alone');
        state.said = 'baton serve is here: this panel can scan, listen, and prove and rename files.';
      } else {
        state.notice =
          'baton serve does not answer any more. This panel works alone; start it again to scan, listen, or prove or rename files.';
        state.said = state.notice;
      }
    }),
  );
}
