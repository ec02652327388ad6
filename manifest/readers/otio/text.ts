/** OTIO's dialect of JSON: its own writer puts bare NaN and Infinity, which no JSON has, and those are read as nothing. */

export type Parsed = { root: unknown; bare: number } | { problem: string };

/** Never throws. `bare` counts the NaN and Infinity words that were taken for null. */
export function parseText(text: string): Parsed {
  const plain = text.replace(/^\ufeff/, '');
  try {
    return { root: JSON.parse(plain), bare: 0 };
  } catch (error) {
    const { without, bare } = withoutBareWords(plain);
    if (bare > 0)
      try {
        return { root: JSON.parse(without), bare };
      } catch {
        // The first message speaks of the file as it is.
      }
    const why = error instanceof Error ? error.message : String(error);
    // Engines quote the text around the fault; a gigantic line must not end up in a message.
    return { problem: why.slice(0, 160) };
  }
}

const BARE = /-?(?:NaN|Inf(?:inity)?)(?!\w)/y;

/** Strings are passed over whole, so that a clip called NaN keeps its name. By hand: an expression would go back and forth in a broken file. */
function withoutBareWords(text: string): { without: string; bare: number } {
  const pieces: string[] = [];
  let [bare, from, at] = [0, 0, 0];
  while (at < text.length) {
    const character = text[at]!;
    if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (character === 'N' || character === 'I' || character === '-') {
      BARE.lastIndex = at;
      const found = BARE.exec(text)?.[0];
      if (found) {
        pieces.push(text.slice(from, at), 'null');
        bare++;
        at += found.length;
        from = at;
        continue;
      }
    }
    at++;
  }
  pieces.push(text.slice(from));
  return { without: pieces.join(''), bare };
}
