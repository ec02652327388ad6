/** MXF (OP1a, OP-Atom and their relatives): exact edit rate, length, start timecode, tape, picture size and sound, from the header metadata. */
import type { Tech } from '../../../manifest/documents/handoff.ts';
import type { Rate } from '../../../manifest/time/rate.ts';
import { framesToSamples } from '../../../manifest/time/samples.ts';
import { timecodeToFrame } from '../../../manifest/time/timecode.ts';
import { LARGEST, type MediaBytes } from './bytes.ts';
import { startLabel, type TimecodeTrack } from './mov-timecode.ts';
import { footerByIndex, klvAt, isPartition, SMPTE, partitionAt, type Partition } from './mxf-klv.ts';
import { inUnits, model, rateOf, type MxfModel, type MxfTrack } from './mxf-model.ts';
import { readSets, type MxfSet, type Ratio } from './mxf-sets.ts';
import { present, type Probe, type Prober, type Problem } from './prober.ts';

function probeMxf(bytes: MediaBytes, projectRate?: Rate): Probe {
  const header = partitionAt(bytes, 0);
  if (!header) return unreadable('its first partition makes no sense');
  const read = model(readSets(bytes, header.end));
  const told =
    read && !header.unfinished && lengthOf(read) !== null ? read : (fromFooter(bytes, header) ?? read);
  const cut =
    header.footer > 0 && header.footer + 64 > bytes.size ? cutShort(header.footer, bytes.size) : null;
  if (!told) return { tech: {}, witness: {}, problem: cut ?? { code: 'unreadable', message: NO_MATERIAL } };
  const { picture } = told;
  const seen = picture ? pictureFacts(told, picture, projectRate) : soundFacts(told, projectRate);
  const problem = cut ?? seen.problem ?? (lengthOf(told) === null ? NEVER_CLOSED : undefined);
  return {
    tech: { ...seen.tech, ...present({ recorder: told.recorder }) },
    witness: present({ reel: told.tape }),
    ...present({ problem }),
  };
}

const NO_MATERIAL = 'its header does not say what material it holds; open it in the software that wrote it';
const NEVER_CLOSED: Problem = {
  code: 'truncated',
  message:
    'it was never closed, so its length is not known: the recording or the copy was cut off; copy it again from the card',
};

const unreadable = (message: string): Probe => ({
  tech: {},
  witness: {},
  problem: { code: 'unreadable', message },
});

function cutShort(footer: number, size: number): Problem {
  const message = `its header says that it ends behind byte ${footer} and the file has ${size}; copy it again from the card`;
  return { code: 'truncated', message };
}

/** What a recorder knew when it stopped, where the header was written before. */
function fromFooter(bytes: MediaBytes, header: Partition): MxfModel | null {
  const at = header.footer > 0 ? header.footer : footerByIndex(bytes);
  const footer = at !== null && at > 0 && at < bytes.size ? partitionAt(bytes, at) : null;
  return footer?.kind === 'footer' && footer.metadata > 0 ? model(readSets(bytes, footer.end)) : null;
}

/** In edit units of the essence that counts; null where it was never written. */
function lengthOf({ picture, sound, pictureDescriptor, soundDescriptors }: MxfModel): number | null {
  const track = picture ?? sound;
  if (!track) return null;
  const descriptor = picture ? pictureDescriptor : soundDescriptors[0];
  return track.duration ?? descriptorLength(descriptor, track.editRate);
}

/** A file that was not closed in order may say its length here and nowhere else. */
function descriptorLength(descriptor: MxfSet | null | undefined, editRate: Ratio): number | null {
  const { containerDuration, sampleRate } = descriptor ?? {};
  if (containerDuration === undefined || containerDuration <= 0 || !sampleRate) return null;
  const length = Math.round(inUnits(containerDuration, sampleRate, editRate));
  return Number.isSafeInteger(length) ? length : null;
}

interface Facts {
  tech: Tech;
  problem?: Problem;
}

