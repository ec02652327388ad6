/** The answer to "is the sound for this picture here, and does it fit?": exactly one per picture, never a guess. */

export type SyncWord =
  | 'mos'
  | 'no-sound'
  | 'no-timecode'
  | 'rate-mismatch'
  | 'ambiguous'
  | 'in-sync'
  | 'partial'
  | 'no-overlap'
  | 'wild'
  | 'orphan';

export interface SyncVerdict {
  /** Path of the picture, or of a sound that no picture's verdict names. */
  clip: string;
  clipId: string;
  verdict: SyncWord;
  /** Paths of the sound the verdict speaks of. */
  sound: string[];
  soundIds: string[];
  /** Sound start − picture start, in picture frames, nearest. */
  offsetFrames?: number;
  /** The same in samples of the sound. */
  offsetSamples?: number;
  /** Part of the picture that the sound covers, 0–1. */
  coverage?: number;
  /** A sentence with the numbers in it. */
  reason: string;
}

/** "Unsynced" in the product: everything that a person must look at. */
export function isUnsynced(verdict: SyncWord): boolean {
  return verdict !== 'in-sync' && verdict !== 'mos' && verdict !== 'wild';
}
