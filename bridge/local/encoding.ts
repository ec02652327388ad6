/** The text in a file's bytes: UTF-8, UTF-16 of either order with or without its mark, else what Excel on Windows or a Mac wrote. */

export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh' | 'gb18030';
  /** Whether the file itself says so, by a mark or by holding nothing else. */
  certain: boolean;
}

/** Bytes looked at where the encoding is guessed. */
const LOOKED_AT = 64 * 1024;

/** 0x80 to 0x9F in Windows-1252. Some versions of Node read them as control characters, so they are mended by hand. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export function decodeText(bytes: Uint8Array): Decoded {
  const as = (encoding: Decoded['encoding'], certain: boolean): Decoded => {
    const text = new TextDecoder(encoding).decode(bytes);
    const mended =
      encoding === 'windows-1252'
        ? text.replace(/[\u0080-\u009f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80]!)
        : text;
    return { text: mended, encoding, certain };
  };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return as('utf-16le', true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return as('utf-16be', true);
  const wide = wideOrder(bytes);
  if (wide) return as(wide, false);
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      encoding: 'utf-8',
      certain: true,
    };
  } catch {
    return as(inPairs(bytes) ? 'gb18030' : westernKind(bytes), false);
  }
}

/** UTF-16 without its mark: every other byte of Western text is zero, and it is always the same one. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const end = Math.min(bytes.length, 4096) & ~1;
  if (end < 4) return null;
  let [even, odd] = [0, 0];
  for (let at = 0; at < end; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = end / 2;
  if (odd * 10 >= pairs * 7 && even * 20 < pairs) return 'utf-16le';
  return even * 10 >= pairs * 7 && odd * 20 < pairs ? 'utf-16be' : null;
}

/**
 * Chinese characters are two high bytes each, so their runs are even; accented Western letters mostly stand alone. Where they do not
 * (`Größe`), their first byte lies where GB18030 keeps rare characters: the common ones and the punctuation begin below 0xD8.
 */
function inPairs(bytes: Uint8Array): boolean {
  let [run, pairs, common] = [0, 0, 0];
  for (const byte of bytes.subarray(0, LOOKED_AT)) {
    if (byte >= 0x80) {
      if (run++ % 2 === 1) continue;
      pairs++;
      if (byte >= 0xa1 && byte < 0xd8) common++;
    } else if (run % 2 === 1) return false;
    else run = 0;
  }
  return common * 2 > pairs;
}

/**
 * Excel for Mac has long written CSV in the Macintosh character set, where ä é ö ü lie below 0xA0; in Windows-1252 those places are
 * quotes and dashes, and the letters lie from 0xC0. Whichever stands beside letters more often decides.
 */
function westernKind(bytes: Uint8Array): 'windows-1252' | 'macintosh' {
  const isLetter = (byte: number | undefined) =>
    byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));
  let [mac, windows] = [0, 0];
  bytes.subarray(0, LOOKED_AT).forEach((byte, at) => {
    if (byte < 0x80 || !(isLetter(bytes[at - 1]) || isLetter(bytes[at + 1]))) return;
    // Typographic quotes, dashes and dots of Windows stand beside letters too.
    if (byte < 0xa0 && byte !== 0x85 && !(byte >= 0x91 && byte <= 0x97)) mac++;
    // On a Mac these are quotes, dashes and dots.
    const macMark = (byte >= 0xd0 && byte <= 0xd5) || (byte >= 0xc7 && byte <= 0xc9);
    if (byte >= 0xc0 && !macMark) windows++;
  });
  return mac > windows ? 'macintosh' : 'windows-1252';
}
