/** The keys that work wherever the focus is, also on the bare page: `/` goes to the filter, Esc cancels. */

/** Keys belong to what is typed into, and to what stands in front of the panel. */
export function isTaken(event: Pick<KeyboardEvent, 'defaultPrevented' | 'target'>): boolean {
  if (event.defaultPrevented) return true;
  const { target } = event;
  return target instanceof Element && target.closest('[role=dialog], [role=alertdialog], dialog') !== null;
}

/** Kinds of input that no text goes into. */
const PRESSED = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !PRESSED.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Returns the way out. On the document: with the focus on nothing, keys never pass through the panel's own elements. */
export function listenForKeys(page: Document, cancel: () => void): () => void {
  const heard = (event: KeyboardEvent) => {
    if (isTaken(event)) return;
    if (event.key === 'Escape') return cancel();
    const withOthers = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== '/' || withOthers || isTyping(event.target)) return;
    const filter = page.querySelector<HTMLInputElement>('[data-filter]');
    if (!filter) return;
    event.preventDefault();
    filter.focus();
    filter.select();
  };
  page.addEventListener('keydown', heard);
  return () => page.removeEventListener('keydown', heard);
}
