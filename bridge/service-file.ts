/**
 * How a plugin without Node finds a `baton serve` on this machine: the service leaves a file in the user's own folder, with its
 * address and a token, and keeps it fresh. Pure: the file's place, its form, and when it is stale; both ends share this.
 */

/** Below the user's home. One file for each service that runs; the folder is the user's alone. */
export const SERVE_FOLDER = ['.baton', 'serve'] as const;

/** The service touches its file this often (ms); one that was not touched for so long is left by a service that died. */
export const REFRESH_EVERY = 5_000;
export const STALE_AFTER = 20_000;

/**
 * Ports that `baton serve` chooses from, at random, while one of them is free: UXP lets a plugin call only what its manifest names,
 * and may take the port for part of the name.
 */
export const SERVE_PORTS: readonly number[] = Array.from({ length: 16 }, (_, nth) => 27_480 + nth);

export interface ServiceFile {
  kind: 'baton-service';
  version: 1;
  /** `http://127.0.0.1:27480`. */
  origin: string;
  /** Another than the page's: it opens no editor, and needs no origin. */
  token: string;
  /** What the service says of itself, and a program that took the port of one that died does not know. */
  proof: string;
}

const ORIGIN = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;
const SECRET = /^[\w-]{43}$/;

/** Null for a text that is none: half written, another version's, or one that would send a token elsewhere. */
export function readServiceFile(text: string): ServiceFile | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  const { kind, version, origin, token, proof } = (read ?? {}) as Record<string, unknown>;
  if (kind !== 'baton-service' || version !== 1) return null;
  if (typeof origin !== 'string' || !ORIGIN.test(origin)) return null;
  if (typeof token !== 'string' || !SECRET.test(token)) return null;
  if (typeof proof !== 'string' || !SECRET.test(proof)) return null;
  return { kind, version, origin, token, proof };
}

/** `touched` and `now` in milliseconds of this machine's clock. One from the future is stale too: the clock was set. */
export function isFresh(touched: number, now: number): boolean {
  return Math.abs(now - touched) <= STALE_AFTER;
}
