/** A cut as its FCP7 XML should read back: minus exactly what was said to be lost. For tests. */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { CutEvent, CutList, CutSource } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import type { Exported, ExportOptions } from '../../manifest/exports/export.ts';
import { xmeml as writer } from '../../manifest/exports/xmeml.ts';
import { exploded } from '../../manifest/exports/xmeml/channels.ts';
import { xmeml as reader } from '../../manifest/readers/xmeml.ts';
import { RATES, type Rate, type RateName } from '../../manifest/time/rate.ts';
import { timeReferenceToFrame } from '../../manifest/time/samples.ts';
import { anyCutList, type CutListWords } from '../fixtures/cutlists.ts';

export const ROUND: RateName[] = ['24', '25', '30', '48', '50', '60', '100', '120'];
export const NTSC = (Object.keys(RATES) as RateName[]).filter((name) => !ROUND.includes(name));

export function written(list: CutList, options?: ExportOptions): Exported {
  const made = writer.write(list, options);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

interface Back {
  list: CutList;
  losses: Loss[];
  /** Each word of them once. */
  what: string[];
}

export function back(list: CutList, options?: ExportOptions): Back {
  const { files, losses } = written(list, options);
  const read = reader.read(files[0]!.text, { name: 'cut.xml' });
  expect(read.issues).toEqual([]);
  expect(read.value).toHaveLength(1);
  return { list: read.value[0]!, losses, what: [...new Set(losses.map((loss) => loss.what))].sort() };
}

/** Nearest, by schoolbook fractions. */
function at(count: number, from: Rate, to: Rate): number {
  const [top, bottom] = [BigInt(to.num) * BigInt(from.den), BigInt(to.den) * BigInt(from.num)];
  return Number((BigInt(count) * top * 2n + bottom) / (bottom * 2n));
}

/** Sound as frames of the sequence hold it: what the loss `subframe` says. */
function framed(source: CutSource, rate: Rate): CutSource {
  const there = (samples: number) => at(at(samples, source.rate, rate), rate, source.rate);
  return {
    ...source,
    start: at(timeReferenceToFrame(source.start!, source.rate.num, rate), rate, source.rate),
    duration: there(source.duration!),
  };
}

/** Which part plays, on the sequence's frames: exact on retimed clips, whose graph holds it. */
function framedSpan(event: CutEvent, rate: Rate): Pick<CutEvent, 'sourceIn' | 'sourceOut'> {
  const own = event.source!.rate;
  const { num, den } = event.speed!;
  if (num === 0) {
    const first = at(at(event.sourceIn, own, rate), rate, own);
    return { sourceIn: first, sourceOut: first + 1 };
  }
  if (num !== den) return { sourceIn: event.sourceIn, sourceOut: event.sourceOut };
  const first = at(event.sourceIn, own, rate);
  return {
    sourceIn: at(first, rate, own),
    sourceOut: at(first + event.recordOut - event.recordIn, rate, own),
  };
}

/** Channels that an event plays anyway are not said of it. */
function unasked({ channels, source }: CutEvent): boolean {
  const plain = source && source.channels >= 2 ? [1, 2] : [1];
  return JSON.stringify(channels) === JSON.stringify(plain);
}

/** The list as it must come back: tracks that hold nothing left out, links counted anew. */
export function expected(list: CutList): CutList {
  const links = new Map<number, number>();
  const event = (each: CutEvent): CutEvent => {
    const { source } = each;
    const rest: CutEvent = { ...each, id: '' };
    if (unasked(each)) delete rest.channels;
    if (each.link !== undefined) {
      if (!links.has(each.link)) links.set(each.link, links.size + 1);
      rest.link = links.get(each.link)!;
    }
    if (!source) return rest;
    const { clip: _, ...known } = source;
    rest.source = source.hasPicture ? known : framed(known, list.rate);
    return { ...rest, ...framedSpan(each, list.rate) };
  };
  const tracks = list.tracks
    .filter((track) => track.events.length > 0)
    .map((track) => ({ ...track, events: track.events.map(event) }));
  return { ...list, tracks, markers: list.markers.map((marker) => ({ ...marker, colour: '' })) };
}

/** Source ins that come back elsewhere. */
export function movedIns(list: CutList, isSound: boolean): number {
  const events = exploded(list).list.tracks.flatMap((track) => track.events);
  return events.filter((event) => {
    if (!event.source || event.source.hasPicture === isSound) return false;
    const slack = isSound ? 1 : 0;
    return Math.abs(framedSpan(event, list.rate).sourceIn - event.sourceIn) > slack;
  }).length;
}

export function bare(list: CutList): CutList {
  const tracks = list.tracks
    .filter((track) => track.events.length > 0)
    .map((track) => ({ ...track, events: track.events.map((event) => ({ ...event, id: '' })) }));
  return { ...list, tracks };
}

export const EVERYTHING: CutListWords = { transitions: true, retimes: true, made: true, markers: true };
export const law = (words: CutListWords, numRuns: number, test: (list: CutList) => void) =>
  fc.assert(
    fc.property(anyCutList(words), (list) => test(named(list))),
    { numRuns },
  );

/** Split tracks are named by their place, as the reader names tracks without a name. */
function named(list: CutList): CutList {
  return { ...list, tracks: list.tracks.map((track) => ({ ...track, name: '' })) };
}
export const nameless = (list: CutList): CutList => named(list);

/** A group of one is no group. */
export function grouped(list: CutList): CutList {
  const sizes = new Map<number, number>();
  for (const { events } of list.tracks)
    for (const { link } of events) if (link !== undefined) sizes.set(link, (sizes.get(link) ?? 0) + 1);
  const numbers = new Map<number, number>();
  const tracks = list.tracks.map((track) => ({
    ...track,
    events: track.events.map((event) => {
      const { link, ...rest } = event;
      if (link === undefined || sizes.get(link)! < 2) return rest;
      if (!numbers.has(link)) numbers.set(link, numbers.size + 1);
      return { ...rest, link: numbers.get(link)! };
    }),
  }));
  return { ...list, tracks };
}

export function counted(
  losses: Loss[],
  what: string,
  where: (where: string) => boolean = () => true,
): number {
  return losses.filter((loss) => loss.what === what && where(loss.where)).length;
}
