/** Where the PCM tracks of a MOV or MP4 lie: sample description, chunk tables and edit lists. QuickTime File Format, ISO/IEC 14496-12 and 23003-5. */
import type { MediaBytes } from '../probe/bytes.ts';
import { find, firstBox, fourccs, nextBox, type Box } from '../probe/mov-boxes.ts';
import { layout } from '../probe/mov-movie.ts';
import { readTrack, soundLayout, type Track } from '../probe/mov-track.ts';
import type { Elsewhere } from './locate.ts';
import { bytesOf, type Extent, type Pcm, type SampleForm, type Strand } from './pcm.ts';

const TYPE = fourccs('mvhd', 'trak', 'mdia', 'minf', 'stbl', 'stsc', 'stco', 'co64', 'wave', 'enda', 'pcmC');

/** More chunks than a day of quarter-second ones is a damaged count. */
const MOST_CHUNKS = 400_000;
/** Tables are read in order, so a whole window at a time. */
const TABLE_AHEAD = 8192;

export function movPcm(bytes: MediaBytes): Pcm | Elsewhere {
  const { moov, moof } = layout(bytes);
  if (!moov || moov.cut) return { what: 'a movie cut short' };
  if (moof) return { what: 'a fragmented movie' };
  const tracks: { track: Track; box: Box }[] = [];
  let timescale = 0;
  for (let box = firstBox(bytes, moov.body, moov.end); box; box = nextBox(bytes, box, moov.end)) {
    if (box.type === TYPE.mvhd) timescale = bytes.u32(box.body + (bytes.u8(box.body) === 1 ? 20 : 12));
    if (box.type === TYPE.trak) tracks.push({ track: readTrack(bytes, box), box });
  }
  const sounds = tracks.filter(({ track }) => track.handler === 'soun');
  if (sounds.length === 0) return { what: 'a movie without sound' };
  const picture = tracks.find(({ track }) => track.handler === 'vide' && track.enabled)?.track;
  const late = picture ? delayOf(picture, timescale) : 0;
  const strands: (Strand & { sampleRate: number })[] = [];
  for (const { track, box } of sounds) {
    const strand = readStrand(bytes, track, box);
    if (!strand) return { what: `sound in ${track.codec || 'an unnamed codec'}` };
    const delay = Math.round((delayOf(track, timescale) - late) * strand.sampleRate);
    strands.push({ ...strand, delay });
  }
  const { sampleRate } = strands[0]!;
  if (strands.some((strand) => strand.sampleRate !== sampleRate))
    return { what: 'a movie with sound at several sample rates' };
  return { sampleRate, strands: strands.map(({ sampleRate: _same, ...strand }) => strand) };
}

/** Seconds after the movie's start at which the first sample of the media is due; negative where the media is cut into. */
function delayOf({ edits, timescale: ticks }: Track, timescale: number): number {
  let wait = 0;
  for (const { duration, start } of edits) {
    if (start >= 0) return wait - (ticks > 0 ? start / ticks : 0);
    if (timescale > 0) wait += duration / timescale;
  }
  return wait;
}

function readStrand(bytes: MediaBytes, track: Track, trak: Box): (Strand & { sampleRate: number }) | null {
  const { channels, sampleRate } = soundLayout(bytes, track);
  const form = formOf(bytes, track);
  const table = [TYPE.mdia, TYPE.minf, TYPE.stbl].reduce<Box | null>(
    (within, type) => within && find(bytes, within, type),
    trak,
  );
  if (!form || !table || channels < 1 || sampleRate < 1) return null;
  const block = channels * bytesOf(form);
  const extents = readExtents(bytes, table, block);
  return extents && { form, channels, block, extents, delay: 0, sampleRate };
}

