/**
 * Premiere's project metadata: XMP text ⇄ columns. Read with a real XML parser that takes no DTD and no entities of its
 * own; written as the smallest packet that says the columns.
 */
import { SaxesParser } from 'saxes';

const PROJECT = 'http://ns.adobe.com/premierePrivateProjectMetaData/1.0/';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const PREFIX = 'premierePrivateProjectMetaData';

/** Column id → text, as set on the item; null where the packet cannot be read. */
export type Columns = Map<string, string>;

/** Reads a packet. Columns stand as elements or as attributes of rdf:Description; a list gives its first entry. */
export function readColumns(xmp: string): Columns | null {
  const columns: Columns = new Map();
  let broken = false;
  let column: string | null = null;
  let [entries, taking] = [0, false];
  const parser = new SaxesParser({ xmlns: true });
  const add = (chars: string) => {
    if (column !== null && taking) columns.set(column, (columns.get(column) ?? '') + chars);
  };
  parser.on('error', () => (broken = true));
  parser.on('doctype', () => (broken = true));
  parser.on('opentag', (tag) => {
    if (column === null && tag.uri === PROJECT) {
      column = tag.local;
      [entries, taking] = [0, true];
      columns.set(column, '');
    } else if (tag.uri === RDF && tag.local === 'li') {
      taking = ++entries === 1;
      if (taking && column !== null) columns.set(column, '');
    } else if (tag.uri === RDF && tag.local === 'Description') {
      for (const attribute of Object.values(tag.attributes)) {
        if (attribute.uri === PROJECT) columns.set(attribute.local, attribute.value);
      }
    }
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', (tag) => {
    if (tag.uri === PROJECT && tag.local === column) column = null;
    if (tag.uri === RDF && tag.local === 'li') taking = false;
  });
  try {
    parser.write(xmp).close();
  } catch {
    return null;
  }
  return broken ? null : columns;
}

/** Characters XML 1.0 has no way to say; with `u`, the surrogates are those that stand alone. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

/** The text without what XML cannot carry. */
export function sayable(text: string): string {
  return text.replace(unsayable, '');
}

/** As it stands in a text node. CR is spelt out, since a parser would turn it into LF. */
export function escapeXml(text: string): string {
  return sayable(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#xD;');
}

/** A packet with these columns. One with an empty value is left out, which clears it once it is listed as a field. */
export function writeColumns(columns: Columns): string {
  const lines = [...columns]
    .filter(([, value]) => sayable(value) !== '')
    .map(([id, value]) => `   <${PREFIX}:${id}>${escapeXml(value)}</${PREFIX}:${id}>\n`);
  return (
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n <rdf:RDF xmlns:rdf="${RDF}">\n` +
    `  <rdf:Description rdf:about="" xmlns:${PREFIX}="${PROJECT}">\n${lines.join('')}  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>`
  );
}
