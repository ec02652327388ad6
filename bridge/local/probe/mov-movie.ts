/** Where the parts of a QuickTime or MP4 file lie, and the movie header as a list of tracks. */
import type { MediaBytes } from './bytes.ts';
import { firstBox, fourcc, fourccs, letters, nextBox, type Box } from './mov-boxes.ts';
import { readTrack, type Track } from './mov-track.ts';
import type { Problem } from './prober.ts';

const TYPE = fourccs('moov', 'moof', 'mdat', 'mvhd', 'trak', 'meta', 'udta', 'cmov', 'mvex', 'trex');

/** What a QuickTime or MP4 file begins with. */
export const FIRST_BOXES = 'ftyp moov mdat wide free skip pnot styp moof sidx uuid'.split(' ').map(fourcc);
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
  // Past the media lies the header as a rule: it is loaded with the jump there.
  for (
    let box = firstBox(bytes, 0, bytes.size);
    box;
    box = nextBox(bytes, box, bytes.size, media ? HEADER_AHEAD : undefined)
  ) {
    if (box.type === TYPE.moov) found.moov ??= box;
    else if (box.type === TYPE.moof) found.moof ??= box;
    else if (box.type === TYPE.mdat) media = true;
    if (box.cut) return { ...found, problem: cutShort(box, bytes.size) };
    if (found.moof || (found.moov && media && box.type !== TYPE.mdat)) break;
  }
  return found;
}

function cutShort({ type, start }: Box, size: number): Problem {
  const what =
    type === TYPE.mdat ? 'its media' : type === TYPE.moov ? 'its header' : `its ${letters(type).trim()} part`;
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
  for (let box = firstBox(bytes, moov.body, moov.end); box; box = nextBox(bytes, box, moov.end)) {
    if (box.type === TYPE.mvhd) movie.timescale = bytes.u32(box.body + (bytes.u8(box.body) === 1 ? 20 : 12));
    else if (box.type === TYPE.trak && movie.tracks.length < MOST_TRACKS)
      movie.tracks.push(readTrack(bytes, box));
    else if (box.type === TYPE.meta || box.type === TYPE.udta) movie.metadata.push(box);
    else if (box.type === TYPE.cmov) movie.compressed = true;
    else if (box.type === TYPE.mvex) movie.fragmented = readDefaults(bytes, box);
  }
  return movie;
}

function readDefaults(bytes: MediaBytes, mvex: Box): Map<number, number> {
  const ticks = new Map<number, number>();
  for (let trex = firstBox(bytes, mvex.body, mvex.end); trex; trex = nextBox(bytes, trex, mvex.end))
    if (trex.type === TYPE.trex) ticks.set(bytes.u32(trex.body + 4), bytes.u32(trex.body + 12));
  return ticks;
}
