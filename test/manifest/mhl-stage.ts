/** Whole media hash lists read at once, and digests to put in them: for the tests of the format. */
import fc from 'fast-check';
import { memoryHasher } from '../../bridge/local/hash/engines.ts';
import { MhlReader } from '../../manifest/mhl/read.ts';

export const digestOf = await memoryHasher();
export const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));

export function readMhl(text: string, name: string) {
  const reader = new MhlReader(name);
  reader.write(text);
  return reader.close();
}
