/** A cut as its FCPXML should read back: minus exactly what was said to be lost. For tests. */
import { expect } from 'vitest';
import type { CutEvent, CutList, CutMarker, CutSource } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { DEFAULT_OPTIONS, type ExportOptions } from '../../manifest/exports/export.ts';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { VERSIONS } from '../../manifest/exports/fcpxml/version.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import { fraction, framesToSeconds, multiply, round } from '../../manifest/time/fraction.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { validate } from './fcpxml-dtd.ts';

/** Each cut is written in the next version, so that every law is held in all of them. */
let turn = 0;

export function thereAndBack(
  cut: CutList,
  options: Partial<ExportOptions> = {},
): { back: CutList; losses: Loss[] } {
  const version = VERSIONS[turn++ % VERSIONS.length]!;
  const made = fcpxml.write(cut, { ...DEFAULT_OPTIONS, fcpxml: version, ...options });
  if ('refused' in made) throw new Error(made.refused);
  validate(made.files[0]!.text, version);
  const { value, issues } = fcpxmlReader.read(made.files[0]!.text, { name: 'cut.fcpxml' });
  // A marker of the sequence may stand between the frames of a retimed clip under it.
  expect(issues.filter(({ code }) => code !== 'fcpxml-marker-frame')).toEqual([]);
  expect(value).toHaveLength(1);
  return { back: value[0]!, losses: made.losses };
}

/** Counts of losses by their word: everything that may differ must be among them. */
export function counted(losses: Loss[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { what, count } of losses) counts[what] = (counts[what] ?? 0) + count;
  return counts;
}

/** Source units that an event's record length takes: FCPXML has no source out of its own. */
function taken(event: CutEvent, rate: Rate): number {
  const { num, den } = event.speed!;
  if (num === 0) return 1;
  const seconds = multiply(
    framesToSeconds(event.recordOut - event.recordIn, rate),
    fraction(Math.abs(num), den),
  );
  return Math.max(1, round(multiply(seconds, fraction(event.source!.rate.num, event.source!.rate.den))));
}

/** The cut as it must come back; `losses` collects what may be missing for it, by word. */
function expected(cut: CutList): {
  tracks: unknown;
  counts: Record<string, number>;
  lostMarkers: CutMarker[];
} {
  const counts: Record<string, number> = {};
  const lose = (what: string, count = 1) => {
    if (count) counts[what] = (counts[what] ?? 0) + count;
  };
  const tracks = cut.tracks.map((track) => ({
    ...track,
    transitions: track.transitions.map((transition) => ({ ...transition })),
    events: track.events.flatMap((event) => {
      if (event.kind !== 'clip') {
        lose(event.kind);
        return [];
      }
      const copy: CutEvent = { ...event, source: withoutClip(event.source!) };
      const span = taken(event, cut.rate);
      // One unit beside the list's is rounding; anything more is said.
      if (Math.abs(span - (event.sourceOut - event.sourceIn)) > 1) lose('source-out');
      if (event.speed!.num < 0) copy.sourceIn = event.sourceOut - span;
      else copy.sourceOut = event.sourceIn + span;
      return [copy];
    }),
  }));
  const used = tracks.flatMap(({ events }) => events);
  const end = Math.max(0, ...cut.tracks.flatMap(({ events }) => events.map(({ recordOut }) => recordOut)));
  lose('marker', cut.markers.filter(({ frame }) => frame >= end).length);
  const onClip = (marker: CutMarker) =>
    tracks
      .find(({ type, index }) => type === 'video' && index === 1)
      ?.events.some(({ recordIn, recordOut }) => marker.frame >= recordIn && marker.frame < recordOut);
  const on = cut.markers.filter(onClip);
  lose('marker-on-clip', on.length);
  const colours = (markers: CutMarker[] = []) => markers.filter(({ colour }) => colour !== '').length;
  lose('marker-colour', colours(cut.markers) + used.reduce((sum, { markers }) => sum + colours(markers), 0));
  return {
    tracks: tracks
      .filter(({ events }) => events.length)
      .map((track) => ({ ...track, events: track.events.map(plain) })),
    counts,
    lostMarkers: on,
  };
}

export function withoutClip(source: CutSource): CutSource {
  const copy = { ...source };
  delete copy.clip;
  return copy;
}

