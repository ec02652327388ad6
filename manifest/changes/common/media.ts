/**
 * One description for what is the same media: the coarser of two counts, a start where one side knows it, and whatever only one
 * of two formats says. What both say and say otherwise stays apart.
 */
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutSource } from '../../documents/cutlist.ts';
import { ascii } from '../../exports/edl/ascii.ts';
import { nominal, sameSpeed, type Rate } from '../../time/rate.ts';
import { timeReferenceToFrame } from '../../time/samples.ts';
import type { Ground } from '../common.ts';
import { carried, sourcesOf, type Described } from '../sources.ts';
import { byTimecode } from './reels.ts';

type SideName = 'before' | 'after';
const SIDES: readonly SideName[] = ['before', 'after'];

/** Source frames within which two places are the same, by source; 0 where absent. */
export type Slack = ReadonlyMap<CutSource, number>;

export function onOneMedia(ground: Ground): Slack {
  // A list's own timecodes count from midnight until a start is known.
  const absolute = new Set<CutSource>();
  for (const side of SIDES) if (ground.is(side, 'media-start')) fromMidnight(ground[side], absolute);
  if (!ground.cross && absolute.size === 0) return new Map();
  byTimecode(ground.before, ground.after, absolute);
  const sources = sourcesOf(ground.before, ground.after);
  const media = new Map<number, Description[]>();
  for (const side of SIDES)
    for (const source of used(ground[side])) {
      const described = sources.of(source);
      const known = media.get(described.media);
      const description = { source, side, described };
      if (known) known.push(description);
      else media.set(described.media, [description]);
    }
  const slack = new Map<CutSource, number>();
  const renewed = new Map<CutSource, Renewed>();
  for (const group of media.values()) {
    if (!SIDES.every((side) => group.some((each) => each.side === side))) continue;
    const common = commonOf(group, ground);
    const rounded = roundingOf(group, common.rate, ground);
    for (const { source, side } of group) {
      const to = ground.cross ? agreed(source, side, common, rounded, ground) : startedAt(source, common);
      slack.set(to, rounded);
      renewed.set(source, { to, from: absolute.has(source) ? (common.start ?? 0) : 0 });
    }
  }
  for (const side of SIDES) renew(ground[side], renewed);
  return slack;
}

interface Description {
  source: CutSource;
  side: SideName;
  described: Described;
}

interface Renewed {
  to: CutSource;
  /** Taken from source times once they are counted at the new rate. */
  from: number;
}

function used(cut: CutList): Set<CutSource> {
  const found = new Set<CutSource>();
  for (const { events } of cut.tracks) for (const { source } of events) if (source) found.add(source);
  return found;
}

/** Source times as the timecodes they stand for; the source says no start. */
function fromMidnight(cut: CutList, absolute: Set<CutSource>): void {
  const startless = new Map<CutSource, CutSource>();
  for (const { events } of cut.tracks)
    for (const event of events) {
      const { source } = event;
      if (!source || source.still) continue;
      let to = startless.get(source);
      if (!to) {
        startless.set(source, (to = { ...source, start: null }));
        absolute.add(to);
      }
      moveSource(event, source.start ?? 0);
      event.source = to;
    }
}

function moveSource(event: CutEvent, by: number): void {
  event.sourceIn += by;
  event.sourceOut += by;
  for (const marker of event.markers ?? []) marker.frame += by;
}

function renew(cut: CutList, renewed: ReadonlyMap<CutSource, Renewed>): void {
  for (const { events } of cut.tracks)
    for (const event of events) {
      const { source } = event;
      const found = source && renewed.get(source);
      if (!found) continue;
      const { to, from } = found;
      if (!sameSpeed(source.rate, to.rate)) {
        const at = (frame: number) => carried(frame, source.rate, to.rate);
        const out = at(event.sourceOut);
        event.sourceIn = at(event.sourceIn);
        event.sourceOut = Math.max(event.sourceIn + 1, out);
        for (const marker of event.markers ?? []) {
          marker.frame = at(marker.frame);
          marker.duration = at(marker.duration);
        }
      }
      if (from !== 0) moveSource(event, -from);
      event.source = to;
    }
}

