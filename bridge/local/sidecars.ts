/** Reads the small XML documents that cameras and programs lay beside media. Nothing in them is believed before it is bounded. */
import { readFile } from 'node:fs/promises';
import { Parser, processors } from 'xml2js';
import { suffix } from '../../manifest/documents/paths.ts';
import { SIDECARS } from '../../manifest/cards/sidecars/index.ts';
import type { SidecarFacts, SidecarNode } from '../../manifest/cards/sidecars/sidecar.ts';

/** Facts; or why there are none; null where it is a document nobody here reads. */
export type SidecarRead = { facts: SidecarFacts } | { problem: string } | null;

/** Bytes. XMP with a long history is the largest there is. */
const LARGEST = 4 * 1024 * 1024;
const DEEPEST = 64;
const MOST_ELEMENTS = 50_000;

export function canReadSidecar(path: string): boolean {
  const ending = suffix(path);
  return SIDECARS.some(({ suffixes }) => suffixes.includes(ending));
}

/** Never rejects. `size` in bytes, as the walk found it. */
export async function readSidecar(file: string, size: number): Promise<SidecarRead> {
  if (size === 0) return { problem: 'it is 0 bytes long: the copy failed' };
  if (size > LARGEST)
    return { problem: `it is larger than ${LARGEST / 1024 / 1024} MiB, which no sidecar is` };
  try {
    return sidecarOf(decode(await readFile(file)), suffix(file.replaceAll('\\', '/')));
  } catch (error) {
    return { problem: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

/** What a document says. Never throws. */
export function sidecarOf(text: string, ending: string): SidecarRead {
  const root = treeOf(text);
  if (typeof root === 'string') return { problem: root };
  const reader = SIDECARS.find(({ suffixes, looksLike }) => suffixes.includes(ending) && looksLike(root));
  return reader ? { facts: reader.read(root) } : null;
}

function decode(bytes: Buffer): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** What the parser calls its own keys: `#` begins no name of XML, so no element can take their place. */
const KEYS = { attrkey: '#attributes', charkey: '#text', childkey: '#children' } as const;
interface Parsed {
  '#name': string;
  '#attributes'?: Record<string, string>;
  '#text'?: string;
  '#children'?: Parsed[];
}

/** The document, or what is wrong with it. A document type could declare entities, and no sidecar has one. */
function treeOf(text: string): SidecarNode | string {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'it declares a document type, which no sidecar does';
  const parser = new Parser({
    ...KEYS,
    explicitChildren: true,
    preserveChildrenOrder: true,
    explicitRoot: false,
    trim: true,
    tagNameProcessors: [processors.stripPrefix],
  });
  const refused = bound(parser);
  let result: Parsed | null = null;
  let fault: Error | null = null;
  parser.parseString(text.replace(/^\uFEFF/, ''), (error: Error | null, parsed: Parsed | null) => {
    fault ??= error;
    if (!error) result = parsed;
  });
  const why = refused() ?? (fault as Error | null)?.message.split('\n')[0];
  if (why !== undefined) return `it is no sound XML: ${why.replace(/\.+$/, '')}`;
  return result === null ? 'there is nothing in it' : nodeOf(result);
}

/** The parser beneath, as far as it is hooked into here. */
interface Sax {
  onopentag(node: unknown): void;
  onclosetag(name: string): void;
}

/** Ends the parsing of a document that goes on or down for ever. */
function bound(parser: Parser): () => string | undefined {
  const { saxParser } = parser as unknown as { saxParser: Sax };
  const { onopentag, onclosetag } = saxParser;
  let [depth, elements] = [0, 0];
  let why: string | undefined;
  saxParser.onopentag = (node) => {
    if (++depth > DEEPEST) why = `elements lie more than ${DEEPEST} deep`;
    if (++elements > MOST_ELEMENTS) why = `it has more than ${MOST_ELEMENTS} elements`;
    if (why !== undefined) throw new Error(why);
    onopentag(node);
  };
  saxParser.onclosetag = (name) => {
    depth--;
    onclosetag(name);
  };
  return () => why;
}

function nodeOf(parsed: Parsed): SidecarNode {
  return {
    name: parsed['#name'],
    // Without a prototype, so that an attribute called __proto__ is an attribute.
    attributes: Object.assign(Object.create(null) as Record<string, string>, parsed['#attributes']),
    children: (parsed['#children'] ?? []).map(nodeOf),
    text: parsed['#text'] ?? '',
  };
}
