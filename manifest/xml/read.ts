/**
 * XML → a tree that keeps the order of everything, with line numbers. For timelines, whose order is their meaning. Nothing outside
 * the text is ever fetched, entities a document declares are not expanded, and depth and size have limits.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Issue } from '../documents/issue.ts';

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

/**
 * The root element, null where there is none, and an issue for each fault of the text. What could be read of a broken document
 * is given all the same; the caller says what it makes of it. Never throws.
 */
export function readXml(text: string, name: string): { root: XmlElement | null; issues: Issue[] } {
  const builder = new Builder(name);
  const parser = new SaxesParser({ position: true });
  // Namespaces are off, so every attribute is plain text.
  parser.on('opentag', (tag) => builder.open(tag as SaxesTagPlain, parser.line));
  parser.on('closetag', () => builder.close());
  parser.on('text', (data) => builder.addText(data));
  parser.on('cdata', (data) => builder.addText(data));
  parser.on('error', (error) => builder.fault(error.message.replace(/^\d+:\d+: /, ''), parser.line));
  try {
    parser.write(text.replace(/^\uFEFF/, '')).close();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    builder.fault(`elements lie more than ${DEEPEST} deep; what follows was not read`, parser.line);
  }
  return builder.result();
}

class TooDeep extends Error {}

/** Most elements of a timeline have none, and an object each costs a third of the reading. */
const NO_ATTRIBUTES: Record<string, string> = Object.freeze(Object.create(null) as Record<string, string>);

/** The parser's own object: it has no prototype, so that an attribute called __proto__ cannot become one. */
function attributesOf({ attributes }: SaxesTagPlain): Record<string, string> {
  for (const _name in attributes) return attributes;
  return NO_ATTRIBUTES;
}

class Builder {
  private root: XmlElement | null = null;
  private readonly stack: XmlElement[] = [];
  private readonly issues: Issue[] = [];
  private faults = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  open(tag: SaxesTagPlain, line: number): void {
    if (this.stack.length >= DEEPEST) throw new TooDeep();
    const element: XmlElement = {
      name: tag.name,
      attributes: attributesOf(tag),
      children: [],
      text: '',
      line,
    };
    const parent = this.stack[this.stack.length - 1];
    if (parent) parent.children.push(element);
    else this.root ??= element;
    this.stack.push(element);
  }

  close(): void {
    this.stack.pop();
  }

  addText(data: string): void {
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
    const more = this.faults - MOST_FAULTS;
    if (more > 0) {
      const message = `${this.name}: ${more} more faults like these.`;
      this.issues.push({ code: 'xml-broken', severity: 'error', at: this.name, clips: [], message });
    }
    return { root: this.root, issues: this.issues };
  }
}

/** The first child of this name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

/** Every child of this name, in order. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((each) => each.name === name);
}

/** Trimmed text of the first child of this name; undefined where there is none or it is empty. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim() || undefined;
}
