/** What a file may be called where: on Windows, macOS and Linux alike, and in deliveries that take plain letters only. */

/** Names Windows keeps for devices, with any suffix. */
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;
/** Bytes of one name on Linux, and UTF-16 units on Windows and macOS. */
const LONGEST_NAME = 255;

const bytes = (text: string) =>
  [...text].reduce((sum, letter) => {
    const code = letter.codePointAt(0)!;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 0);

/** `U+0007` for what no terminal shows. */
const shown = (letter: string) =>
  /[\p{C}\p{Z}]/u.test(letter) && letter !== ' '
    ? `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : `"${letter}"`;

/** Why one of the three systems refuses or changes a file's or folder's name; null where all take it as it is. */
export function nameProblem(name: string): string | null {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const illegal = [...new Set(name.match(/[<>:"/\\|?*\u0000-\u001f\u007f]/g) ?? [])];
  if (illegal.length > 0) return `Windows refuses ${illegal.map(shown).join(' ')}`;
  if (/[. ]$/.test(name)) return `Windows drops the ${name.endsWith('.') ? 'dot' : 'space'} at its end`;
  if (DEVICES.test(name)) return `Windows keeps "${name.split('.')[0]}" for a device`;
  if (name.startsWith(' ')) return 'a space before it is lost in lists and by hand';
  if (/[\ud800-\udfff]/.test(name.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')))
    return 'it holds half a character, which no system can write again';
  const length = Math.max(bytes(name), name.length);
  return length > LONGEST_NAME ? `it has ${length} bytes, and a name has at most ${LONGEST_NAME}` : null;
}

/** Letters that deliveries in the style of Netflix do not take, as they stand in the name; empty where it is plain. */
export function undeliverable(name: string): string[] {
  return [...new Set(name.match(/[^A-Za-z0-9_.-]/gu) ?? [])].map(shown);
}
