/** Which encoding an XML document says it is in: its byte-order mark, else its declaration, else UTF-8. */

/** The label as the document gives it, lower case; `head` is its first bytes, 200 are enough. */
export function xmlEncoding(head: Uint8Array): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le';
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be';
  // Every other encoding a declaration can name has ASCII where ASCII is.
  const text = Array.from(head.slice(0, 200), (byte) => String.fromCharCode(byte)).join('');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(text)?.[1];
  return declared?.toLowerCase() ?? 'utf-8';
}