/** Without what is made anew on reading: ids count what is there, and a marker has no colour. */
export function plain(event: CutEvent): Omit<CutEvent, 'id'> {
  const copy: Partial<CutEvent> = { ...event };
  delete copy.id;
  if (copy.markers) copy.markers = copy.markers.map((marker) => ({ ...marker, colour: '' }));
  return copy as Omit<CutEvent, 'id'>;
}

/** `as` is the cut as Final Cut holds it, with as many of its cuts moved as `moved` says. */
export function same(
  cut: CutList,
  options: Partial<ExportOptions> = {},
  { as, moved }: Centred = { as: cut, moved: 0 },
): { back: CutList; losses: Loss[] } {
  const { back, losses } = thereAndBack(cut, options);
  const wanted = expected(as);
  expect(counted(losses)).toEqual(moved ? { ...wanted.counts, 'transition-place': moved } : wanted.counts);
  const { name, rate, start, size } = back;
  expect({ name, rate, start, size }).toEqual({
    name: cut.name,
    rate: cut.rate,
    start: cut.start,
    size: cut.size,
  });
  const stripped = back.tracks.map((track) => ({
    ...track,
    events: track.events.map(plain).map((event) => withoutHosted(event, wanted.lostMarkers)),
  }));
  expect(stripped).toEqual(wanted.tracks);
  const hosted = wanted.lostMarkers.length;
  const end = Math.max(0, ...cut.tracks.flatMap(({ events }) => events.map(({ recordOut }) => recordOut)));
  const free = cut.markers.filter((marker) => marker.frame < end && !wanted.lostMarkers.includes(marker));
  expect(back.markers).toEqual(free.map((marker) => ({ ...marker, colour: '' })));
  const all = back.tracks.flatMap(({ events }) => events.flatMap(({ markers = [] }) => markers));
  const own = cut.tracks.flatMap(({ events }) => events.flatMap(({ markers = [] }) => markers));
  expect(all).toHaveLength(own.length + hosted);
  return { back, losses };
}

/** An event's markers without those that stood on the sequence. */
function withoutHosted(event: Omit<CutEvent, 'id'>, hosted: CutMarker[]): Omit<CutEvent, 'id'> {
  if (!event.markers) return event;
  const names = new Set(hosted.map(({ name }) => name));
  const markers = event.markers.filter(({ name }) => !names.has(name));
  const copy = { ...event };
  if (markers.length) copy.markers = markers;
  else delete copy.markers;
  return copy;
}

/** Transitions off their cuts by an even number of frames, up to ending or beginning there. */
export function offCentre(cut: CutList, draws: number[]): CutList {
  let nth = 0;
  const tracks = cut.tracks.map((track) => ({
    ...track,
    transitions: track.transitions.map((each) => {
      const by = (draws[nth++ % draws.length]! % 7) * 2 - 6;
      return { ...each, in: each.in + by, out: each.out + by };
    }),
  }));
  return { ...cut, tracks };
}

interface Centred {
  as: CutList;
  moved: number;
}

/** The same cut with its cuts in the middle of their transitions, each event's source going along at its own speed. */
export function centred(cut: CutList): Centred {
  let moved = 0;
  const tracks = cut.tracks.map((track) => {
    const events = track.events.map((event) => ({ ...event }));
    for (const { in: from, out } of track.transitions) {
      const at = events.findIndex(({ recordIn }) => recordIn >= from && recordIn <= out);
      const by = (from + out) / 2 - events[at]!.recordIn;
      if (by) moved++;
      const units = (event: CutEvent) =>
        round(multiply(framesToSeconds(by, cut.rate), perSecond(event, Math.abs(event.speed!.num))));
      const [before, after] = [events[at - 1]!, events[at]!];
      before.recordOut += by;
      after.recordIn += by;
      if (before.speed!.num > 0) before.sourceOut += units(before);
      else before.sourceIn -= units(before);
      if (after.speed!.num > 0) after.sourceIn += units(after);
      else after.sourceOut -= units(after);
    }
    return { ...track, events };
  });
  return { as: { ...cut, tracks }, moved };
}

function perSecond({ source, speed }: CutEvent, num: number) {
  return multiply(fraction(num, speed!.den), fraction(source!.rate.num, source!.rate.den));
}

