/** Feeds the XML of a workbook's parts to whoever wants its elements, and refuses what no workbook holds. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** Why a part cannot be read, as a sentence part. */
export class WorkbookError extends Error {}

/** Feeds a part to a parser; a DOCTYPE is refused, because a workbook has none and an entity could only be meant to do harm. */
export function parseXml(
  xml: string,
  name: string,
  on: {
    open?(name: string, attributes: Record<string, string>): void;
    close?(name: string): void;
    text?(text: string): void;
  },
): void {
  const parser = new SaxesParser({});
  // Writers may prefix every element: x:row is a row.
  const local = (tag: string) => tag.slice(tag.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new WorkbookError(`${name} holds a DOCTYPE, which no workbook has`);
  });
  parser.on('opentag', (tag) => on.open?.(local(tag.name), (tag as SaxesTagPlain).attributes));
  parser.on('closetag', (tag) => on.close?.(local(tag.name)));
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  parser.on('error', (error) => {
    throw new WorkbookError(`${name} is damaged (${error.message.split('\n')[0]})`);
  });
  parser.write(xml.replace(/^\uFEFF/, '')).close();
}
