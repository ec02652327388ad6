/**
 * XML as programs write it, in one pass and several times as fast as the full reader: elements, attributes, text, comments, CDATA and
 * XML's own references. At the first thing that is not that plain, or not well formed, it gives up: the full reader judges it.
 */

/** What is found, in the order of the text. `line` is that on which the start tag ends, from 1. */
export interface Hearer {
  open(name: string, attributes: Record<string, string>, line: number): void;
  close(): void;
  text(text: string): void;
  /** Whether the element that is open holds no text yet: spaces are then not told. */
  readonly bare: boolean;
}

/** Deeper documents are the full reader's to refuse. */
const DEEPEST = 256;

/** What XML forbids anywhere. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
/** Not asked of a text without any: looking behind and ahead costs several times as much. */
const SURROGATE = /[\ud800-\udfff]/;
const HALF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const DECLARATION =
  /^<\?xml[ \t\n]+version=(["'])1\.0\1(?:[ \t\n]+encoding=(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\n]+standalone=(["'])(?:yes|no)\3)?[ \t\n]*\?>/;
/** Without a subset of its own, which could declare anything. */
const DOCTYPE = /<!DOCTYPE[ \t\n][^<>[\]"']*(?:"[^"<>]*"[^<>[\]"']*|'[^'<>]*'[^<>[\]"']*)*>/y;

const [TAB, LF, SPACE, BANG, QUOTE, AMP, APOSTROPHE, SLASH, LESS, EQUAL, GREATER] = [
  0x09, 0x0a, 0x20, 0x21, 0x22, 0x26, 0x27, 0x2f, 0x3c, 0x3d, 0x3e,
] as const;

/** By character: 1 = may stand in a name, 2 = may begin one. Others may too; the full reader knows which. */
const NAMES = new Uint8Array(128);
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:')
  NAMES[letter.charCodeAt(0)] = 2;
for (const letter of '0123456789.-') NAMES[letter.charCodeAt(0)] = 1;

const isSpace = (code: number) => code === SPACE || code === LF || code === TAB;

/**
 * An object whose prototype has none: attributes called `__proto__` or `constructor` are attributes. An object made by
 * `Object.create(null)` would be a hash table of its own, which costs most of the memory of a long document.
 */
const Attributes = function () {} as unknown as new () => Record<string, string>;
Attributes.prototype = Object.freeze(Object.create(null));

/** Most elements of a timeline have none. */
export const NO_ATTRIBUTES: Record<string, string> = Object.freeze(new Attributes());

/** Tells `hearer` all of `text`; false where it gave up, and what was told so far must be thrown away. No BOM. */
export function readPlain(text: string, hearer: Hearer): boolean {
  if (FORBIDDEN.test(text) || (SURROGATE.test(text) && HALF_A_PAIR.test(text))) return false;
  return new Scan(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, hearer).run();
}

class Scan {
  private readonly text: string;
  private readonly hearer: Hearer;
  private at = 0;
  /** Names of the elements that are open. */
  private readonly stack: string[] = [];
  private readonly names = new Map<string, string>();
  private line = 1;
  /** The first line end after the last start tag. */
  private lineEnd: number;

  constructor(text: string, hearer: Hearer) {
    this.text = text;
    this.hearer = hearer;
    this.lineEnd = text.indexOf('\n');
  }

  run(): boolean {
    const { text, stack } = this;
    if (!this.prolog() || !this.tag()) return false;
    while (stack.length) {
      const next = text.indexOf('<', this.at);
      if (next < 0 || !this.content(next)) return false;
      this.at = next;
      const code = text.charCodeAt(next + 1);
      if (code === SLASH) {
        if (!this.endTag()) return false;
      } else if (code === BANG) {
        if (!this.comment() && !this.cdata()) return false;
      } else if (!this.tag()) return false;
    }
    return this.space() === text.length;
  }

  /** Declaration, comments and DOCTYPE. */
  private prolog(): boolean {
    const { text } = this;
    this.at = DECLARATION.exec(text)?.[0].length ?? 0;
    for (let declared = false; ;) {
      this.space();
      if (text.charCodeAt(this.at + 1) !== BANG) return text.charCodeAt(this.at) === LESS;
      if (this.comment()) continue;
      DOCTYPE.lastIndex = this.at;
      if (declared || !DOCTYPE.test(text)) return false;
      declared = true;
      this.at = DOCTYPE.lastIndex;
    }
  }

  /** Where the next character that is no space lies. */
  private space(): number {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
    return this.at;
  }

  /** What lies before the tag at `next`. */
  private content(next: number): boolean {
    const { text } = this;
    let at = this.at;
    while (at < next && isSpace(text.charCodeAt(at))) at++;
    // Indentation: most of what lies between tags.
    if (at === next && this.hearer.bare) return true;
    let odd = false;
    for (; at < next; at++) {
      const code = text.charCodeAt(at);
      if (code === AMP) odd = true;
      else if (code === GREATER && text.startsWith(']]', at - 2)) return false;
    }
    const raw = text.slice(this.at, next);
    const plain = odd ? resolved(raw) : raw;
    if (plain === null) return false;
    if (plain !== '') this.hearer.text(plain);
    return true;
  }

  private endTag(): boolean {
    const { text, stack } = this;
    const name = stack[stack.length - 1]!;
    if (!text.startsWith(name, this.at + 2)) return false;
    this.at += 2 + name.length;
    if (text.charCodeAt(this.space()) !== GREATER) return false;
    this.at++;
    stack.pop();
    this.hearer.close();
    return true;
  }

  private comment(): boolean {
    const { text, at } = this;
    if (!text.startsWith('<!--', at)) return false;
    const end = text.indexOf('--', at + 4);
    if (end < 0 || text.charCodeAt(end + 2) !== GREATER) return false;
    this.at = end + 3;
    return true;
  }

  private cdata(): boolean {
    const { text, at } = this;
    if (!text.startsWith('<![CDATA[', at)) return false;
    const end = text.indexOf(']]>', at + 9);
    if (end < 0) return false;
    this.hearer.text(text.slice(at + 9, end));
    this.at = end + 3;
    return true;
  }

  /** A name that begins at `from`, the same string for the same name; '' where none does. Moves past it. */
  private name(from: number): string {
    const { text, names } = this;
    let at = from;
    if (NAMES[text.charCodeAt(at)] !== 2) return '';
    while (NAMES[text.charCodeAt(++at)]);
    this.at = at;
    const name = text.slice(from, at);
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  }

  /** A start tag. */
  private tag(): boolean {
    const { text, stack } = this;
    const name = this.name(this.at + 1);
    if (name === '' || stack.length === DEEPEST) return false;
    let attributes = NO_ATTRIBUTES;
    for (;;) {
      const from = this.at;
      const code = text.charCodeAt(this.space());
      if (code === GREATER) {
        this.at++;
        stack.push(name);
        this.hearer.open(name, attributes, this.lineHere());
        return true;
      }
      if (code === SLASH) {
        if (text.charCodeAt(this.at + 1) !== GREATER) return false;
        this.at += 2;
        this.hearer.open(name, attributes, this.lineHere());
        this.hearer.close();
        return true;
      }
      if (this.at === from) return false;
      if (attributes === NO_ATTRIBUTES) attributes = new Attributes();
      if (!this.attribute(attributes)) return false;
    }
  }

  private lineHere(): number {
    for (; this.lineEnd >= 0 && this.lineEnd < this.at; this.line++)
      this.lineEnd = this.text.indexOf('\n', this.lineEnd + 1);
    return this.line;
  }

  private attribute(into: Record<string, string>): boolean {
    const { text } = this;
    const name = this.name(this.at);
    if (name === '' || into[name] !== undefined) return false;
    if (text.charCodeAt(this.space()) !== EQUAL) return false;
    this.at++;
    const quote = text.charCodeAt(this.space());
    if (quote !== QUOTE && quote !== APOSTROPHE) return false;
    const from = this.at + 1;
    let odd = false;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.at = at + 1;
        break;
      }
      if (code === LESS || code !== code) return false;
      if (code === AMP || code < SPACE) odd = true;
    }
    const raw = text.slice(from, this.at - 1);
    const value = odd ? resolved(raw.replace(/[\t\n]/g, ' ')) : raw;
    if (value === null) return false;
    into[name] = value;
    return true;
  }
}

const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g;
const OWN: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** With XML's own references and those by number replaced; null where there is any other. */
function resolved(text: string): string | null {
  let known = true;
  const plain = text.replace(REFERENCE, (_, own?: string, decimal?: string, hex?: string) => {
    if (own !== undefined) return OWN[own]!;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    if (isCharacter(code)) return String.fromCodePoint(code);
    known = false;
    return '';
  });
  return known ? plain : null;
}

function isCharacter(code: number): boolean {
  if (code < SPACE) return code === TAB || code === LF || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
