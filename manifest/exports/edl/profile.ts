/** How a program that reads EDLs wants them, and how wide a list's reel column is: the habits its own lists show. */
import type { ExportOptions } from '../export.ts';

export interface Profile {
  /** Avid writes drop-frame with colons, under FCM: DROP FRAME. */
  colonsOnly: boolean;
  /** Source out − source in of a retimed event: the frames `used`, or as many as `record` frames with the speed in M2 alone. */
  span: 'used' | 'record';
  /** A reverse listed by its whole range, or by the one `frame` it starts from. */
  backwards: 'range' | 'frame';
  /** Whether its own readers agree about where a reverse counts from. */
  surelyBackwards: boolean;
  effect(name: string): string;
  /** `* SOURCE FILE:` with the whole reel name. Premiere's importer is only safe with FROM and TO CLIP NAME. */
  sourceFile: boolean;
  /** `* LOC:` lines. */
  locators: boolean;
  /** The letter of a sound crossfade; null = it reads none. */
  crossfade: 'W001' | 'D' | null;
  /** Whether a wipe arrives as one. */
  wipes: boolean;
}

export const PROFILES: Record<ExportOptions['target'], Profile> = {
  premiere: {
    colonsOnly: false,
    span: 'used',
    backwards: 'range',
    surelyBackwards: false,
    effect: (name) => `EFFECTS NAME IS ${name}`,
    sourceFile: false,
    locators: false,
    crossfade: 'W001',
    wipes: true,
  },
  resolve: {
    colonsOnly: false,
    span: 'record',
    backwards: 'range',
    surelyBackwards: true,
    effect: (name) => `* EFFECT NAME: ${name}`,
    sourceFile: true,
    locators: false,
    crossfade: null,
    wipes: false,
  },
  avid: {
    colonsOnly: true,
    span: 'used',
    backwards: 'frame',
    surelyBackwards: false,
    effect: (name) => `* EFFECT NAME: ${name}`,
    sourceFile: true,
    locators: true,
    crossfade: 'D',
    wipes: true,
  },
};

/** Columns of a list. CMX3600 has three digits of event number and eight characters of reel; Avid's File_32 and File_129 six and more. */
export interface Layout {
  digits: number;
  reel: number;
  /** The M2 line of a reel at a speed (`048.0`, `-024.0`), from a source timecode. */
  motion(reel: string, speed: string, from: string): string;
}

export function layoutOf({ target, reels }: Pick<ExportOptions, 'target' | 'reels'>): Layout {
  if (target === 'avid' && reels > 8)
    return {
      digits: 6,
      reel: reels,
      motion: (reel, speed, from) => `M2      ${reel.padEnd(reels)}         ${speed.padStart(6)} ${from}`,
    };
  return {
    digits: 3,
    reel: 8,
    motion: (reel, speed, from) => `M2   ${reel.padEnd(8)}      ${speed.padStart(6)}                ${from}`,
  };
}
