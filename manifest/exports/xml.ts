/**
 * A small ordered XML writer: elements and attributes come out in the order they went in, as plain text built up line by
 * line. Characters that XML cannot hold are replaced and reported, so that the result is always well-formed.
 */
import type { Loss } from '../documents/issue.ts';
import { ESCAPES } from '../xml/escapes.ts';

/** Absent (`undefined`) attributes are left out. */
export type Attributes = Record<string, string | number | undefined>;

/** Attributes as text, each with a space before it: for an element that a list has thousands of. */
export type Written = string;

/** Anything but plain characters that stand for themselves: all of XML's set without `"`, `&`, `<`, `>` and the controls. */
const SUSPECT = /[^ !#-%'-;=?-\ud7ff\ue000-\ufffd]/;
/** Whole surrogate pairs are matched first, so that what is left of a surrogate is a lone one. */
const EACH = /[\ud800-\udbff][\udc00-\udfff]|[^ !#-%'-;=?-\ud7ff\ue000-\ufffd]/g;

const INDENTS: string[] = [];

function indentOf(depth: number): string {
  return (INDENTS[depth] ??= '  '.repeat(depth));
}

export class XmlWriter {
  private readonly done: string[] = [];
  private lines: string[];
  /** One for each attribute that held characters XML forbids (control characters, halves of surrogate pairs). */
  readonly losses: Loss[] = [];
  private readonly names: string[] = [];
  /** Whether the lines are being written to be remembered. */
  private aside = false;
  private readonly remembered = new Map<object, { indent: string; text: string }>();
  private indent = '';

  /** `root` is the document type's name. */
  constructor(root: string) {
    this.lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<!DOCTYPE ${root}>`];
  }

  /** The document, complete once every element is closed. */
  text(): string {
    this.settle();
    return this.done.join('');
  }

  /** Turns the latest lines into one flat piece: pieced-together strings that live long cost the collector most of the run. */
  private settle(): void {
    if (!this.lines.length) return;
    this.done.push(this.lines.join('\n') + '\n');
    this.lines = [];
  }

  private line(text: string): void {
    this.push(this.indent + text);
  }

  private push(text: string): void {
    if (this.lines.push(text) >= 64 && !this.aside) this.settle();
  }

  /** An element with children; `close` ends it. */
  open(name: string, attributes: Attributes | Written = ''): void {
    this.line(`<${name}${typeof attributes === 'string' ? attributes : this.attributes(name, attributes)}>`);
    this.names.push(name);
    this.indent = indentOf(this.names.length);
  }

  /** Ends the element opened last. */
  close(): void {
    const name = this.names.pop();
    if (name === undefined) throw new Error('XmlWriter.close with no element open');
    this.indent = indentOf(this.names.length);
    this.line(`</${name}>`);
  }

  /** An element without children. */
  leaf(name: string, attributes: Attributes = {}): void {
    this.line(`<${name}${this.attributes(name, attributes)}/>`);
  }

  private attributes(element: string, attributes: Attributes): string {
    let text = '';
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined) continue;
      text += ` ${name}="${typeof value === 'string' ? this.escaped(value, element, name) : value}"`;
    }
    return text;
  }

  /** The value as it stands between quotes; `element` and `attribute` are named where it holds what XML cannot. */
  escaped(value: string, element: string, attribute: string): string {
    return SUSPECT.test(value) ? this.escape(value, element, attribute) : value;
  }

  /** What `write` writes, remembered: for the same `key` it must write the same each time. */
  again(key: object, write: () => void): void {
    const known = this.remembered.get(key);
    if (known && known.indent === this.indent) {
      if (known.text !== '') this.push(known.text);
      return;
    }
    const { lines, losses, indent, aside } = this;
    const before = losses.length;
    this.lines = [];
    this.aside = true;
    write();
    const text = this.lines.join('\n');
    this.lines = lines;
    this.aside = aside;
    if (text !== '') this.push(text);
    // Each time it is written counts.
    if (losses.length === before) this.remembered.set(key, { indent, text });
  }

  private escape(value: string, element: string, attribute: string): string {
    let count = 0;
    const written = value.replace(EACH, (character) => {
      if (character.length === 2) return character;
      const escaped = ESCAPES[character];
      if (escaped === undefined) count++;
      return escaped ?? '\ufffd';
    });
    if (count) {
      const message = `${count} characters that XML cannot hold are replaced by U+FFFD: ${written}`;
      this.losses.push({ what: 'character', where: `${element} ${attribute}`, count, message });
    }
    return written;
  }
}
