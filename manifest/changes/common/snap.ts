/**
 * Forgives what formats round or cannot say of single events: events that are one and the same but for it become equal, so that
 * only what was really cut otherwise is left.
 */
import type { CutEvent, CutMarker, CutTransition } from '../../documents/cutlist.ts';
import { ascii } from '../../exports/edl/ascii.ts';
import { nominal } from '../../time/rate.ts';
import { same } from '../canonical.ts';
import type { Ground } from '../common.ts';
import { joinReplaced, matchEvents, type Matches } from '../match.ts';
import { sourcesOf } from '../sources.ts';
import { cutsUnderOneAnother } from './crossings.ts';
import type { Slack } from './media.ts';

/** Changes the new cut's events, in place. */
export function snapped(ground: Ground, slack: Slack): void {
  const match = () => matchEvents(ground.before, ground.after, sourcesOf(ground.before, ground.after));
  let matches = match();
  if (ground.cross && cutsUnderOneAnother(matches, ground)) matches = match();
  // What rounding left without a frame in common still lies where it lay.
  const replaced = joinReplaced(matches, ({ event }) => [event.recordIn, event.recordOut]);
  let varying = 0;
  for (const [old, { event: now }] of matches.pairs) {
    if (replaced.has(old)) continue;
    const was = old.event;
    if (ground.cross) words(was, now, ground);
    varying += speeds(was, now, ground);
    const room = (was.source && slack.get(was.source)) ?? 0;
    times(was, now, ground, room);
    if (ground.cross && was.markers && now.markers) nearMarkers(was.markers, now.markers, room + 1);
  }
  for (const side of ['before', 'after'] as const)
    if (varying > 0 && ground.is(side, 'speeds')) ground.unsaid(side, 'speeds that vary', varying);
  if (ground.cross) transitions(matches, ground);
}

/** Names in other letters, and channels that only one side names. */
function words(was: CutEvent, now: CutEvent, ground: Ground): void {
  if (now.name !== was.name && ground.either('names')) {
    const listed = ground.is('after', 'names') ? now : was;
    // A list has one name for an event: its own or its media's.
    const unsaid = listed.name === listed.source?.name || ascii(now.name) === ascii(was.name);
    if (unsaid || (now.source !== null && was.source !== null)) now.name = was.name;
  }
  // Nor is it said which channel goes to which speaker.
  const unsaid = now.channels === undefined || was.channels === undefined;
  if (unsaid || same(sorted(was.channels!), sorted(now.channels!))) {
    if (was.channels) now.channels = was.channels;
    else delete now.channels;
  }
}

const sorted = (channels: readonly number[]) => [...channels].sort((a, b) => a - b);

/** 1 where one side says that the speed varies and the other has no word for it. */
function speeds(was: CutEvent, now: CutEvent, ground: Ground): number {
  if (same(was.speed, now.speed)) return 0;
  if (!was.speed || !now.speed) {
    if (!ground.cross || !ground.is(was.speed ? 'before' : 'after', 'speeds')) return 0;
    const { speed, sourceIn, sourceOut } = was;
    Object.assign(now, { speed, sourceIn, sourceOut });
    return 1;
  }
  if (Math.sign(was.speed.num) === Math.sign(now.speed.num) && near(was.speed, now.speed, ground))
    now.speed = was.speed;
  return 0;
}

/** An EDL's speeds are tenths of a frame a second; others round far past what anyone could see. */
function near(a: { num: number; den: number }, b: { num: number; den: number }, ground: Ground): boolean {
  const off = Math.abs(a.num * b.den - b.num * a.den);
  const per = ground.cross && ground.either('speeds') ? 10 * nominal(ground.after.rate) : 10_000;
  return off * per <= Math.abs(a.den * b.den);
}

/** Source times that are as near as the coarser side can say. */
function times(was: CutEvent, now: CutEvent, ground: Ground, slack: number): void {
  const { speed } = now;
  const length = now.recordOut - now.recordIn;
  if (!was.source || !now.source || length !== was.recordOut - was.recordIn || !same(was.speed, speed))
    return;
  if (was.source.still && now.source.still) return spanOf(was, now);
  const retimed = ground.cross && speed !== null && speed.num !== speed.den;
  const room = retimed ? Math.max(slack, 1 + Math.ceil(Math.abs(speed.num) / speed.den)) : slack;
  const first = Math.abs(was.sourceIn - now.sourceIn);
  const last = Math.abs(was.sourceOut - now.sourceOut);
  if (first <= room && last <= room) return spanOf(was, now);
  // The record length gives the other end.
  const [shown] = speed && speed.num < 0 ? [last] : [first];
  if (ground.cross && (ground.either('source-out') || speed?.num === 0) && shown! <= room) spanOf(was, now);
}

/** Markers on one media, rounded to frames. */
function nearMarkers(was: readonly CutMarker[], now: readonly CutMarker[], room: number): void {
  const taken = new Set<CutMarker>();
  for (const marker of now) {
    const found = was.find(
      (each) =>
        !taken.has(each) &&
        each.name === marker.name &&
        each.comment === marker.comment &&
        Math.abs(each.frame - marker.frame) <= room,
    );
    if (!found) continue;
    taken.add(found);
    marker.frame = found.frame;
    if (Math.abs(marker.duration - found.duration) <= room) marker.duration = found.duration;
  }
}

function spanOf(was: CutEvent, now: CutEvent): void {
  now.sourceIn = was.sourceIn;
  now.sourceOut = was.sourceOut;
}

/** Transitions over the same frames are the same where one side has no word for what tells them apart. */
function transitions({ before, after, becomes }: Matches, ground: Ground): void {
  if (!ground.either('transition-words')) return;
  before.list.tracks.forEach((track, a) => {
    const there = new Map<string, CutTransition>();
    for (const each of after.list.tracks[becomes[a]!]?.transitions ?? [])
      there.set(`${each.in} ${each.out}`, each);
    for (const was of track.transitions) {
      const now = there.get(`${was.in} ${was.out}`);
      if (!now) continue;
      // All but the frames it lies over.
      for (const field of Object.keys(now)) delete (now as unknown as Record<string, unknown>)[field];
      Object.assign(now, was);
    }
  });
}
