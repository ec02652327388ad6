/** Broadcast WAV (RIFF, RF64, BW64): format, length, bext, iXML, in whatever order the recorder wrote them. */
import { isUtf8 } from 'node:buffer';
import { decode, LARGEST, type MediaBytes } from './bytes.ts';
import { present, type Probe, type Prober, type Problem } from './prober.ts';
import { soundFacts, type Bext, type Format } from './wav-facts.ts';

export interface Chunk {
  id: string;
  body: number;
  /** As the header says; `end` never passes the end of the file. */
  size: number;
  end: number;
}

/** No recorder writes more; a file that does is made to keep a reader busy. */
const MOST_CHUNKS = 256;
/** iXML is a few KB; a closing tag further out than this is not looked for. */
const LONGEST_IXML = 256 * 1024;

const UNKNOWN_SIZE = 0xffffffff;

export function* chunks(bytes: MediaBytes): Generator<Chunk> {
  let longData: number | undefined;
  let at = 12;
  for (let count = 0; count < MOST_CHUNKS && at + 8 <= bytes.size; count++) {
    const id = bytes.tag(at);
    if (!isChunkId(id)) return;
    const body = at + 8;
    const said = bytes.u32le(at + 4);
    // ds64 comes first and holds the sizes that do not fit 32 bits.
    if (id === 'ds64' && said >= 16) longData = bytes.u64le(body + 8);
    const size = id === 'data' && said === UNKNOWN_SIZE && longData !== undefined ? longData : said;
    const end = Math.min(body + size, bytes.size);
    yield { id, body, size, end };
    at = nextChunk(bytes, end);
  }
}

const isChunkId = (id: string) => /^[\x20-\x7e]{4}$/.test(id);

/** Chunks begin on even offsets; a few programs forget the padding byte. */
function nextChunk(bytes: MediaBytes, end: number): number {
  if (end % 2 === 0) return end;
  // A chunk after the sound is met far from everything read so far: load a whole window for it at once.
  bytes.load(end, Math.min(9, Math.max(0, bytes.size - end)));
  return isChunkId(bytes.tag(end + 1)) || !isChunkId(bytes.tag(end)) ? end + 1 : end;
}

export function readFormat(bytes: MediaBytes, { body, end }: Chunk): Format | null {
  if (end - body < 16) return null;
  const tag = bytes.u16le(body);
  return {
    // WAVE_FORMAT_EXTENSIBLE keeps the real tag at the head of its sub-format.
    tag: tag === 0xfffe && end - body >= 26 ? bytes.u16le(body + 24) : tag,
    channels: bytes.u16le(body + 2),
    sampleRate: bytes.u32le(body + 4),
    blockAlign: bytes.u16le(body + 12),
    bits: bytes.u16le(body + 14),
  };
}

/** EBU Tech 3285: fixed fields, 602 bytes in all before the coding history, which says nothing Baton needs. */
export function readBext(bytes: MediaBytes, { body, end }: Chunk): Bext | null {
  if (end - body < 346) return null;
  const fixed = bytes.copy(body, 346);
  return {
    description: decode(fixed.subarray(0, 256)),
    originator: decode(fixed.subarray(256, 288)),
    date: decode(fixed.subarray(320, 330)),
    timeReference: fixed.readUInt32LE(338) + fixed.readUInt32LE(342) * 2 ** 32,
  };
}

/** The document up to its closing tag, without the padding recorders leave to edit it in place. */
export function readIxml(bytes: MediaBytes, { body, end }: Chunk): string {
  const parts: Buffer[] = [];
  const last = Math.min(end, body + LONGEST_IXML);
  const step = LARGEST / 2;
  for (let at = body; at < last; at += step) {
    const part = bytes.copy(at, Math.min(step, last - at));
    parts.push(part);
    const tail = parts.length > 1 ? Buffer.concat([parts.at(-2)!.subarray(-16), part]) : part;
    if (part.length === 0 || closes(tail)) break;
  }
  const document = Buffer.concat(parts);
  if (isUtf16(document)) return document.toString('utf16le').replace(/^\uFEFF/, '');
  const said = document.subarray(0, document.lastIndexOf('>') + 1);
  return isUtf8(said) ? said.toString('utf8') : said.toString('latin1');
}

const closes = (part: Buffer) =>
  part.includes('</BWFXML>') || part.includes(Buffer.from('</BWFXML>', 'utf16le'));
const isUtf16 = (document: Buffer) =>
  (document[0] === 0xff && document[1] === 0xfe) || (document[0] === 0x3c && document[1] === 0);

function probeWav(bytes: MediaBytes): Probe {
  if (bytes.size < 12) return { tech: {}, witness: {}, problem: cutShort('it ends inside its first header') };
  return probeChunks(bytes, chunks(bytes));
}

/** The same chunks come in other wrappings (W64). */
export function probeChunks(bytes: MediaBytes, all: Iterable<Chunk>): Probe {
  let format: Format | null = null;
  let data: Chunk | undefined;
  let bext: Bext | null = null;
  let ixml: string | undefined;
  let fact: number | undefined;
  for (const chunk of all) {
    if (chunk.id === 'fmt ') format ??= readFormat(bytes, chunk);
    else if (chunk.id === 'data') data ??= chunk;
    else if (chunk.id === 'bext') bext ??= readBext(bytes, chunk);
    else if (chunk.id === 'iXML') ixml ??= readIxml(bytes, chunk);
    else if (chunk.id === 'fact' && chunk.end - chunk.body >= 4) fact ??= bytes.u32le(chunk.body);
  }
  const length = data ? dataLength(bytes, data) : { bytes: 0 };
  const facts = soundFacts({ format, dataBytes: length.bytes, fact, bext, ixml });
  const problem = !data || !format ? missing(data, format) : (length.problem ?? facts.problem);
  return { tech: facts.tech, witness: facts.witness, ...present({ problem }) };
}

function missing(data: Chunk | undefined, format: Format | null): Problem {
  const what = [...(format ? [] : ['how it was recorded (fmt)']), ...(data ? [] : ['any sound (data)'])].join(
    ' or ',
  );
  return cutShort(`it ends before it says ${what}`);
}

export function cutShort(what: string): Problem {
  return { code: 'truncated', message: `${what}; copy it again from the card` };
}

/** How much sound there is, against how much the header promises. */
function dataLength(bytes: MediaBytes, { body, size, end }: Chunk): { bytes: number; problem?: Problem } {
  const rest = bytes.size - body;
  // A recorder that lost power leaves the size it began with; what follows is sound to the end of the file.
  const neverClosed = size === UNKNOWN_SIZE || (size === 0 && rest > 0 && !isChunkId(bytes.tag(body)));
  if (neverClosed && rest !== size) {
    const problem = cutShort(
      `its header was never finished; ${rest} bytes of sound are counted from the file's length`,
    );
    return { bytes: rest, problem };
  }
  if (body + size <= bytes.size) return { bytes: size };
  const problem = cutShort(`its header promises ${size} bytes of sound and the file holds ${end - body}`);
  return { bytes: end - body, problem };
}

export const wav: Prober = {
  id: 'wav',
  suffixes: ['wav', 'wave', 'bwf', 'rf64'],
  // bext and iXML stand before the sound as a rule, and come in one read.
  ahead: 4096,
  looksLike: (bytes) => {
    const first = bytes.tag(0);
    if (first !== 'RIFF' && first !== 'RF64' && first !== 'BW64') return false;
    return bytes.size < 12 || bytes.tag(8) === 'WAVE';
  },
  probe: probeWav,
};
