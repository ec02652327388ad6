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
  return sha256Hex(canonicalJson(delivery(handoff)));
}

function delivery(handoff: Handoff): Omit<Handoff, 'history' | 'revision' | 'signOff'> {
  const { history: _history, revision: _revision, signOff: _signOff, ...rest } = handoff;
  return rest;
}

/** Whether two manifests hash alike, told without hashing them. */
export function sameDelivery(a: Handoff, b: Handoff): boolean {
  return a === b || alike(delivery(a), delivery(b));
}

function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, at) => alike(each, b[at]))
    );
  const [one, two] = [a as Record<string, unknown>, b as Record<string, unknown>];
  // A field without a value is not written.
  for (const key in one) if (!alike(one[key], two[key])) return false;
  for (const key in two) if (two[key] !== undefined && one[key] === undefined) return false;
  return true;
}

/**
 * RFC 8785 (JCS) of a value that came from JSON or could go there. A copy with its keys in order and the engine's own writer take half the
 * time of a writer in JavaScript.
 */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  return ordered === UNORDERED ? canonicalize(value)! : JSON.stringify(ordered);
}

const UNORDERED = Symbol('keys that cannot be put in order');

/** A copy whose keys are in the order of their UTF-16 units. Keys that look like numbers go first in every object, whatever is done. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    for (const each of value) {
      const ordered = inOrder(each);
      if (ordered === UNORDERED) return UNORDERED;
      copy.push(ordered);
    }
    return copy;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (/^\d|^__proto__$/.test(key)) return UNORDERED;
    const ordered = inOrder((value as Record<string, unknown>)[key]);
    if (ordered === UNORDERED) return UNORDERED;
    copy[key] = ordered;
  }
  return copy;
}