function pictureFacts(told: MxfModel, picture: MxfTrack, projectRate: Rate | undefined): Facts {
  const { pictureDescriptor: descriptor, timecode } = told;
  const tech: Tech = present({
    picture: descriptor ? sizeOf(descriptor) : undefined,
    codec: descriptor ? codecOf(descriptor) : undefined,
    ...soundOf(told),
  });
  const rate = rateOf(picture.editRate);
  if (!rate) {
    const message = `its picture runs at ${picture.editRate.num}/${picture.editRate.den} frames a second, which no edit does`;
    return { tech, problem: { code: 'unknown-rate', message } };
  }
  return labelled(
    { ...tech, rate, ...present({ durationFrames: length(told) }) },
    timecode,
    rate,
    projectRate,
  );
}

const length = (told: MxfModel) => lengthOf(told) ?? undefined;

function labelled(
  tech: Tech,
  timecode: TimecodeTrack | null,
  rate: Rate | null,
  projectRate: Rate | undefined,
): Facts {
  if (!timecode) return { tech };
  const start = startLabel(timecode, rate, projectRate);
  return 'problem' in start ? { tech, problem: start.problem } : { tech: { ...tech, ...start } };
}

/** OP-Atom keeps each sound track in a file of its own, labelled in frames and counted in either frames or samples. */
function soundFacts(told: MxfModel, projectRate: Rate | undefined): Facts {
  const { sound, timecode } = told;
  if (!sound) {
    const message = 'it holds neither picture nor sound';
    return { tech: {}, problem: { code: 'not-media', message } };
  }
  const tech: Tech = { ...soundOf(told), ...present({ codec: pcmOf(told.soundDescriptors[0]) }) };
  const { sampleRate } = tech;
  const units = lengthOf(told);
  if (sampleRate && units !== null) {
    const samples = Math.round(inUnits(units, sound.editRate, { num: sampleRate, den: 1 }));
    if (Number.isSafeInteger(samples)) tech.durationSamples = samples;
  }
  const seen = labelled(tech, timecode, null, projectRate);
  const { rate, startTc } = seen.tech;
  const frame = rate && startTc !== undefined ? timecodeToFrame(startTc, rate) : null;
  if (rate && frame?.ok && sampleRate)
    seen.tech.startSamples = framesToSamples(frame.frame, rate, sampleRate);
  return seen;
}

function soundOf({ soundDescriptors }: MxfModel): Tech {
  const channels = soundDescriptors.reduce((sum, each) => sum + Math.min(each.channels ?? 0, 1024), 0);
  const { num, den } = soundDescriptors[0]?.audioRate ?? { num: 0, den: 0 };
  const sampleRate = den > 0 && num % den === 0 ? num / den : undefined;
  return { channels, ...present({ sampleRate }) };
}

const pcmOf = (descriptor: MxfSet | undefined) =>
  descriptor?.bits ? `PCM ${descriptor.bits}-bit` : undefined;

/** What is meant to be seen: coders store whole blocks, and interlaced pictures one field at a time. */
function sizeOf({ stored, sampled, display, separateFields }: MxfSet): Tech['picture'] {
  const shown = [display, sampled, stored].find((each) => each?.width && each.height);
  if (!shown?.width || !shown.height) return undefined;
  return { width: shown.width, height: shown.height * (separateFields ? 2 : 1) };
}

/** By the container label's coding byte, SMPTE RP 224. */
const CODINGS: Record<number, string> = {
  0x01: 'D-10',
  0x02: 'DV',
  0x04: 'MPEG-2',
  0x05: 'uncompressed',
  0x0c: 'JPEG 2000',
  0x10: 'AVC',
  0x11: 'VC-3',
  0x1c: 'ProRes',
};
const codecOf = ({ wraps }: MxfSet) => (wraps === undefined ? undefined : CODINGS[wraps]);

export const mxf: Prober = {
  id: 'mxf',
  suffixes: ['mxf'],
  // Header metadata is many small sets in a row.
  ahead: LARGEST,
  looksLike: (bytes) => {
    if (bytes.u32(0) !== SMPTE) return false;
    const first = klvAt(bytes, 0);
    return first !== null && isPartition(first);
  },
  probe: probeMxf,
};
