/** Remembers the open step between visits, by manifest, in the page's own storage; a page without one starts at the first. */
import { STEPS, type Store } from './state.ts';

export function keepStep(store: Store, page: Window): void {
  const key = `baton.step ${store.get().path ?? ''}`;
  const known = read(page, key);
  const step = STEPS.find((each) => each === known);
  if (step)
    store.change((state) => {
      state.step = step;
    });
  store.subscribe(() => write(page, key, store.get().step));
}

/** Storage can be refused outright (private windows, file://): then nothing is remembered. */
function read(page: Window, key: string): string | null {
  try {
    return page.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(page: Window, key: string, value: string): void {
  try {
    page.localStorage.setItem(key, value);
  } catch {
    // Nothing is remembered, and nothing else depends on it.
  }
}
