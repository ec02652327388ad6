/**
 * XML as sound recorders write it, in one pass: elements and text, no attributes, entities, comments or CDATA. A drive holds thousands
 * of such documents and a scan reads all of them. What is not that plain is left to the full reader.
 */
import type { XmlElement } from '../../xml/read.ts';

/** In a text, references, control characters, halves of pairs and a stray CDATA end are the full reader's to judge. */
// oxlint-disable-next-line no-control-regex
const ODD = /[&\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]|]]>/;
const NAME = /^[A-Za-z_][\w.-]*$/;
const INK = /[^ \t\r\n]/;
const SLASH = 0x2f;
/** Deeper documents are no recorder's. */
const DEEPEST = 32;

const NO_ATTRIBUTES: Record<string, string> = {};

/**
 * The root element, as `readXml` gives it but for the lines; null where the text is not plain or not well formed. What follows the
 * root is not looked at: recorders pad the chunk, and some leave the tail of a longer document behind.
 */
export function readPlain(document: string): XmlElement | null {
  const text = document.includes('\r') ? document.replace(/\r\n?/g, '\n') : document;
  const stack: XmlElement[] = [];
  for (let at = afterDeclaration(text); at >= 0;) {
    const end = text.indexOf('>', at);
    if (end < 0) return null;
    const open = stack[stack.length - 1];
    if (text.charCodeAt(at + 1) === SLASH) {
      if (!open || end - at - 2 !== open.name.length || !text.startsWith(open.name, at + 2)) return null;
      stack.pop();
      if (stack.length === 0) return open;
    } else {
      const empty = text.charCodeAt(end - 1) === SLASH;
      const name = text.slice(at + 1, empty ? end - 1 : end);
      if (!NAME.test(name) || stack.length === DEEPEST) return null;
      const element: XmlElement = { name, attributes: NO_ATTRIBUTES, children: [], text: '', line: 0 };
      open?.children.push(element);
      if (!empty) stack.push(element);
      if (stack.length === 0) return null;
    }
    at = addText(text, end + 1, stack[stack.length - 1]!);
  }
  return null;
}

/** Where the root begins; −1 where anything but an XML declaration and spaces comes before it. */
function afterDeclaration(text: string): number {
  const first = text.indexOf('<');
  if (INK.test(text.slice(0, Math.max(0, first)))) return -1;
  if (!text.startsWith('<?xml ', first)) return first;
  const end = text.indexOf('?>', first);
  const next = end < 0 ? -1 : text.indexOf('<', end);
  return next >= 0 && INK.test(text.slice(end + 2, next)) ? -1 : next;
}

/** Keeps the text from `from` to the next tag, and says where that is; −1 where the text is odd. Indentation is not content. */
function addText(text: string, from: number, element: XmlElement): number {
  const next = text.indexOf('<', from);
  if (next > from) {
    const said = text.slice(from, next);
    const ink = INK.test(said);
    if (ink && ODD.test(said)) return -1;
    if (ink || element.text !== '') element.text += said;
  }
  return next;
}
