/** Writes broadcast WAV as production recorders do: 24-bit PCM, bext with a time reference, iXML. EBU Tech 3285, iXML 2. */
import { writeFileSync } from 'node:fs';
import { nominal, rateLabel, type Rate } from '../../manifest/time/rate.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { frameToTimecode, wrapDay } from '../../manifest/time/timecode.ts';
import { voice } from './voice.ts';

export const SAMPLE_RATE = 48_000;

export interface Bwf {
  scene: string;
  take: string;
  soundRoll: string;
  circled: boolean;
  wild: boolean;
  note: string;
  project: string;
  /** Rate and drop-frame of the recorder's timecode. */
  rate: Rate;
  /** Timecode of the first frame as a frame count; wraps at 24 h of labels. */
  start: number;
  /** Samples by which the recording begins after that frame's edge; recorders are 1–4 late. */
  late: number;
  /** Length in frames. */
  frames: number;
  /** Track names in channel order; their number is the number of channels. */
  tracks: string[];
  originator: string;
  /** YYYY-MM-DD */
  date: string;
  /** Shared by files recorded together, and this file's place among them. */
  family: string;
  index: number;
  files: number;
  /** Seed of what every channel hears; tones where absent. */
  said?: number;
}

export function writeBwf(path: string, recording: Bwf): void {
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('bext', bext(recording)),
    chunk('iXML', Buffer.from(ixml(recording), 'utf8')),
    chunk('fmt ', format(recording.tracks.length)),
    chunk('data', sounds(recording)),
  ]);
  writeFileSync(path, Buffer.concat([Buffer.from('RIFF'), u32(body.length), body]));
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

function chunk(id: string, body: Buffer): Buffer {
  const padding = Buffer.alloc(body.length % 2);
  return Buffer.concat([Buffer.from(id), u32(body.length), body, padding]);
}

/** Samples of real time since midnight. */
export function timeReference({ start, late, rate }: Pick<Bwf, 'start' | 'late' | 'rate'>): number {
  return framesToSamples(wrapDay(start, rate), rate, SAMPLE_RATE) + late;
}

function bext(recording: Bwf): Buffer {
  const history = `A=PCM,F=${SAMPLE_RATE},W=24,M=${recording.tracks.length === 1 ? 'mono' : 'multi'},T=${recording.originator}\r\n`;
  const fixed = Buffer.alloc(602);
  fixed.write(description(recording).slice(0, 256), 0, 'latin1');
  fixed.write(recording.originator.slice(0, 32), 256, 'latin1');
  fixed.write(`${recording.family}${recording.index}`.slice(0, 32), 288, 'latin1');
  fixed.write(recording.date, 320, 'latin1');
  fixed.write(frameToTimecode(recording.start, recording.rate).slice(0, 8), 330, 'latin1');
  fixed.writeBigUInt64LE(BigInt(timeReference(recording)), 338);
  fixed.writeUInt16LE(1, 346);
  return Buffer.concat([fixed, Buffer.from(history, 'latin1')]);
}

