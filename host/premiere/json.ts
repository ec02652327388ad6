/**
 * Writes JSON text. ES3 has no JSON, and the one another panel may have put on the shared engine is not ours to trust.
 * Everything outside plain ASCII that a wire could trip over is escaped: controls, surrogates, U+2028 and U+2029.
 */

const UNSAFE =
  '["\\\\\\x00-\\x1f\\x7f-\\x9f\\u00ad\\u0600-\\u0604\\u070f\\u17b4\\u17b5\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufff0-\\uffff]';
const anyUnsafe = new RegExp(UNSAFE);
const everyUnsafe = new RegExp(UNSAFE, 'g');

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return '\\u' + '0000'.substring(code.length) + code;
}

function quote(text: string): string {
  if (!anyUnsafe.test(text)) return '"' + text + '"';
  // Declared to take text only; ExtendScript takes a function, as json2 relies on.
  return '"' + text.replace(everyUnsafe, escapeCharacter as unknown as string) + '"';
}

/** Plain objects, arrays, text, numbers, booleans and null; anything else (functions, undefined, NaN) becomes null. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null || typeof value !== 'object') return 'null';
  const parts: string[] = [];
  if (value instanceof Array) {
    for (let i = 0; i < value.length; i++) parts.push(toJson(value[i]));
    return '[' + parts.join(',') + ']';
  }
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    // Other panels share this engine and may have put functions on Object.prototype.
    if (Object.prototype.hasOwnProperty.call(fields, key)) parts.push(quote(key) + ':' + toJson(fields[key]));
  }
  return '{' + parts.join(',') + '}';
}
