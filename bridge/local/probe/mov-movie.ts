/** Where the parts of a QuickTime or MP4 file lie, and the movie header as a list of tracks. */
import type { MediaBytes } from './bytes.ts';
import { boxes, type Box } from './mov-boxes.ts';
import { readTrack, type Track } from './mov-track.ts';
import type { Problem } from './prober.ts';

export const FIRST_BOXES = [
  'ftyp',
  'moov',
  'mdat',
  'wide',
  'free',
  'skip',
  'pnot',
  'styp',
  'moof',
  'sidx',
  'uuid',
];
const MOST_TRACKS = 64;
const HEADER_AHEAD = 4096;

/** Where the parts of the file lie. */
export interface Layout {
  moov?: Box;
  /** The first fragment. */
  moof?: Box;
  problem?: Problem;
}

export function layout(bytes: MediaBytes): Layout {
  const found: Layout = {};
  let media = false;
  for (const box of boxes(bytes, 0, bytes.size)) {
    if (box.type === 'moov') found.moov ??= box;
    else if (box.type === 'moof') found.moof ??= box;
    else if (box.type === 'mdat') media = true;
    if (box.cut) return { ...found, problem: cutShort(box, bytes.size) };
    if (found.moof || (found.moov && media && box.type !== 'mdat')) break;
  }
  return found;
}

function cutShort({ type, start }: Box, size: number): Problem {
  const what = type === 'mdat' ? 'its media' : type === 'moov' ? 'its header' : `its ${type.trim()} part`;
  const message = `${what}, from byte ${start} on, is longer than the file (${size} bytes); copy it again from the card`;
  return { code: 'truncated', message };
}

export interface Movie {
  timescale: number;
  tracks: Track[];
  metadata: Box[];
  /** Ticks of a sample by track id, for fragments that do not say. */
  fragmented: Map<number, number> | null;
  compressed: boolean;
}

export function readMovie(bytes: MediaBytes, moov: Box): Movie {
  // Most headers are smaller than this and come in one read; of a large one, the tracks' beginnings are what is wanted.
  bytes.load(moov.start, Math.min(moov.end - moov.start, HEADER_AHEAD));
  const movie: Movie = { timescale: 0, tracks: [], metadata: [], fragmented: null, compressed: false };
  for (const box of boxes(bytes, moov.body, moov.end)) {
    if (box.type === 'mvhd') movie.timescale = bytes.u32(box.body + (bytes.u8(box.body) === 1 ? 20 : 12));
    else if (box.type === 'trak' && movie.tracks.length < MOST_TRACKS)
      movie.tracks.push(readTrack(bytes, box));
    else if (box.type === 'meta' || box.type === 'udta') movie.metadata.push(box);
    else if (box.type === 'cmov') movie.compressed = true;
    else if (box.type === 'mvex') {
      movie.fragmented = new Map();
      for (const trex of boxes(bytes, box.body, box.end))
        if (trex.type === 'trex') movie.fragmented.set(bytes.u32(trex.body + 4), bytes.u32(trex.body + 12));
    }
  }
  return movie;
}