/** What a frame of the record shows on each track: every event that plays there, also under its transitions, and where in its source. */
export function shown({ tracks }: CutList, frame: number): string[] {
  return tracks.flatMap(({ type, index, events, transitions }) =>
    events.flatMap(({ recordIn, recordOut, sourceIn, sourceOut, source, speed }) => {
      const over = (cut: number) => transitions.find((each) => each.in <= cut && each.out >= cut);
      const first = Math.min(recordIn, over(recordIn)?.in ?? recordIn);
      const last = Math.max(recordOut, over(recordOut)?.out ?? recordOut);
      if (frame < first || frame >= last) return [];
      const { num, den } = speed!;
      const at = (num < 0 ? sourceOut : sourceIn) + ((frame - recordIn) * num) / den;
      return [`${type} ${index} ${source!.name} ${at}`];
    }),
  );
}

/** Every kind of word an event can carry, drawn by numbers. */
export function decorated(cut: CutList, draws: number[]): CutList {
  let nth = 0;
  const draw = () => draws[nth++ % draws.length]!;
  const tracks = cut.tracks.map((track) => ({
    ...track,
    events: track.events.map((event): CutEvent => {
      const copy = { ...event, source: { ...event.source! } };
      const pick = draw();
      if (track.type === 'audio' && pick < 5) copy.channels = pick < 3 ? [1] : [1, 2];
      if (pick % 3 === 0) copy.source.tags = ['circled', `B-roll ${pick}`];
      if (pick === 4 && track.type === 'video') {
        copy.source = { ...copy.source, still: true, duration: null, start: null, rate: cut.rate };
        copy.source.file += '.png';
        copy.source.clip += ' as a still';
        copy.speed = { num: 1, den: 1 };
        copy.sourceIn = 0;
        copy.sourceOut = event.recordOut - event.recordIn;
      } else if (pick > 6 && event.speed!.num !== 0)
        copy.markers = [
          { frame: event.sourceIn, duration: 1, name: `on media ${pick}`, comment: 'a\nb', colour: '' },
          { frame: event.sourceIn + 1, duration: 3, name: 'later', comment: '', colour: '' },
        ];
      return copy;
    }),
  }));
  return { ...cut, tracks };
}

/** Each picture gets the sound of its own file (even draws), a recorder's (odd) or both (5), on sound tracks one below another. */
export function linked(cut: CutList, draws: number[]): CutList {
  const { rate } = cut;
  let [links, nth] = [0, 0];
  const sounds: CutEvent[][] = [];
  const tracks = cut.tracks.map((track) => {
    const base = sounds.length;
    sounds.push([], []);
    const events = track.events.map((event): CutEvent => {
      const kind = draws[nth++ % draws.length]!;
      const source = { ...event.source!, channels: 2, sampleRate: 48000 };
      const [own, recorder] = [kind % 2 === 0 || kind === 5, kind % 2 === 1];
      const sound = recorder ? inSync(event, rate) : null;
      if (!own && !sound) return { ...event, source };
      const link = ++links;
      if (own) sounds[base]!.push({ ...event, source, link });
      if (sound) sounds[base + 1]!.push({ ...sound, link });
      return { ...event, source, link };
    });
    return { ...track, events };
  });
  const audio = sounds.map((events, at) => ({
    type: 'audio' as const,
    index: at + 1,
    name: `A${at + 1}`,
    enabled: true,
    events,
    transitions: [],
  }));
  return { ...cut, tracks: [...tracks, ...audio] };
}

/** A recorder's sound under a picture, at the same time of day; null where the picture begins between two samples. */
function inSync(event: CutEvent, rate: Rate): CutEvent | null {
  const picture = event.source!;
  const samples = (frame: number) => multiply(framesToSeconds(frame, rate), fraction(48000));
  const at = samples(picture.start! + event.sourceIn);
  if (at.den !== 1n) return null;
  // It ran seven seconds and a few samples ahead of the camera.
  const start = round(samples(picture.start!)) - 48000 * 7 - 13;
  const sound: CutEvent = {
    ...event,
    name: `${event.name} sound`,
    sourceIn: Number(at.num) - start,
    source: {
      file: `/sound/${picture.name}.wav`,
      name: `${picture.name}.wav`,
      rate: { num: 48000, den: 1, drop: false },
      start,
      duration: 48000 * 900,
      hasPicture: false,
      channels: 2,
      sampleRate: 48000,
    },
  };
  sound.sourceOut = sound.sourceIn + taken(sound, rate);
  return sound;
}
