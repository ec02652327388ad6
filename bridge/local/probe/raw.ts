/** Camera originals of which only the beginning is documented: RED (R3D) and ARRIRAW frames. What is not certain is left out. */
import type { MediaBytes } from './bytes.ts';
import { exactRate } from './mov-rate.ts';
import { present, type Probe, type Prober } from './prober.ts';
import { still } from './stills.ts';

function probeRed(bytes: MediaBytes): Probe {
  const newer = bytes.tag(4) === 'RED2';
  const [width, height] = newer ? [bytes.u32(0x4c), bytes.u32(0x50)] : [bytes.u32(0x34), bytes.u32(0x38)];
  const rate = newer
    ? exactRate(bytes.u32(0x58), bytes.u16(0x56))
    : exactRate(bytes.u16(0x3e), bytes.u16(0x40));
  // Lengths and timecode lie in places that differ by camera; the editor knows them.
  return still(width, height, 'REDCODE', present({ rate: rate ?? undefined }));
}

export const red: Prober = {
  id: 'red',
  suffixes: ['r3d'],
  looksLike: (bytes) => /^RED[12]$/.test(bytes.tag(4)),
  probe: probeRed,
};

/** One file a frame. The number behind the letters shows the byte order, which has only ever been this one. SMPTE RDD 30. */
export const ari: Prober = {
  id: 'ari',
  suffixes: ['ari'],
  looksLike: (bytes) => bytes.tag(0) === 'ARRI' && bytes.u32le(4) === 0x12345678,
  probe: (bytes) => still(bytes.u32le(0x14), bytes.u32le(0x18), 'ARRIRAW'),
};
