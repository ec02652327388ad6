/** What an MXF file's sets say together: which track is the picture, how long it is, where its timecode begins, which tape it is of. */
import type { TimecodeTrack } from './mov-timecode.ts';
import { exactRate } from './mov-rate.ts';
import { SET, type MxfSet, type Ratio } from './mxf-sets.ts';

export interface MxfTrack {
  essence: 'picture' | 'sound' | 'timecode';
  editRate: Ratio;
  /** In edit units; null where it was never written, which older writers mark with 0 and others with −1. */
  duration: number | null;
  timecode?: { start: number; base: number; drop: boolean };
  /** What it plays, and from which edit unit on. */
  source?: { umid: string; track: number; start: number };
}

export interface MxfModel {
  picture: MxfTrack | null;
  sound: MxfTrack | null;
  timecode: TimecodeTrack | null;
  /** Name of the tape or roll the material was taken from. */
  tape?: string;
  pictureDescriptor: MxfSet | null;
  soundDescriptors: MxfSet[];
  recorder?: string;
}

/** Packages a clip is followed through: file, tape, film. Longer chains are loops. */
const DEEPEST = 8;

export function model(sets: MxfSet[]): MxfModel | null {
  const byId = new Map(sets.map((set) => [set.id, set]));
  const material = sets.find((set) => set.kind === SET.material);
  if (!material) return null;
  const tracks = tracksOf(material, byId);
  const of = (essence: MxfTrack['essence']) => tracks.find((track) => track.essence === essence) ?? null;
  const [picture, sound] = [of('picture'), of('sound')];
  const sources = new Map(
    sets.flatMap((set): [string, MxfSet][] => (set.kind === SET.source && set.umid ? [[set.umid, set]] : [])),
  );
  const tape = [...sources.values()].find((set) => byId.get(set.descriptor ?? '')?.kind === SET.tape);
  const maker = sets.find((set) => set.kind === SET.identification);
  const { company = '', product = '' } = maker ?? {};
  const recorder = product.startsWith(company) ? product : `${company} ${product}`.trim();
  return {
    picture,
    sound,
    timecode: timecodeOf(of('timecode'), picture ?? sound, sources, byId),
    ...(tape?.name ? { tape: tape.name } : {}),
    pictureDescriptor: sets.find((set) => set.stored?.width && set.stored.height) ?? null,
    soundDescriptors: sets.filter((set) => set.audioRate && set.audioRate.num > 0),
    ...(recorder ? { recorder } : {}),
  };
}

function tracksOf(source: MxfSet, byId: Map<string, MxfSet>): MxfTrack[] {
  return (source.tracks ?? []).flatMap((id) => {
    const track = byId.get(id);
    const read = track && readTrack(track, byId);
    return read ? [read] : [];
  });
}

function readTrack(track: MxfSet, byId: Map<string, MxfSet>): MxfTrack | null {
  const sequence = byId.get(track.sequence ?? '');
  if (!sequence || !track.editRate) return null;
  // A track of one clip may do without a sequence round it.
  const parts = sequence.components?.flatMap((id) => byId.get(id) ?? []) ?? [sequence];
  const first = parts[0];
  const essence = sequence.essence ?? first?.essence;
  if (!essence || !first) return null;
  const written = [sequence.duration, first.duration].find((each) => Number.isSafeInteger(each) && each! > 0);
  const { startTimecode, timecodeBase, drop, sourcePackage, sourceTrack = 0, startPosition = 0 } = first;
  return {
    essence,
    editRate: track.editRate,
    duration: written ?? null,
    ...(startTimecode !== undefined && timecodeBase
      ? { timecode: { start: startTimecode, base: timecodeBase, drop: drop ?? false } }
      : {}),
    ...(sourcePackage ? { source: { umid: sourcePackage, track: sourceTrack, start: startPosition } } : {}),
  };
}

/**
 * The material's own timecode is what editors show. Avid's OP-Atom has none there: the clip is followed through its file into the
 * tape it was taken from, adding where in each it begins.
 */
function timecodeOf(
  own: MxfTrack | null,
  essence: MxfTrack | null,
  sources: Map<string, MxfSet>,
  byId: Map<string, MxfSet>,
): TimecodeTrack | null {
  if (own?.timecode) return asTimecode(own, 0, own.editRate);
  let at = essence;
  let offset = 0;
  for (let depth = 0; at?.source && depth < DEEPEST; depth++) {
    const from = sources.get(at.source.umid);
    if (!from) return null;
    offset += at.source.start;
    const tracks = tracksOf(from, byId);
    const timecode = tracks.find((track) => track.timecode);
    if (timecode) return asTimecode(timecode, offset, at.editRate);
    at = tracks.find((track) => track.essence === essence!.essence && track.source) ?? null;
  }
  return null;
}

function asTimecode(track: MxfTrack, offset: number, offsetRate: Ratio): TimecodeTrack | null {
  const { editRate, timecode } = track;
  const rate = rateOf(editRate);
  if (!timecode || !rate) return null;
  // Sound counts its offset in samples, the tape in frames.
  const ahead = offset === 0 ? 0 : Math.floor(inUnits(offset, offsetRate, editRate));
  const frame = timecode.start + ahead;
  return Number.isSafeInteger(frame) ? { frame, counts: timecode.base, drop: timecode.drop, rate } : null;
}

/** A count at one rate as a count at another. */
export function inUnits(count: number, from: Ratio, to: Ratio): number {
  return from.num > 0 && to.den > 0 ? (count * from.den * to.num) / (from.num * to.den) : Number.NaN;
}

export function rateOf({ num, den }: Ratio) {
  return num > 0 && den > 0 ? exactRate(num, den) : null;
}
