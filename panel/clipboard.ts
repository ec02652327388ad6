/** Puts text on the clipboard, also in an editor's panel, where the page may not be given the modern way. */

/** Rejects where neither way is open. */
export async function copyText(page: Window, text: string): Promise<void> {
  try {
    await page.navigator.clipboard.writeText(text);
  } catch {
    if (!copyTheOldWay(page.document, text)) throw new Error('The clipboard is not open to the panel here.');
  }
}

function copyTheOldWay(document: Document, text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden-text';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
