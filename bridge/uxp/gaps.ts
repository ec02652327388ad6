/** What UXP's JavaScript was seen to lack and Baton's libraries count on, put there where it is missing. */

interface World {
  TextEncoder?: unknown;
}

/** UTF-8 as TextEncoder gives it: a surrogate that stands alone becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0)!;
    const code = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

export function fillGaps(world: World = globalThis as World): void {
  world.TextEncoder ??= class {
    readonly encoding = 'utf-8';
    encode(text = ''): Uint8Array {
      return utf8(text);
    }
  };
}
