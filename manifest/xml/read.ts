/**
 * XML → a tree that keeps the order of everything, with line numbers. For timelines, whose order is their meaning. Nothing outside
 * the text is ever fetched, entities a document declares are not expanded, and depth and size have limits.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Issue } from '../documents/issue.ts';
import { NO_ATTRIBUTES, readPlain, type Hearer } from './plain.ts';

export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** Character data directly inside, joined; '' where there is none. */
  text: string;
  /** Line of its start tag, from 1. */
  line: number;
}

/** Deeper than any real timeline; a document that goes on is hostile or broken. */
const DEEPEST = 256;
/** Faults told one by one; the rest are counted. */
const MOST_FAULTS = 20;

/** Is handed an element once that is whole. */
export type Take = (element: XmlElement) => void;

/**
 * Asked as each element begins, with those around it, the outermost first. What it gives back is handed every child of the element,
 * and the tree does not keep them: a long timeline would otherwise lie in memory twice.
 */
export type Choose = (element: XmlElement, around: readonly XmlElement[]) => Take | null;

/**
 * The root element, null where there is none, and an issue for each fault of the text. What could be read of a broken document
 * is given all the same; the caller says what it makes of it. Never throws. `begin` is called again, for a choice that has taken
 * nothing yet, where the text turns out to be no plain XML and is read from the start with more care.
 */
export function readXml(
  text: string,
  name: string,
  begin: () => Choose | null = () => null,
): { root: XmlElement | null; issues: Issue[] } {
  const unmarked = text.replace(/^\uFEFF/, '');
  const plain = new Builder(name, begin());
  return readPlain(unmarked, plain) ? plain.result() : readWithCare(unmarked, new Builder(name, begin()));
}

function readWithCare(text: string, builder: Builder): ReturnType<Builder['result']> {
  const parser = new SaxesParser({ position: true });
  // Namespaces are off, so every attribute is plain text.
  parser.on('opentag', (tag) => builder.open(tag.name, attributesOf(tag as SaxesTagPlain), parser.line));
  parser.on('closetag', () => builder.close());
  parser.on('text', (data) => builder.text(data));
  parser.on('cdata', (data) => builder.text(data));
  parser.on('error', (error) => builder.fault(error.message.replace(/^\d+:\d+: /, ''), parser.line));
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    builder.fault(`elements lie more than ${DEEPEST} deep; what follows was not read`, parser.line);
  }
  return builder.result();
}

class TooDeep extends Error {}

/** The parser's own object: it has no prototype, so that an attribute called __proto__ cannot become one. */
function attributesOf({ attributes }: SaxesTagPlain): Record<string, string> {
  for (const _name in attributes) return attributes;
  return NO_ATTRIBUTES;
}

/** Most elements have none. */
const NO_CHILDREN: XmlElement[] = Object.freeze([]) as never;

class Builder implements Hearer {
  private root: XmlElement | null = null;
  private readonly stack: XmlElement[] = [];
  /** Who takes the children of each element in the stack. */
  private readonly takes: (Take | null)[] = [];
  private readonly issues: Issue[] = [];
  private faults = 0;
  private readonly name: string;
  private readonly choose: Choose | null;

  constructor(name: string, choose: Choose | null) {
    this.name = name;
    this.choose = choose;
  }

  open(name: string, attributes: Record<string, string>, line: number): void {
    const { stack, takes } = this;
    const depth = stack.length;
    if (depth >= DEEPEST) throw new TooDeep();
    const element: XmlElement = { name, attributes, children: NO_CHILDREN, text: '', line };
    const parent = stack[depth - 1];
    if (!parent) this.root ??= element;
    else if (takes[depth - 1] === null) {
      if (parent.children === NO_CHILDREN) parent.children = [element];
      else parent.children.push(element);
    }
    takes.push(this.choose && this.choose(element, stack));
    stack.push(element);
  }

  close(): void {
    const element = this.stack.pop();
    this.takes.pop();
    const take = this.takes[this.takes.length - 1];
    if (element && take) take(element);
  }

  get bare(): boolean {
    return this.stack[this.stack.length - 1]?.text === '';
  }

  text(data: string): void {
    const element = this.stack[this.stack.length - 1];
    // Indentation between elements is not content.
    if (element && (element.text !== '' || /\S/.test(data))) element.text += data;
  }

  fault(message: string, line: number): void {
    if (++this.faults > MOST_FAULTS) return;
    const at = `${this.name} line ${line}`;
    this.issues.push({ code: 'xml-broken', severity: 'error', at, clips: [], message: `${at}: ${message}.` });
  }

  result(): { root: XmlElement | null; issues: Issue[] } {
    // Broken off: what is there of them counts.
    while (this.stack.length) this.close();
    const more = this.faults - MOST_FAULTS;
    if (more > 0) {
      const message = `${this.name}: ${more} more faults like these.`;
      this.issues.push({ code: 'xml-broken', severity: 'error', at: this.name, clips: [], message });
    }
    return { root: this.root, issues: this.issues };
  }
}

/** The first child of this name. */
export function child({ children }: XmlElement, name: string): XmlElement | undefined {
  // By hand: a timeline asks a million times.
  for (let at = 0; at < children.length; at++) if (children[at]!.name === name) return children[at];
  return undefined;
}

/** Every child of this name, in order. */
export function childrenOf({ children }: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (let at = 0; at < children.length; at++) if (children[at]!.name === name) found.push(children[at]!);
  return found;
}

/** Trimmed text of the first child of this name; undefined where there is none or it is empty. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined;
}
