/** One track of a QuickTime or MP4 header: what it holds, how it is laid on time, where its small tables lie. */
import type { MediaBytes } from './bytes.ts';
import { find, firstBox, fourccs, nextBox, type Box } from './mov-boxes.ts';

const TYPE = fourccs(
  'tkhd',
  'edts',
  'elst',
  'tref',
  'tmcd',
  'mdia',
  'mdhd',
  'hdlr',
  'minf',
  'stbl',
  'stsd',
  'stts',
  'stsz',
  'stz2',
  'stco',
  'co64',
);

export interface Track {
  id: number;
  enabled: boolean;
  /** `vide`, `soun`, `tmcd`, `text`… */
  handler: string;
  /** Ticks a second of the media, and its length in them. */
  timescale: number;
  duration: number;
  /** Four-letter codec, and where its sample description begins; 0 where there is none. */
  codec: string;
  description: number;
  width: number;
  height: number;
  edits: Edit[];
  /** Ids of the timecode tracks this one refers to. */
  timecodeTracks: number[];
  /** stts, stsz, stco and co64, as far as they were looked for. */
  tables: Map<number, Box>;
}

/** A stretch of the media in presentation order. `duration` counts in movie ticks; `start` in media ticks, −1 is a gap. */
export interface Edit {
  duration: number;
  start: number;
}

const MOST_EDITS = 64;
const MOST_REFERENCES = 16;

export function readTrack(bytes: MediaBytes, trak: Box): Track {
  const track: Track = {
    id: 0,
    enabled: false,
    handler: '',
    timescale: 0,
    duration: 0,
    codec: '',
    description: 0,
    width: 0,
    height: 0,
    edits: [],
    timecodeTracks: [],
    tables: new Map(),
  };
  for (let box = firstBox(bytes, trak.body, trak.end); box; box = nextBox(bytes, box, trak.end)) {
    if (box.type === TYPE.tkhd) readHeader(bytes, box, track);
    else if (box.type === TYPE.edts) track.edits = readEdits(bytes, find(bytes, box, TYPE.elst));
    else if (box.type === TYPE.tref)
      track.timecodeTracks = readReferences(bytes, find(bytes, box, TYPE.tmcd));
    else if (box.type === TYPE.mdia) readMedia(bytes, box, track);
  }
  return track;
}

function readHeader(bytes: MediaBytes, { body }: Box, track: Track): void {
  const long = bytes.u8(body) === 1;
  track.enabled = (bytes.u8(body + 3) & 1) === 1;
  track.id = bytes.u32(body + (long ? 20 : 12));
  // Display size, 16.16 fixed point; the coded size, where there is one, replaces it.
  track.width = bytes.u32(body + (long ? 88 : 76)) >>> 16;
  track.height = bytes.u32(body + (long ? 92 : 80)) >>> 16;
}

function readEdits(bytes: MediaBytes, elst: Box | null): Edit[] {
  if (!elst) return [];
  const long = bytes.u8(elst.body) === 1;
  const width = long ? 20 : 12;
  const there = Math.floor((elst.end - elst.body - 8) / width);
  const count = Math.min(bytes.u32(elst.body + 4), there, MOST_EDITS);
  const edits: Edit[] = [];
  for (let index = 0, at = elst.body + 8; index < count; index++, at += width)
    edits.push(
      long
        ? { duration: bytes.u64(at), start: bytes.u32(at + 8) === 0xffffffff ? -1 : bytes.u64(at + 8) }
        : { duration: bytes.u32(at), start: bytes.i32(at + 4) },
    );
  return edits;
}

function readReferences(bytes: MediaBytes, tmcd: Box | null): number[] {
  if (!tmcd) return [];
  const count = Math.min(Math.floor((tmcd.end - tmcd.body) / 4), MOST_REFERENCES);
  return Array.from({ length: count }, (_, index) => bytes.u32(tmcd.body + index * 4));
}

function readMedia(bytes: MediaBytes, mdia: Box, track: Track): void {
  for (let box = firstBox(bytes, mdia.body, mdia.end); box; box = nextBox(bytes, box, mdia.end)) {
    if (box.type === TYPE.mdhd) {
      const long = bytes.u8(box.body) === 1;
      track.timescale = bytes.u32(box.body + (long ? 20 : 12));
      track.duration = long ? bytes.u64(box.body + 24) : bytes.u32(box.body + 16);
    } else if (box.type === TYPE.hdlr) track.handler = bytes.tag(box.body + 8);
    else if (box.type === TYPE.minf) {
      const table = find(bytes, box, TYPE.stbl);
      if (table) readTables(bytes, table, track);
    }
  }
}

/** The tables that matter for each kind of track, and no others: those of a long picture are large, so the walk stops early. */
const NEEDED: Record<string, number[]> = {
  vide: [TYPE.stsd, TYPE.stts, TYPE.stsz],
  soun: [TYPE.stsd],
  tmcd: [TYPE.stsd, TYPE.stco],
};

function readTables(bytes: MediaBytes, table: Box, track: Track): void {
  const needed = NEEDED[track.handler] ?? [];
  let missing = needed.length;
  for (let box = firstBox(bytes, table.body, table.end); box && missing > 0;) {
    const type = box.type === TYPE.co64 ? TYPE.stco : box.type === TYPE.stz2 ? TYPE.stsz : box.type;
    if (needed.includes(type) && !track.tables.has(box.type)) {
      track.tables.set(box.type, box);
      missing--;
      if (type === TYPE.stsd) readDescription(bytes, box, track);
      // A table of few entries is counted from itself; only a long one is checked against the number of sizes.
      if (type === TYPE.stts && !track.tables.has(TYPE.stsz) && bytes.u32(box.body + 4) <= 64) missing--;
    }
    box = missing > 0 ? nextBox(bytes, box, table.end) : null;
  }
}

function readDescription(bytes: MediaBytes, stsd: Box, track: Track): void {
  if (bytes.u32(stsd.body + 4) === 0 || stsd.end - stsd.body < 16) return;
  track.description = stsd.body + 8;
  track.codec = bytes.tag(track.description + 4).trim();
  if (track.handler !== 'vide') return;
  const [width, height] = [bytes.u16(track.description + 32), bytes.u16(track.description + 34)];
  if (width > 0 && height > 0) [track.width, track.height] = [width, height];
}

/** Channels and samples a second of a sound track. Version 2 descriptions keep both further back. */
export function soundLayout(bytes: MediaBytes, track: Track): { channels: number; sampleRate: number } {
  const at = track.description;
  if (at === 0) return { channels: 0, sampleRate: 0 };
  if (bytes.u16(at + 16) === 2) {
    const rate = bytes.f64(at + 40);
    return {
      channels: clampChannels(bytes.u32(at + 48)),
      sampleRate: Number.isInteger(rate) && rate > 0 ? rate : 0,
    };
  }
  // 16.16 fixed point; rates past 65,535 do not fit and are written as 0 or nonsense, the timescale is right for all.
  const rate = bytes.u32(at + 32) >>> 16;
  return { channels: clampChannels(bytes.u16(at + 24)), sampleRate: rate > 1 ? rate : track.timescale };
}

/** Past this a channel count is a damaged field. */
const clampChannels = (count: number) => (count <= 1024 ? count : 0);