/** Null where the sound is not PCM, or in a layout that says too little. */
function formOf(bytes: MediaBytes, { codec, description: at }: Track): SampleForm | null {
  if (at === 0) return null;
  const [version, bits] = [bytes.u16(at + 16), bytes.u16(at + 26)];
  if (codec === 'sowt') return bits === 8 ? 'i8' : 'i16le';
  if (codec === 'twos') return bits === 8 ? 'i8' : 'i16be';
  if (codec === 'raw') return 'u8';
  const end = isLittle(bytes, at) ? 'le' : 'be';
  const fixed = /^(in|fl)(24|32|64)$/i.exec(codec);
  if (fixed) {
    const word = `${fixed[1]!.toLowerCase() === 'in' ? 'i' : 'f'}${fixed[2]}`;
    return word === 'i64' || word === 'f24' ? null : (`${word}${end}` as SampleForm);
  }
  if (codec === 'lpcm' && version === 2) {
    const form = lpcmForm(bytes.u32(at + 56), bytes.u32(at + 60));
    // Samples padded to wider words say in yet other flags where they lie.
    return form && bytes.u32(at + 64) === bytes.u32(at + 48) * bytesOf(form) ? form : null;
  }
  if (codec === 'ipcm' || codec === 'fpcm') {
    const settings = find(bytes, description(bytes, at, 36), TYPE.pcmC);
    if (!settings) return null;
    const little = (bytes.u8(settings.body + 4) & 1) === 1;
    return wordForm(codec === 'fpcm', bytes.u8(settings.body + 5), little);
  }
  return null;
}

/** Bits and flags of kAudioFormatLinearPCM: 1 float, 2 big-endian, 4 signed. */
function lpcmForm(bits: number, flags: number): SampleForm | null {
  if (bits === 8) return flags & 4 ? 'i8' : 'u8';
  return wordForm((flags & 1) !== 0, bits, (flags & 2) === 0);
}

function wordForm(float: boolean, bits: number, little: boolean): SampleForm | null {
  const end = little ? 'le' : 'be';
  if (float) return bits === 32 || bits === 64 ? `f${bits}${end}` : null;
  return bits === 16 || bits === 24 || bits === 32 ? `i${bits}${end}` : null;
}

function description(bytes: MediaBytes, at: number, header: number): Box {
  return { type: 0, start: at, body: at + header, end: at + bytes.u32(at), cut: false, nth: 0 };
}

/** `enda` in the description's `wave` turns the byte order of QuickTime's fixed codecs. */
function isLittle(bytes: MediaBytes, at: number): boolean {
  if (bytes.u16(at + 16) !== 1) return false;
  const wave = find(bytes, description(bytes, at, 52), TYPE.wave);
  const enda = wave && find(bytes, wave, TYPE.enda);
  return enda !== null && bytes.u16(enda.body) === 1;
}

/** Chunks in file order of time, those that touch joined. In all of these a sample of the table is one of all channels. */
function readExtents(bytes: MediaBytes, table: Box, block: number): Extent[] | null {
  const counts = find(bytes, table, TYPE.stsc);
  const long = find(bytes, table, TYPE.co64);
  const offsets = long ?? find(bytes, table, TYPE.stco);
  if (!counts || !offsets) return null;
  const runs = Math.min(bytes.u32(counts.body + 4), Math.floor((counts.end - counts.body - 8) / 12));
  const width = long ? 8 : 4;
  const chunks = Math.min(
    bytes.u32(offsets.body + 4),
    Math.floor((offsets.end - offsets.body - 8) / width),
    MOST_CHUNKS,
  );
  const extents: Extent[] = [];
  let run = 0;
  bytes.ahead = TABLE_AHEAD;
  const runAt = (nth: number) => counts.body + 8 + nth * 12;
  for (let chunk = 1; chunk <= chunks; chunk++) {
    while (run + 1 < runs && bytes.u32(runAt(run + 1)) <= chunk) run++;
    const samples = runs > 0 ? bytes.u32(runAt(run) + 4) : 0;
    const at = offsets.body + 8 + (chunk - 1) * width;
    addExtent(extents, long ? bytes.u64(at) : bytes.u32(at), samples, block, bytes.size);
  }
  return extents;
}

function addExtent(extents: Extent[], at: number, samples: number, block: number, size: number): void {
  const there = Math.min(samples, Math.max(0, Math.floor((size - at) / block)));
  const last = extents.at(-1);
  if (last && last.at + last.samples * block === at) last.samples += there;
  else if (there > 0) extents.push({ at, samples: there });
}