/** What is known of one media, from whoever says it; a format that guesses is asked last. */
function commonOf(group: readonly Description[], ground: Ground): CutSource {
  const rank = (each: Description) =>
    Number(ground.is(each.side, 'media-start')) * 2 + Number(ground.is(each.side, 'media'));
  const ranked = [...group].sort((a, b) => rank(a) - rank(b));
  const common: CutSource = { ...ranked[0]!.source };
  const sure = rank(ranked[0]!) === 0;
  common.rate = coarser(ranked);
  for (const { source } of ranked) {
    const { rate: _rate, start: _start, duration: _duration, ...words } = source;
    for (const [name, value] of Object.entries(words))
      if (value !== undefined && value !== null && (common as never)[name] == null)
        Object.assign(common, { [name]: value });
    // Nobody knows: what any use of it needs is there.
    if (!sure) {
      common.hasPicture ||= source.hasPicture;
      common.channels = Math.max(common.channels, source.channels);
    }
  }
  const started = ranked.find(({ source }) => source.start !== null);
  common.start = started ? startIn(started.source, common.rate) : null;
  const ended = ranked.find(({ source }) => source.duration !== null);
  common.duration = ended ? carried(ended.source.duration!, ended.source.rate, common.rate) : null;
  return common;
}

/** The rate that fewest frames a second; sound in samples is the finest there is. */
function coarser(group: readonly Description[]): Rate {
  let least = group[0]!.source.rate;
  for (const { source } of group)
    if (source.rate.num * least.den < least.num * source.rate.den) least = source.rate;
  return least;
}

/**
 * A start at another rate. A recorder's sample count is real time since midnight; a picture's timecode keeps its hours, minutes
 * and seconds.
 */
function startIn({ start, rate }: CutSource, to: Rate): number | null {
  if (start === null || sameSpeed(rate, to)) return start;
  if (isSampleRate(rate) && !isSampleRate(to)) return timeReferenceToFrame(start, rate.num, to);
  if (isSampleRate(rate) || isSampleRate(to)) return carried(start, rate, to);
  return Math.round((start * nominal(to)) / nominal(rate));
}

/** Frames that rounding may have moved a place by: one where counts were converted, a frame of the sequence where a format has no finer grid. */
function roundingOf(group: readonly Description[], rate: Rate, ground: Ground): number {
  let slack = 0;
  for (const { source, side } of group) {
    if (!sameSpeed(source.rate, rate)) slack = Math.max(slack, 1);
    const record = ground[side].rate;
    if (ground.is(side, 'frame-grid') && !sameSpeed(record, rate))
      slack = Math.max(slack, Math.ceil((rate.num * record.den) / (rate.den * record.num)));
  }
  return slack;
}

/** A source as both formats would describe it. What it is called is no part of the cut: some say the file's name, some the clip's. */
function agreed(
  source: CutSource,
  side: SideName,
  common: CutSource,
  rounded: number,
  ground: Ground,
): CutSource {
  const { clip, file, reel, scene, take, camera } = source;
  const start = startIn(source, common.rate);
  const record = ground[side].rate;
  // Who counts sound in frames has its start in a frame; no cut is another by that.
  const frame = isSampleRate(common.rate) ? Math.ceil((common.rate.num * record.den) / record.num) : 0;
  const nearStart =
    start === null || common.start === null || Math.abs(start - common.start) <= Math.max(rounded, frame);
  const to: CutSource = { ...common };
  // 0 and none cannot be told apart in formats without a word for none.
  to.start = nearStart || !start || !common.start ? common.start : start;
  if (file !== null) to.file = file;
  if (clip !== undefined) to.clip = clip;
  if (reel !== undefined && common.reel !== undefined) to.reel = oneReel(reel, common.reel);
  for (const [name, value] of Object.entries({ scene, take, camera }))
    if (value !== undefined) Object.assign(to, { [name]: value });
  if (to.file !== null) delete to.path;
  return to;
}

/** In one format only the start is found. */
function startedAt(source: CutSource, { start, rate }: CutSource): CutSource {
  return { ...source, start, rate: sameSpeed(source.rate, rate) ? source.rate : rate };
}

/** Lists cut reels short and write them in capitals. */
function oneReel(own: string, common: string): string {
  const plain = (reel: string) =>
    ascii(reel)
      .replace(/[^A-Za-z0-9]+/g, '')
      .toUpperCase();
  const [a, b] = [plain(own), plain(common)];
  return a === b || (a.length >= 7 && b.startsWith(a)) ? common : own;
}
