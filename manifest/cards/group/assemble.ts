/** One clip's facts from the headers of its files and from its sidecars: headers first, parts summed, and what does not agree said. */
import type { Disagreement, Part, Sequence } from '../../documents/clip-files.ts';
import type { Tech, Witness } from '../../documents/handoff.ts';
import { mayDrop, nominal, rateLabel, sameRate, sameSpeed, type Rate } from '../../time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../time/timecode.ts';
import type { SidecarFacts, SidecarStart } from '../sidecars/sidecar.ts';
import { lengthOf } from './frames.ts';

/** What was read of one file: facts, and what is wrong with it. */
export interface FileFacts {
  tech: Tech;
  witness: Witness;
  problem?: { code: string; message: string };
}

export interface Assembled {
  tech: Tech;
  media: Witness;
  parts?: Part[];
  clipName?: string;
  disagreements?: Disagreement[];
  problem?: { code: string; message: string };
}

export interface ReadPart extends FileFacts {
  path: string;
  size: number;
  number: number;
  essence?: 'sound';
}

export interface ReadSidecar {
  path: string;
  facts: SidecarFacts;
}

/** `head`: the file at the clip's path. `parts` where it is several, the head among them. */
export function assemble(
  head: FileFacts,
  parts: ReadPart[] | undefined,
  sequence: Sequence | undefined,
  sidecars: ReadSidecar[],
): Assembled {
  const disagreements: Disagreement[] = [];
  const whole = parts ? joined(head, parts, disagreements) : head;
  const tech = sequence ? sequenceTech(whole.tech, sequence) : whole.tech;
  const clip = { tech, media: whole.witness };
  let clipName: string | undefined;
  // Of a recording cut in several each file has a sidecar of its own: the first one's start is the clip's, and no one's length is.
  const several = (parts ?? []).filter(({ essence }) => essence === undefined).length > 1;
  for (const { path, facts } of several ? sidecars.slice(0, 1) : sidecars) {
    const { durationFrames: _own, ...rest } = facts.tech;
    addSidecar(clip, { path, facts: several ? { ...facts, tech: rest } : facts }, disagreements);
    clipName ??= facts.clipName;
  }
  return {
    ...clip,
    ...(parts ? { parts: parts.map(partOf) } : {}),
    ...(clipName === undefined ? {} : { clipName }),
    ...(disagreements.length > 0 ? { disagreements } : {}),
    ...(whole.problem ? { problem: whole.problem } : {}),
  };
}

function partOf({ path, size, number, essence, tech }: ReadPart): Part {
  const { startTc, durationFrames, durationSamples } = tech;
  return {
    path,
    size,
    number,
    ...(essence ? { essence } : {}),
    ...(startTc === undefined ? {} : { startTc }),
    ...(durationFrames === undefined ? {} : { durationFrames }),
    ...(durationSamples === undefined ? {} : { durationSamples }),
  };
}

/** Start and rate of the first, lengths of all; sound essences give their channels. A length that one of them lacks is nobody's. */
function joined(head: FileFacts, parts: ReadPart[], into: Disagreement[]): FileFacts {
  const stretches = parts.filter((part) => part.essence === undefined);
  const sounds = parts.filter((part) => part.essence === 'sound');
  const { durationFrames: _frames, durationSamples: _samples, ...rest } = head.tech;
  const first = head.tech.rate;
  for (const { path, tech } of stretches)
    if (first && tech.rate && !sameSpeed(first, tech.rate))
      into.push({ field: 'rate', counts: rateLabel(first), other: rateLabel(tech.rate), from: path });
  const broken = parts.find(({ problem }) => problem);
  const problem = broken && { ...broken.problem!, message: `${broken.path}: ${broken.problem!.message}` };
  const tech: Tech = {
    ...rest,
    ...sumOf('durationFrames', stretches),
    ...sumOf('durationSamples', stretches),
    ...(stretches.length > 0 ? channelsOf(head.tech, sounds) : {}),
  };
  const own = head.problem ?? problem;
  return { tech, witness: head.witness, ...(own ? { problem: own } : {}) };
}

type Length = 'durationFrames' | 'durationSamples';

