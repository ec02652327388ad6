/** Names in the plain ASCII that every reader of an EDL can take: accents fall, other scripts become question marks. */

/** Letters that Unicode does not take apart into a plain letter and an accent. */
const plain: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
};

/** One line of printable ASCII. What has no ASCII form is `?`, one for each character; line breaks are spaces. */
export function ascii(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const spaced = text.replace(/[\t\r\n\u2028\u2029]+/g, ' ');
  const bare = Array.from(spaced, (character) => plain[character] ?? character)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  return Array.from(bare, (character) => (/^[ -~]$/.test(character) ? character : '?')).join('');
}
