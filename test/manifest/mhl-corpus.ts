/** Real media hash lists and the schemas of ASC MHL, where the corpus has them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlBufferInputProvider, XmlDocument, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm';
import { corpus } from '../corpus/folder.ts';

const lists = join(corpus, 'mhl');
const schemas = join(corpus, 'mhl-schema');

export const hasLists = existsSync(lists);
if (!hasLists) console.log(`skipped: real media hash lists (no ${lists}; set BATON_CORPUS)`);
export const hasSchemas = existsSync(schemas);
if (!hasSchemas)
  console.log(`skipped: validation against ASC MHL's schemas (no ${schemas}; set BATON_CORPUS)`);

export const listNames = (): string[] =>
  hasLists ? readdirSync(lists).filter((name) => name.endsWith('.mhl')) : [];
export const listFile = (name: string) => join(lists, name);
export const listBytes = (name: string) => readFileSync(listFile(name));

/** Throws where the text is not valid; does nothing without the schemas. */
export function validMhl(text: string, schema: 'ASCMHL' | 'ASCMHLDirectory' = 'ASCMHL'): void {
  if (!hasSchemas) return;
  const read = (name: string) => readFileSync(join(schemas, `mhl__${name}.xsd`), 'utf8');
  // The one schema points at the other's address on the net.
  const local = read('ASCMHLDirectory').replace(
    /schemaLocation="[^"]*"/,
    'schemaLocation="memory:ASCMHL.xsd"',
  );
  xmlRegisterInputProvider(new XmlBufferInputProvider({ 'memory:ASCMHL.xsd': Buffer.from(read('ASCMHL')) }));
  const xsd = XmlDocument.fromString(schema === 'ASCMHL' ? read('ASCMHL') : local);
  const validator = XsdValidator.fromDoc(xsd);
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
    validator.dispose();
    xsd.dispose();
  }
}
