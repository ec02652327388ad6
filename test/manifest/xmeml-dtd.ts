/** Apple's DTD of xmeml 5, where the corpus has it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { corpus } from '../corpus/folder.ts';

const file = join(corpus, 'dtd', 'xmeml_v5_from_apple_pdf.dtd');
const dtd = existsSync(file) ? readFileSync(file) : null;
if (!dtd) console.log(`skipped: validation against Apple's xmeml DTD (no ${file}; set BATON_CORPUS)`);

export const hasDtd = dtd !== null;

/** Throws where the text is not valid; does nothing without the DTD. */
export function validXmeml(text: string): void {
  if (!dtd) return;
  const validator = new DtdValidator(XmlDtd.fromBuffer(dtd));
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
    validator.dispose();
  }
}
