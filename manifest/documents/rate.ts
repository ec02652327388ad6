/**
 * A frame rate as every document carries it: an exact fraction and how its frames are labelled.
 * Plain data only, so that code in an editor's own engine can share the type.
 */

/**
 * Frames per second = `num` / `den`, in lowest terms (24000/1001, 25/1).
 * `drop` says that labels skip numbers (SMPTE ST 12-1 drop-frame); only multiples of 30000/1001 may drop.
 */
export interface Rate {
  num: number;
  den: number;
  drop: boolean;
}
