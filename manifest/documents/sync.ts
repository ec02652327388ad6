/** The answer to "is the sound for this picture here, and does it fit?": exactly one per picture, never a guess. */

import type { Rate } from './rate.ts';

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
  /** Sounds it speaks of beyond those: of a crowd only the first are named again, and each is named by some verdict. */
  more?: number;
  /** Sound start − picture start, in picture frames, nearest. */
  offsetFrames?: number;
  /** The same in samples of the sound. */
  offsetSamples?: number;
  /** Part of the picture that the sound covers, 0–1. */
  coverage?: number;
  /** A sentence with the numbers in it. */
  reason: string;
}

/**
 * What listening found for one picture and one sound. `match`: they fit at one place. `ambiguous`: at more than one, or several
 * sounds fit. `silence`, `too-little`: there was not enough to hear. `none`: they do not fit. `not-heard`: could not be listened to.
 */
export type HeardWord = 'match' | 'ambiguous' | 'silence' | 'too-little' | 'none' | 'not-heard';

/** The timecode a sound track holds (LTC). */
export interface LtcEvidence {
  /** Path of the picture or the sound whose track it is. */
  clip: string;
  /** From 1, in file order. */
  channel: number;
  rate: Rate;
  /** Label of the frame the file begins in. */
  startTc: string;
  /** The file's first sample as samples since midnight of its own rate. */
  startSamples: number;
  /** Labels that lie on one line, and labels read. */
  agreeing: number;
  words: number;
  /** How fast the labels run by the file's own clock, parts per million. */
  speedPpm: number;
  backwards: boolean;
}

/** The slate as a third witness: the frame the log names, and the clap in the sound. */
export interface ClapEvidence {
  /** From the picture's first frame, as the log says. */
  pictureFrame: number;
  /** Where the clap begins in the sound; from its first sample. */
  soundSample: number;
  /** Where it begins in the camera's own sound, in samples of that; absent where it was not found there. */
  pictureSample?: number;
  /** Samples of the sound between where the slate puts it and where the ear does; a frame is what a log can tell. */
  agreesWithin?: number;
}

/** The numbers behind what was heard; what each means is in manifest/listen/types.ts. */
export interface ListenEvidence {
  z?: number;
  score?: number;
  windows?: number;
  agreeing?: number;
  secondPeak?: number;
  coverage?: number;
  /** Places that fit, where more than one does. */
  places?: { offsetSamples: number; z: number; score: number }[];
  ltc?: LtcEvidence[];
  clap?: ClapEvidence;
}

/** A suggestion: no verdict changes by it and nothing is moved. */
export interface Listened {
  /** Path of the picture. */
  clip: string;
  clipId: string;
  /** Path of the sound listened to; absent where the answer is about all that were tried, or about the picture alone. */
  sound?: string;
  soundId?: string;
  /** Further files of the same recording, which lie where this one does. */
  set?: string[];
  /** Sounds that were listened to for this answer, where it is about several. */
  tried?: number;
  heard: HeardWord;
  /** Sound start − picture start, in samples of the sound, and the bound within which it is known. */
  offsetSamples?: number;
  errorSamples?: number;
  /** The same in picture frames, nearest. */
  offsetFrames?: number;
  /** Parts per million by which the sound runs long against the picture. */
  driftPpm?: number;
  /** Where the drift has moved the sound by half a frame: HH:MM:SS:FF from the picture's first frame. */
  slipsAt?: string;
  /** The verdict that the timecode in the sound tracks (LTC) would give. */
  byLtc?: Pick<SyncVerdict, 'verdict' | 'offsetFrames' | 'offsetSamples' | 'coverage' | 'reason'>;
  evidence: ListenEvidence;
  /** A sentence with the numbers in it. */
  reason: string;
}

/** "Unsynced" in the product: everything that a person must look at. */
export function isUnsynced(verdict: SyncWord): boolean {
  return verdict !== 'in-sync' && verdict !== 'mos' && verdict !== 'wild';
}
