/** `ascmhl_chain.xml`: which generations a folder has, and the C4 id each had when it was written. */
import type { Issue } from '../documents/issue.ts';
import { childrenOf, childText, readXml } from '../xml/read.ts';
import { listPath } from './path.ts';

export interface ChainEntry {
  /** From 1. */
  sequence: number;
  /** Name of the generation's file. */
  path: string;
  /** '' where the entry has none: it then proves nothing. */
  c4: string;
}

/** What could be read of it, in order. Never throws. */
export function readChain(text: string, name: string): { entries: ChainEntry[]; issues: Issue[] } {
  const { root, issues } = readXml(text, name);
  const fault = (message: string) =>
    issues.push({
      code: 'mhl-chain',
      severity: 'error',
      at: name,
      clips: [],
      message: `${name}: ${message}.`,
    });
  if (!root || root.name.replace(/^.*:/, '') !== 'ascmhldirectory') {
    fault('it is no chain file; nothing says which generations there should be');
    return { entries: [], issues };
  }
  const entries = childrenOf(root, 'hashlist').flatMap((element, index): ChainEntry[] => {
    const path = listPath(childText(element, 'path') ?? '', false);
    if ('problem' in path || path.path.includes('/')) {
      fault(`entry ${index + 1} names no file of this folder`);
      return [];
    }
    const sequence = Number(element.attributes['sequencenr'] ?? element.attributes['sequencer'] ?? index + 1);
    const c4 = childText(element, 'c4') ?? '';
    if (c4 === '') fault(`entry ${index + 1} (${path.path}) has no c4`);
    return [{ sequence: Number.isSafeInteger(sequence) ? sequence : index + 1, path: path.path, c4 }];
  });
  return { entries, issues };
}
