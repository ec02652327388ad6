/**
 * Hashes as media hash lists write them, in one form each: lower-case hex, most significant digit first, and C4 ids as they are.
 * C4 is the SHA-512 of the content in base 58 (C4 ID, SMPTE ST 2114).
 */

/** `xxh3` is the 64-bit variant. `xxh32` stands in legacy lists only and is never written. */
export type HashAlgorithm = 'c4' | 'md5' | 'sha1' | 'xxh128' | 'xxh3' | 'xxh64' | 'xxh32';

/** What an ASC MHL may hold, in the order its schema wants. */
export const WRITTEN_ALGORITHMS = ['c4', 'md5', 'sha1', 'xxh128', 'xxh3', 'xxh64'] as const;
export type WrittenAlgorithm = (typeof WRITTEN_ALGORITHMS)[number];

const HEX_DIGITS: Record<Exclude<HashAlgorithm, 'c4'>, number> = {
  md5: 32,
  sha1: 40,
  xxh128: 32,
  xxh3: 16,
  xxh64: 16,
  xxh32: 8,
};

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const C4_DIGITS = 88;
const C4 = new RegExp(`^c4[${BASE58}]{${C4_DIGITS}}$`);
const C4_LIMIT = 1n << 512n;

/** The C4 id of a SHA-512, given as 128 hex digits. */
export function c4FromSha512(hex: string): string {
  let rest = BigInt(`0x${hex}`);
  let digits = '';
  for (let at = 0; at < C4_DIGITS; at++) {
    digits = BASE58[Number(rest % 58n)]! + digits;
    rest /= 58n;
  }
  return `c4${digits}`;
}

/** The SHA-512 in a C4 id, as 128 hex digits; null for a text that is no C4 id, or one of a number past 512 bits. */
export function sha512FromC4(id: string): string | null {
  if (!C4.test(id)) return null;
  let value = 0n;
  for (const digit of id.slice(2)) value = value * 58n + BigInt(BASE58.indexOf(digit));
  return value < C4_LIMIT ? value.toString(16).padStart(128, '0') : null;
}

/** The bytes a digest stands for: what folder hashes are made of. */
export function digestBytes(algorithm: HashAlgorithm, digest: string): Uint8Array {
  const hex = algorithm === 'c4' ? sha512FromC4(digest)! : digest;
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

export type ReadDigest =
  | { algorithm: HashAlgorithm; digest: string }
  /** The element is a hash, and its text is not. */
  | { problem: string };

/** Names of elements that hold a hash, in ASC and in legacy lists. */
const ELEMENTS = new Map<string, HashAlgorithm>(
  Object.entries({
    c4: 'c4',
    md5: 'md5',
    sha1: 'sha1',
    xxh128: 'xxh128',
    xxh3: 'xxh3',
    xxh64: 'xxh64',
    xxh32: 'xxh32',
    // Legacy: a decimal number of 32 bits; 64 bits with the least significant byte first; and the same in the usual order.
    xxhash: 'xxh32',
    xxhash64: 'xxh64',
    xxhash64be: 'xxh64',
  }),
);

/** Reads the hash an element holds; null where the element is none that Baton knows. */
export function readDigest(element: string, text: string): ReadDigest | null {
  const algorithm = ELEMENTS.get(element);
  if (!algorithm) return null;
  const word = text.trim();
  if (algorithm === 'c4')
    return sha512FromC4(word) ? { algorithm, digest: word } : { problem: `"${cut(word)}" is not a C4 id` };
  const digits = HEX_DIGITS[algorithm];
  if (element === 'xxhash' && /^\d{1,10}$/.test(word) && Number(word) <= 0xffff_ffff)
    return { algorithm, digest: Number(word).toString(16).padStart(8, '0') };
  if (word.length !== digits || !/^[0-9a-f]+$/i.test(word))
    return { problem: `"${cut(word)}" is not ${element}, which has ${digits} hex digits` };
  const digest = word.toLowerCase();
  return { algorithm, digest: element === 'xxhash64' ? reversed(digest) : digest };
}

function reversed(hex: string): string {
  return hex.match(/../g)!.reverse().join('');
}

function cut(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}…` : word;
}
