/** Apple's DTDs of FCPXML for the tests: each version is held to its own. They lie beside the corpus and are not in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { corpus } from '../corpus/folder.ts';

const files = new Map<string, Buffer | null>();

/** The DTD of a version (`1.10`); null, said once, where it is not at hand. */
export function dtdOf(version: string): Buffer | null {
  if (!files.has(version)) {
    const file = join(corpus, 'dtd', `FCPXMLv${version.replace('.', '_')}.dtd`);
    files.set(version, existsSync(file) ? readFileSync(file) : null);
    if (!files.get(version))
      console.log(`skipped: validation against Apple's DTD (no ${file}; set BATON_CORPUS)`);
  }
  return files.get(version)!;
}

/** Throws where the text is not valid under the DTD of that version; without the DTD it only has to be well-formed. */
export function validate(text: string, version: string): void {
  const dtd = dtdOf(version);
  const document = XmlDocument.fromString(text);
  const validator = dtd && new DtdValidator(XmlDtd.fromBuffer(dtd));
  try {
    validator?.validate(document);
  } finally {
    document.dispose();
    validator?.dispose();
  }
}
