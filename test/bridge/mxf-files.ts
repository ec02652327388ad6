/** MXF files written set by set, for what no tool at hand writes: Avid's chains of packages, headers that were never finished. */
import { u16, u32, u8 } from './probe-files.ts';

export const PICTURE = 'picture';
export const SOUND = 'sound';

interface Timecode {
  start: number;
  base: number;
  drop: boolean;
  editRate?: [number, number];
}
export interface MxfParts {
  essence: typeof PICTURE | typeof SOUND;
  editRate: [number, number];
  duration: number;
  /** In the material package. */
  timecode?: Timecode;
  /** The tape the file was taken from; `at` = where on it, in edit units. */
  tape?: { name: string; timecode: Timecode; at: number };
  /** The file's package plays itself. */
  loops?: boolean;
  /** Data definitions as Avid wrote them before the standard's. */
  older?: boolean;
  size?: { stored: [number, number]; display: [number, number] };
  separateFields?: boolean;
  audio?: { rate: number; channels: number };
  descriptorDuration?: number;
  /** The header partition is open and incomplete. */
  open?: boolean;
  noMaterial?: boolean;
  footer?: MxfParts;
  /** The header does not know where the footer is. */
  byIndex?: boolean;
}

const hex = (text: string) => Buffer.from(text.replaceAll(/[ .]/g, ''), 'hex');
const i64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const ratio = ([num, den]: [number, number]) => Buffer.concat([u32(num), u32(den)]);

/** A triplet with a four-byte length. */
export function klv(key: Buffer, value: Buffer): Buffer {
  const length = u32(value.length);
  length[0] = 0x83;
  return Buffer.concat([key, length, value]);
}
type Item = [tag: number, value: Buffer];
function set(kind: number, ...items: Item[]): Buffer {
  const body = items.flatMap(([tag, value]) => [u16(tag), u16(value.length), value]);
  const key = Buffer.concat([hex('060e2b34 02530101 0d010101 0101'), u8(kind, 0)]);
  return klv(key, Buffer.concat(body));
}

const id = (name: string) => Buffer.from(name.padEnd(16, '.'));
const umid = (name: string) => Buffer.from(name.padEnd(32, '.'));
const batch = (...names: string[]): Buffer => Buffer.concat([u32(names.length), u32(16), ...names.map(id)]);
const utf16 = (text: string) => Buffer.from(`${text}\0`, 'utf16le').swap16();

const DEFINITIONS = {
  picture: [hex('060e2b34 04010101 01030202 01000000'), hex('807d0060 08143e6f 6f3c8ce1 6cef11d2')],
  sound: [hex('060e2b34 04010101 01030202 02000000'), hex('807d0060 08143e6f 78e1ebe1 6cef11d2')],
  timecode: [hex('060e2b34 04010101 01030201 01000000'), hex('807d0060 08143e6f 7f275e81 77e511d2')],
};

function definition(what: keyof typeof DEFINITIONS, { older }: MxfParts): Item {
  return [0x0201, DEFINITIONS[what][older ? 1 : 0]!];
}

function timecodeTrack(name: string, parts: MxfParts, timecode: Timecode): Buffer[] {
  return [
    set(
      0x3b,
      [0x3c0a, id(name)],
      [0x4801, u32(9)],
      [0x4b01, ratio(timecode.editRate ?? parts.editRate)],
      [0x4803, id(`${name}s`)],
    ),
    set(
      0x0f,
      [0x3c0a, id(`${name}s`)],
      definition('timecode', parts),
      [0x0202, i64(-1)],
      [0x1001, batch(`${name}t`)],
    ),
    set(
      0x14,
      [0x3c0a, id(`${name}t`)],
      definition('timecode', parts),
      [0x1501, i64(timecode.start)],
      [0x1502, u16(timecode.base)],
      [0x1503, u8(timecode.drop ? 1 : 0)],
    ),
  ];
}

function essenceTrack(name: string, parts: MxfParts, plays: string, at: number): Buffer[] {
  const what = definition(parts.essence, parts);
  return [
    set(
      0x3b,
      [0x3c0a, id(name)],
      [0x4801, u32(1)],
      [0x4b01, ratio(parts.editRate)],
      [0x4803, id(`${name}s`)],
    ),
    set(0x0f, [0x3c0a, id(`${name}s`)], what, [0x0202, i64(parts.duration)], [0x1001, batch(`${name}c`)]),
    set(
      0x11,
      [0x3c0a, id(`${name}c`)],
      what,
      [0x0202, i64(parts.duration)],
      [0x1201, i64(at)],
      [0x1101, umid(plays)],
      [0x1102, u32(1)],
    ),
  ];
}