function description({ scene, take, soundRoll, rate, note, tracks }: Bwf): string {
  const [whole, part] = rateLabel(rate).replace(' DF', '').split('.') as [string, string?];
  const speed = `${whole.padStart(3, '0')}.${(part ?? '').padEnd(3, '0')}-${rate.drop ? 'DF' : 'ND'}`;
  const names = tracks.map((name, index) => `sTRK${index + 1}=${name}`);
  const lines = [
    `sSPEED=${speed}`,
    `sTAKE=${take}`,
    `sSCENE=${scene}`,
    `sTAPE=${soundRoll}`,
    ...names,
    `sNOTE=${note}`,
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function format(channels: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(channels, 2);
  bytes.writeUInt32LE(SAMPLE_RATE, 4);
  bytes.writeUInt32LE(SAMPLE_RATE * channels * 3, 8);
  bytes.writeUInt16LE(channels * 3, 12);
  bytes.writeUInt16LE(24, 14);
  return bytes;
}

function ixml(recording: Bwf): string {
  const { rate, tracks } = recording;
  const stamp = timeReference(recording);
  const speed = `${rate.num}/${rate.den}`;
  const word = (truth: boolean) => (truth ? 'TRUE' : 'FALSE');
  const track = (name: string, index: number) =>
    `<TRACK><CHANNEL_INDEX>${recording.files > 1 ? recording.index : index + 1}</CHANNEL_INDEX><INTERLEAVE_INDEX>${index + 1}</INTERLEAVE_INDEX><NAME>${escape(name)}</NAME></TRACK>`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<BWFXML>
	<IXML_VERSION>2.10</IXML_VERSION>
	<PROJECT>${escape(recording.project)}</PROJECT>
	<SCENE>${escape(recording.scene)}</SCENE>
	<TAKE>${escape(recording.take)}</TAKE>
	<TAPE>${escape(recording.soundRoll)}</TAPE>
	<CIRCLED>${word(recording.circled)}</CIRCLED>
	<WILD_TRACK>${word(recording.wild)}</WILD_TRACK>
	<NOTE>${escape(recording.note)}</NOTE>
	<FILE_UID>${recording.family}${recording.index}</FILE_UID>
	<SPEED>
		<NOTE></NOTE>
		<MASTER_SPEED>${speed}</MASTER_SPEED>
		<CURRENT_SPEED>${speed}</CURRENT_SPEED>
		<TIMECODE_RATE>${speed}</TIMECODE_RATE>
		<TIMECODE_FLAG>${rate.drop ? 'DF' : 'NDF'}</TIMECODE_FLAG>
		<FILE_SAMPLE_RATE>${SAMPLE_RATE}</FILE_SAMPLE_RATE>
		<AUDIO_BIT_DEPTH>24</AUDIO_BIT_DEPTH>
		<DIGITIZER_SAMPLE_RATE>${SAMPLE_RATE}</DIGITIZER_SAMPLE_RATE>
		<TIMESTAMP_SAMPLE_RATE>${SAMPLE_RATE}</TIMESTAMP_SAMPLE_RATE>
		<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>${Math.floor(stamp / 2 ** 32)}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>
		<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>${stamp % 2 ** 32}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>
	</SPEED>
	<FILE_SET>
		<TOTAL_FILES>${recording.files}</TOTAL_FILES>
		<FAMILY_UID>${recording.family}</FAMILY_UID>
		<FILE_SET_INDEX>${recording.index}</FILE_SET_INDEX>
	</FILE_SET>
	<TRACK_LIST>
		<TRACK_COUNT>${tracks.length}</TRACK_COUNT>
		${tracks.map(track).join('\n\t\t')}
	</TRACK_LIST>
</BWFXML>`;
  // Recorders leave room to correct a scene or take in place.
  return text.padEnd(Math.ceil(text.length / 512) * 512, ' ');
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Periods that divide 48,000 Hz, so that a tone repeats exactly: 400, 480, 600 and 750 Hz. */
const PERIODS = [120, 100, 80, 64];
/** About −20 dBFS. */
const LOUDNESS = 2 ** 23 / 10;

/** What each channel hears, sample by sample, in one block after another. */
function sounds(recording: Bwf): Buffer {
  const { tracks, rate, frames, said } = recording;
  const samples = framesToSamples(frames, rate, SAMPLE_RATE);
  const levels = said === undefined ? tones(recording) : spoken(voice(said, samples));
  const sound = Buffer.alloc(samples * tracks.length * 3);
  for (let sample = 0, at = 0; sample < samples; sample++)
    for (let channel = 0; channel < tracks.length; channel++, at += 3) {
      const level = levels(channel, sample);
      sound[at] = level & 0xff;
      sound[at + 1] = (level >> 8) & 0xff;
      sound[at + 2] = (level >> 16) & 0xff;
    }
  return sound;
}

type Levels = (channel: number, sample: number) => number;

/** Each microphone stands a little further away. */
function spoken(sound: Float32Array): Levels {
  return (channel, sample) => Math.round((sound[sample]! * LOUDNESS * 4) / (1 + channel));
}

/** One tone a channel, sounding half of every second: it can be heard, and seen to start and stop. */
function tones({ tracks, rate, index }: Bwf): Levels {
  const waves = tracks.map((_name, channel) => wave(PERIODS[(channel + index - 1) % PERIODS.length]!));
  const second = Math.round(SAMPLE_RATE / nominal(rate)) * nominal(rate);
  return (channel, sample) => {
    const table = waves[channel]!;
    return sample % second < second / 2 ? table[sample % table.length]! : 0;
  };
}

function wave(period: number): Int32Array {
  return Int32Array.from({ length: period }, (_, sample) =>
    Math.round(Math.sin((2 * Math.PI * sample) / period) * LOUDNESS),
  );
}
