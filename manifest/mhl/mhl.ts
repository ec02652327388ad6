/** A media hash list as Baton understands it, whether ASC MHL 2.0 or a legacy list (1.0, 1.1). */
import type { HashAlgorithm } from './digest.ts';

/** What a generation says of a hash: first seen, seen again and the same, seen again and different. */
export type HashAction = 'original' | 'verified' | 'failed';

export interface MhlHash {
  algorithm: HashAlgorithm;
  /** In the form of digest.ts. */
  digest: string;
  action?: HashAction;
  /** When it was read, ISO 8601; a legacy date without a zone stays without one. */
  date?: string;
}

export interface MhlFile {
  /** Relative to the folder the list speaks of, with `/`, NFC, never outside it. */
  path: string;
  /** The path as the list spells it, where that is not NFC: folder hashes are made of it. */
  spelled?: string;
  /** Bytes; absent where the list does not say, or says something that is no size. */
  size?: number;
  /** ISO 8601. */
  modified?: string;
  hashes: MhlHash[];
  /** Kinds of hash that stand there and that Baton cannot compute, `null` among them. */
  unknown: string[];
  /** The path it had in earlier generations. */
  previousPath?: string;
}

/** Hashes of a folder: over the hashes of what lies in it, and over these with the names. */
export interface MhlFolder {
  /** '' = the folder the list speaks of. */
  path: string;
  spelled?: string;
  content: MhlHash[];
  structure: MhlHash[];
  /** ISO 8601. */
  modified?: string;
}

/** Another list this one leans on, with the C4 id it had. */
export interface MhlReference {
  path: string;
  c4: string;
}

export interface MhlDocument {
  version: string;
  legacy: boolean;
  /** creationdate, hostname, tool… as written. */
  creator: Record<string, string>;
  process?: string;
  ignore: string[];
  files: MhlFile[];
  folders: MhlFolder[];
  references: MhlReference[];
}
