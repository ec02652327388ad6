/** What is measured: each format's writing and reading of a cut, and what a peer does to make or take in the same text. */
import { Builder, parseString } from 'xml2js';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { READERS } from '../../manifest/readers/index.ts';
import { RATE } from './cut.ts';

/** An EDL in one piece, however long; the other formats are in one anyway. */
const OPTIONS = { ...DEFAULT_OPTIONS, split: false };

export const WRITTEN = EXPORTS.map(({ id }) => id);
export const READ = READERS.filter(({ id, reads }) => reads === 'timeline' && WRITTEN.includes(id)).map(
  ({ id }) => id,
);

const isXml = (text: string) => text.startsWith('<') && !text.startsWith('<!doctype html');
const isJson = (text: string) => text.startsWith('{');

/** The peer's name, by what it is given. For formats that no library makes, JSON of the same cut is the yardstick. */
export function peerOf(text: string, task: 'write' | 'read'): string {
  if (isXml(text)) return task === 'write' ? 'xml2js Builder' : 'xml2js';
  const words = task === 'write' ? 'JSON.stringify' : 'JSON.parse';
  return isJson(text) ? `${words}, same text` : `${words}, the cut`;
}

/** Every file of the format; '' for one that has nothing to say of the cut. */
export function textsOf(id: string, cut: CutList): string[] {
  const made = EXPORTS.find((each) => each.id === id)!.write(cut, OPTIONS);
  if ('refused' in made) throw new Error(`${id}: ${made.refused}`);
  return made.files.map(({ text }) => text);
}

export function readWhole(id: string, texts: readonly string[]): CutList[] {
  const reader = READERS.find((each) => each.id === id)!;
  return texts.flatMap((text) => reader.read(text, { name: 'bench', rate: RATE }).value as CutList[]);
}

/** What xml2js makes of the text. */
export function peerTree(text: string): unknown {
  let tree: unknown;
  parseString(text, { async: false }, (error, value) => {
    if (error) throw error;
    tree = value;
  });
  return tree;
}

/** What the peer writes the same text from. */
export function peerInput(text: string, cut: CutList): unknown {
  if (isXml(text)) return peerTree(text);
  return isJson(text) ? (JSON.parse(text) as unknown) : cut;
}

export function peerWrite(input: unknown, text: string): string {
  if (isXml(text)) return new Builder().buildObject(input);
  return JSON.stringify(input, null, isJson(text) ? /\n( +)/.exec(text)?.[1] : undefined);
}

/** What the peer reads: the same text, or JSON of the same cut. */
export function peerText(texts: readonly string[], cut: CutList): readonly string[] {
  return isXml(texts[0]!) || isJson(texts[0]!) ? texts : [JSON.stringify(cut)];
}

export function peerRead(texts: readonly string[]): unknown[] {
  return texts.map((text) => (isXml(text) ? peerTree(text) : (JSON.parse(text) as unknown)));
}
