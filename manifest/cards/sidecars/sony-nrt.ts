/**
 * Sony's NonRealTimeMeta (C0001M01.XML), which XAVC S cards keep their timecode in: the MP4 itself has none that others read.
 * LtcChange's value is the LTC word: frames, seconds, minutes, hours, each in BCD with the flags of SMPTE ST 12-1 in its high bits.
 */
import {
  at,
  dayOf,
  filled,
  formatRate,
  wholeNumber,
  type SidecarNode,
  type SidecarReader,
  type SidecarStart,
} from './sidecar.ts';

export const sonyNrt: SidecarReader = {
  id: 'sony-nrt',
  suffixes: ['xml'],
  looksLike: (root) => root.name === 'NonRealTimeMeta',
  read(root) {
    const device = at(root, 'Device')?.attributes ?? {};
    const maker = [device['manufacturer'], device['modelName']].filter(Boolean).join(' ');
    const frame = at(root, 'VideoFormat', 'VideoFrame')?.attributes;
    const start = startOf(at(root, 'LtcChangeTable'));
    const title = at(root, 'Title')?.attributes ?? {};
    return {
      tech: filled({
        rate: formatRate(frame?.['formatFps']),
        durationFrames: wholeNumber(at(root, 'Duration')?.attributes['value']),
        recordedOn: dayOf(at(root, 'CreationDate')?.attributes['value']),
        recorder: maker,
        serial: serialOf(device['serialNo']),
      }),
      witness: {},
      ...(start ? { start } : {}),
      ...filled({ clipName: title['usAscii'] ?? title['international'] ?? '' }),
    };
  },
};

/** Bodies without a number write the largest one there is. */
const serialOf = (text: string | undefined) => (text === '4294967295' ? undefined : text?.slice(0, 64));

function startOf(table: SidecarNode | undefined): SidecarStart | undefined {
  const first = table?.children.find(
    ({ name, attributes }) => name === 'LtcChange' && attributes['frameCount'] === '0',
  );
  const fps = wholeNumber(table?.attributes['tcFps']);
  const word = /^([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(
    first?.attributes['value'] ?? '',
  );
  if (!word || fps === undefined || ![24, 25, 30, 50, 60].includes(fps)) return undefined;
  const [frames, seconds, minutes, hours] = word.slice(1).map((byte) => parseInt(byte, 16)) as [
    number,
    number,
    number,
    number,
  ];
  const digits = [hours & 0x3f, minutes & 0x7f, seconds & 0x7f, frames & 0x3f].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  if (digits.some((pair) => /[a-f]/.test(pair))) return undefined;
  // The flag that tells the two frames of a pair apart sits with the seconds at 30 and with the hours at 25.
  const second = (fps === 25 ? hours : seconds) & 0x80;
  const half = table!.attributes['halfStep'] === 'true';
  return {
    label: digits.join(':'),
    drop: (frames & 0x40) !== 0 && fps % 30 === 0,
    nominal: fps,
    ...(half && second ? { second: true as const } : {}),
  };
}
