/** The first visit: four sentences about what the steps are for, until they are put away; never again after that. */
import type { Store } from './state.ts';

const KEY = 'baton.tour';

/** A page that cannot remember shows none: it would come back each time. */
export function beginTour(store: Store, page: Window): void {
  let seen: string | null;
  try {
    page.localStorage.setItem(`${KEY}?`, '');
    page.localStorage.removeItem(`${KEY}?`);
    seen = page.localStorage.getItem(KEY);
  } catch {
    return;
  }
  if (seen !== null) return;
  store.change((state) => {
    state.touring = true;
  });
  const stop = store.subscribe(() => {
    if (store.get().touring) return;
    stop();
    try {
      page.localStorage.setItem(KEY, 'seen');
    } catch {
      // It was there a moment ago; the tour comes once more.
    }
  });
}
