/**
 * What Baton's scripts left in Resolve, as text: JSON, or the hexadecimal digits that Free 21.1 can leave in a Fusion
 * preferences file or that a person copied out of one.
 */

/** Twenty bytes: shorter runs of digits are colours and ids of Fusion's own. */
const LEAST_DIGITS = 40;

/** Every JSON document in the text, in its order; empty where there is none. Never throws. */
export function documentsIn(text: string): unknown[] {
  const plain = text.replace(/^\uFEFF/, '').trim();
  const whole = parsed(plain);
  if (whole !== undefined) return [whole];
  // Split at what is no digit: matching a run of millions of digits would exhaust the stack.
  const runs = plain.split(/[^0-9A-Fa-f]+/).filter(({ length }) => length >= LEAST_DIGITS);
  const hidden = runs.flatMap((digits) => {
    const document = digits.length % 2 === 0 ? parsed(utf8(Buffer.from(digits, 'hex'))) : undefined;
    return document === undefined ? [] : [document];
  });
  return hidden.length > 0 ? hidden : inWords(plain);
}

/** A document between other words, as when a console was copied whole. */
function inWords(text: string): unknown[] {
  const [from, to] = [text.indexOf('{"'), text.lastIndexOf('}')];
  const document = from >= 0 && to > from ? parsed(text.slice(from, to + 1)) : undefined;
  return document === undefined ? [] : [document];
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