export function sumOf(
  field: Length,
  parts: readonly {
    tech?: Tech;
    durationFrames?: number | undefined;
    durationSamples?: number | undefined;
  }[],
): Tech {
  let sum = 0;
  for (const part of parts) {
    const length = part.tech ? part.tech[field] : part[field];
    if (length === undefined) return {};
    sum += length;
  }
  return parts.length > 0 ? { [field]: sum } : {};
}

function channelsOf(own: Tech, sounds: ReadPart[]): Tech {
  if (sounds.length === 0) return {};
  const channels = sounds.reduce((sum, { tech }) => sum + (tech.channels ?? 1), own.channels ?? 0);
  const { sampleRate } = sounds.find(({ tech }) => tech.sampleRate !== undefined)?.tech ?? {};
  return { channels, ...(sampleRate === undefined ? {} : { sampleRate }) };
}

/** Every frame of the range counts, there or not: an editor shows the hole. */
function sequenceTech(tech: Tech, sequence: Sequence): Tech {
  return { ...tech, durationFrames: lengthOf(sequence) };
}

/** Fields a sidecar may give where the header has none. */
const FALLBACK = ['rate', 'durationFrames', 'recordedOn', 'recorder', 'serial'] as const;

function addSidecar(
  clip: { tech: Tech; media: Witness },
  { path, facts }: ReadSidecar,
  into: Disagreement[],
): void {
  const given: Tech = {};
  for (const field of FALLBACK) {
    const value = facts.tech[field];
    if (value === undefined) continue;
    if (clip.tech[field] === undefined) Object.assign(given, { [field]: value });
    else compare(field, clip.tech, value, path, into);
  }
  const rate = clip.tech.rate ?? given.rate;
  const start = facts.start && rate ? startAt(facts.start, rate) : null;
  if (start && clip.tech.startTc === undefined) {
    given.startTc = start.startTc;
    if (!clip.tech.rate || !sameRate(clip.tech.rate, start.rate)) given.rate = start.rate;
  } else if (start && start.startTc !== clip.tech.startTc)
    into.push({ field: 'startTc', counts: clip.tech.startTc!, other: start.startTc, from: path });
  const fields = [...new Set([...(clip.tech.fromSidecar ?? []), ...Object.keys(given)])];
  clip.tech = { ...clip.tech, ...given, ...(fields.length > 0 ? { fromSidecar: fields } : {}) };
  for (const [field, value] of Object.entries(facts.witness) as [keyof Witness, unknown][]) {
    const own = clip.media[field];
    if (own === undefined) clip.media = { ...clip.media, [field]: value };
    else if (own !== value) into.push({ field, counts: String(own), other: String(value), from: path });
  }
}

function compare(
  field: (typeof FALLBACK)[number],
  tech: Tech,
  value: unknown,
  from: string,
  into: Disagreement[],
): void {
  if (field === 'rate') {
    if (!sameSpeed(tech.rate!, value as Rate))
      into.push({ field, counts: rateLabel(tech.rate!), other: rateLabel(value as Rate), from });
  } else if (field === 'durationFrames') {
    // A frame at the end is written by some and not counted by others.
    if (Math.abs(tech.durationFrames! - (value as number)) > 1)
      into.push({ field, counts: String(tech.durationFrames), other: String(value), from });
  } else if (field === 'recordedOn' && tech.recordedOn !== value)
    into.push({ field, counts: tech.recordedOn!, other: String(value), from });
}

/** The start at the media's rate; null where its labels cannot be counted at it. A label of a pair of frames is the first of them. */
export function startAt(start: SidecarStart, rate: Rate): { startTc: string; rate: Rate } | null {
  const fps = nominal(rate);
  const each = fps / start.nominal;
  if (!Number.isInteger(each) || each < 1) return null;
  const drops = start.drop && mayDrop(rate);
  const labels: Rate = { num: rate.num, den: rate.den * each, drop: drops };
  const read = timecodeToFrame(start.label, labels);
  if (!read.ok) return null;
  const own = { ...rate, drop: drops };
  return { startTc: frameToTimecode(read.frame * each + (start.second && each > 1 ? 1 : 0), own), rate: own };
}
