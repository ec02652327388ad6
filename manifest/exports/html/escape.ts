/** Makes any text safe to show: in HTML, and in a line of plain text. Names come from other people's files and may hold anything. */

/** Control characters, line separators, and marks that turn the direction of the text around them; joiners are left to scripts that need them. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
const PLAIN = /^[ -~]*$/;

/** One line in which nothing hides: a character that cannot be seen is written as its number, `\u202E`. */
export function visible(text: string): string {
  return text
    .replace(UNSEEN, (unseen) => `\\u${unseen.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    .replace(LONE_SURROGATE, '\ufffd');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute, in HTML and in SVG. */
export function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}

/** A name in a direction of its own, so that Arabic or Hebrew in it does not reorder what stands beside it. */
export function named(text: string): string {
  return PLAIN.test(text) ? escape(text) : `<bdi>${escape(text)}</bdi>`;
}
