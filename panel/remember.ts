/**
 * Remembers what a person was looking at, by manifest, in the page's own storage: the open step, filters, what was opened and closed by
 * hand, the cut's choices, how far lists were scrolled. A page without storage starts at the first step.
 */
import { STEPS, type PanelState, type StepId, type Store } from './state.ts';

/** Hand-made choices in trees kept, the newest; a tree of thousands of bins is not worth more. */
const MOST_TOGGLED = 500;
/** Milliseconds between two writes. */
const EVERY = 300;

interface View {
  step: StepId;
  filter: Partial<Record<StepId, string>>;
  severity: PanelState['severity'];
  verdictFilter: PanelState['verdictFilter'];
  toggled: Record<string, boolean>;
  day: string | null;
  syncClip: string | null;
  cut: PanelState['cut'];
  /** By the name of the list: pixels from its top. */
  scrolled: Record<string, number>;
}

/** Puts back what was kept for the open manifest, then keeps what changes. Also for a manifest that is opened later. */
export function remember(store: Store, page: Window): void {
  const lists = new Map<string, number>();
  let path: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const restore = () => {
    ({ path } = store.get());
    lists.clear();
    const view = read(page, keyOf(path));
    if (!view) return;
    for (const [name, top] of Object.entries(view.scrolled ?? {})) lists.set(name, top);
    store.change((state) => putBack(state, view));
  };
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    write(page, keyOf(path), viewOf(store.get(), lists));
  };
  const soon = () => {
    timer ??= setTimeout(keep, EVERY);
  };

  restore();
  store.subscribe(() => {
    if (store.get().path !== path) {
      if (timer !== undefined) clearTimeout(timer);
      timer = undefined;
      restore();
    } else soon();
  });
  page.addEventListener('pagehide', keep);
  keepScroll(page, lists, soon);
}

function keyOf(path: string | null): string {
  return `baton.view ${path ?? ''}`;
}

function viewOf(state: PanelState, lists: Map<string, number>): View {
  const { step, filter, severity, verdictFilter, toggled, day, syncClip, cut } = state;
  const newest = Object.fromEntries(Object.entries(toggled).slice(-MOST_TOGGLED));
  const scrolled = Object.fromEntries(lists);
  return { step, filter, severity, verdictFilter, toggled: newest, day, syncClip, cut, scrolled };
}

/** What another version kept, or a person wrote, is taken only as far as it fits. */
function putBack(state: PanelState, view: Partial<View>): void {
  const step = STEPS.find((each) => each === view.step);
  if (step) state.step = step;
  for (const each of STEPS) {
    const text = view.filter?.[each];
    if (typeof text === 'string') state.filter[each] = text;
  }
  if (typeof view.severity === 'string') state.severity = view.severity;
  if (typeof view.verdictFilter === 'string') state.verdictFilter = view.verdictFilter;
  for (const [key, open] of Object.entries(view.toggled ?? {}))
    if (typeof open === 'boolean') state.toggled[key] = open;
  if (typeof view.day === 'string') state.day = view.day;
  if (typeof view.syncClip === 'string') state.syncClip = view.syncClip;
  if (view.cut && Array.isArray(view.cut.formats) && typeof view.cut.name === 'string')
    state.cut = { ...state.cut, ...view.cut };
}

/** A list is put back where it was once it is drawn long enough, and only the first time it is seen. */
function keepScroll(page: Window, lists: Map<string, number>, soon: () => void): void {
  const { document } = page;
  const seen = new WeakSet<Element>();
  const heard = (event: Event) => {
    const name = nameOf(event.target);
    if (name === null || !seen.has(event.target as Element)) return;
    lists.set(name, (event.target as Element).scrollTop);
    soon();
  };
  document.addEventListener('scroll', heard, { capture: true, passive: true });
  const look = () => {
    for (const list of document.querySelectorAll('.rows')) {
      const name = nameOf(list);
      if (name === null || seen.has(list)) continue;
      const top = lists.get(name) ?? 0;
      if (list.scrollHeight === 0 || list.scrollHeight < top) continue;
      seen.add(list);
      if (top > 0) list.scrollTop = top;
    }
  };
  new MutationObserver(look).observe(document.getElementById('panel')!, { childList: true, subtree: true });
}

function nameOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element) || !target.classList.contains('rows')) return null;
  return target.getAttribute('aria-label');
}

/** Storage can be refused outright (private windows, file://): then nothing is remembered. */
function read(page: Window, key: string): Partial<View> | null {
  try {
    const kept: unknown = JSON.parse(page.localStorage.getItem(key) ?? 'null');
    return typeof kept === 'object' && kept !== null ? kept : null;
  } catch {
    return null;
  }
}

function write(page: Window, key: string, view: View): void {
  try {
    page.localStorage.setItem(key, JSON.stringify(view));
  } catch {
    // Nothing is remembered, and nothing else depends on it.
  }
}