function descriptor({
  essence,
  size,
  separateFields,
  audio,
  editRate,
  descriptorDuration,
}: MxfParts): Buffer {
  const { stored, display } = size ?? { stored: [64, 36], display: [64, 36] };
  const picture: Item[] = [
    [0x3203, u32(stored[0])],
    [0x3202, u32(stored[1])],
    [0x3209, u32(display[0])],
    [0x3208, u32(display[1])],
    [0x320c, u8(separateFields ? 1 : 0)],
  ];
  const sound: Item[] = [
    [0x3d03, ratio([audio?.rate ?? 48000, 1])],
    [0x3d07, u32(audio?.channels ?? 1)],
    [0x3d01, u32(24)],
  ];
  return set(
    essence === PICTURE ? 0x28 : 0x48,
    [0x3c0a, id('desc')],
    [0x3001, ratio(editRate)],
    ...(descriptorDuration === undefined ? [] : [[0x3002, i64(descriptorDuration)] satisfies Item]),
    ...(essence === PICTURE ? picture : sound),
  );
}

function metadata(parts: MxfParts): Buffer {
  const { timecode, tape, loops, noMaterial } = parts;
  const own = timecode ? ['mt'] : [];
  return Buffer.concat([
    // The primer, which maps tags the standard names and is not needed for them.
    klv(hex('060e2b34 02050101 0d010201 01050100'), Buffer.concat([u32(0), u32(18)])),
    ...(noMaterial
      ? []
      : [set(0x36, [0x3c0a, id('mp')], [0x4401, umid('material')], [0x4403, batch(...own, 'mv')])]),
    ...(timecode ? timecodeTrack('mt', parts, timecode) : []),
    ...essenceTrack('mv', parts, 'file', 0),
    set(0x37, [0x3c0a, id('fp')], [0x4401, umid('file')], [0x4403, batch('fv')], [0x4701, id('desc')]),
    ...essenceTrack('fv', parts, loops ? 'file' : tape ? 'tape' : '', tape?.at ?? 0),
    descriptor(parts),
    ...(tape
      ? [
          set(
            0x37,
            [0x3c0a, id('tp')],
            [0x4401, umid('tape')],
            [0x4402, utf16(tape.name)],
            [0x4403, batch('tt')],
            [0x4701, id('td')],
          ),
          ...timecodeTrack('tt', { ...parts, editRate: [25, 1] }, tape.timecode),
          set(0x2e, [0x3c0a, id('td')]),
        ]
      : []),
  ]);
}

function pack(kind: number, status: number, footer: number, bytes: number): Buffer {
  const key = Buffer.concat([hex('060e2b34 02050101 0d010201 01'), u8(kind, status, 0)]);
  const head = [
    u16(1),
    u16(3),
    u32(1),
    i64(0),
    i64(0),
    i64(footer),
    i64(bytes),
    i64(0),
    u32(0),
    i64(0),
    u32(1),
  ];
  return klv(key, Buffer.concat([...head, hex('060e2b34 04010101 0d010201 01010900'), u32(0), u32(16)]));
}

export function makeMxf(parts: MxfParts): Buffer {
  const sets = metadata(parts);
  const essence = klv(hex('060e2b34 01020101 0d010301 15010500'), Buffer.alloc(4000));
  const at = pack(2, 4, 0, 0).length + sets.length + essence.length;
  const after = parts.footer ? metadata(parts.footer) : null;
  const known = after && !parts.byIndex ? at : 0;
  const head = [pack(2, parts.open ? 1 : 4, known, sets.length), sets, essence];
  if (!after) return Buffer.concat(head);
  const index = klv(
    hex('060e2b34 02050101 0d010201 01110100'),
    Buffer.concat([u32(0), i64(0), u32(0), i64(at), u32(16 + 4 + 24 + 4)]),
  );
  return Buffer.concat([...head, pack(4, 4, at, after.length), after, index]);
}
