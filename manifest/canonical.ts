/**
 * The delivery's hash: SHA-256 over RFC 8785 canonical JSON of the manifest without `history`, `revision` and `signOff`,
 * so that signing and recording never change what was signed.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { Handoff } from './documents/handoff.ts';

/** SHA-256 of UTF-8 text, lower-case hex. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

export function handoffHash(handoff: Handoff): string {
  const { history: _history, revision: _revision, signOff: _signOff, ...delivery } = handoff;
  return sha256Hex(canonicalize(delivery)!);
}
