/** Cut lists and snapshots that the tests of the cut list and its exports share. */
import * as fc from 'fast-check';
import type { CutEvent, CutList, CutSource, CutTrack } from '../../manifest/documents/cutlist.ts';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import type { SequenceItem, SequenceSnapshot, SequenceTrack } from '../../manifest/documents/snapshot.ts';
import { framesPerDay, RATES, type Rate } from '../../manifest/time/rate.ts';
import { framesToSamples } from '../../manifest/time/samples.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';

export function frameOf(label: string, rate: Rate): number {
  const read = timecodeToFrame(label, rate);
  if (!read.ok) throw new Error(read.message);
  return read.frame;
}

export function pictureSource(
  name: string,
  rate: Rate,
  start: string | null,
  fields: Partial<CutSource> = {},
): CutSource {
  return {
    clip: `clip-${name}`,
    file: `/Volumes/Shoot/CAMERA_A/${name}.mov`,
    name: `${name}.mov`,
    reel: 'A001',
    scene: '7',
    take: '2',
    camera: 'A',
    rate,
    start: start === null ? null : frameOf(start, rate),
    duration: 1000,
    hasPicture: true,
    channels: 2,
    sampleRate: 48000,
    size: { width: 1920, height: 1080 },
    ...fields,
  };
}

/** `start` is the label of the sound's first sample at `rate`; it lasts 2000 frames of that rate. */
export function soundSource(
  name: string,
  rate: Rate,
  start: string,
  fields: Partial<CutSource> = {},
): CutSource {
  return {
    clip: `clip-${name}`,
    file: `/Volumes/Shoot/SOUND/${name}.wav`,
    name: `${name}.wav`,
    reel: 'SR001',
    scene: '7',
    take: '2',
    rate: { num: 48000, den: 1, drop: false },
    start: framesToSamples(frameOf(start, rate), rate, 48000),
    duration: framesToSamples(2000, rate, 48000),
    hasPicture: false,
    channels: 4,
    sampleRate: 48000,
    ...fields,
  };
}

/** An event of `length` frames from `recordIn`, reading `source` from `sourceIn` (frames of the sequence, also for sound). */
export function event(
  source: CutSource | null,
  recordIn: number,
  length: number,
  sourceIn: number,
  rate: Rate,
  fields: Partial<CutEvent> = {},
): Omit<CutEvent, 'id'> {
  const sampled = source !== null && source.rate.num === 48000 && source.rate.den === 1;
  const at = (frame: number) => (sampled ? framesToSamples(frame, rate, 48000) : frame);
  return {
    kind: 'clip',
    name: source?.name ?? 'made in the editor',
    recordIn,
    recordOut: recordIn + length,
    sourceIn: source ? at(sourceIn) : 0,
    sourceOut: source ? at(sourceIn + length) : length,
    source,
    speed: { num: 1, den: 1 },
    enabled: true,
    ...fields,
  };
}

export function track(
  name: string,
  events: Omit<CutEvent, 'id'>[],
  fields: Partial<CutTrack> = {},
): CutTrack {
  return {
    type: name[0] === 'V' ? 'video' : 'audio',
    index: Number(name.slice(1)),
    name,
    enabled: true,
    events: events.map((each, at) => ({ id: `${name}-${String(at + 1).padStart(3, '0')}`, ...each })),
    transitions: [],
    ...fields,
  };
}

export function list(rate: Rate, start: string, tracks: CutTrack[], fields: Partial<CutList> = {}): CutList {
  return {
    kind: 'cutlist',
    version: 1,
    name: 'Harbour Lights',
    rate,
    start: frameOf(start, rate),
    size: { width: 1920, height: 1080 },
    tracks,
    markers: [],
    ...fields,
  };
}

/** A small cut at 23.976: two pictures and their sound. */
export function filmCut(): CutList {
  const rate = RATES['23.976'];
  const a = pictureSource('SCENE_07_TAKE_02_A', rate, '10:02:00:00');
  const b = pictureSource('SCENE_07_TAKE_02_B', rate, '10:02:00:06', { reel: 'B001', camera: 'B' });
  const sound = soundSource('SCENE_07_TAKE_02_AUDIO_MAIN', rate, '10:01:59:00');
  return list(
    rate,
    '01:00:00:00',
    [
      track('V1', [
        event(a, 0, 48, 12, rate),
        event(b, 48, 36, 54, rate),
        event(a, 96, 24, 200, rate, { enabled: false }),
      ]),
      track('A1', [event(sound, 0, 84, 36, rate)]),
    ],
    { markers: [{ frame: 48, duration: 1, name: 'Close-up', comment: 'Hold longer?', colour: 'green' }] },
  );
}

/** 29.97 DF, three picture tracks and two of sound, starting seven seconds before midnight and ending after it. */
export function midnightCut(): CutList {
  const rate = RATES['29.97df'];
  const a = pictureSource('A004C007_0712AB', rate, '23:59:50;00', { reel: 'A004C007_0712AB' });
  const b = pictureSource('A004C008_0712AB', rate, '23:59:59;20', { reel: 'A004C008_0712AB' });
  const none = pictureSource('Übersicht Hafen', rate, null, { reel: undefined });
  const boom = soundSource('night_boom', rate, '23:59:40;00');
  const lav = soundSource('night_lav', rate, '23:59:40;00', { reel: 'SR001' });
  return list(rate, '23:59:53;00', [
    track('V1', [event(a, 0, 210, 90, rate), event(b, 210, 120, 10, rate), event(a, 330, 30, 420, rate)], {
      transitions: [{ in: 200, out: 220, kind: 'dissolve', name: 'Cross Dissolve' }],
    }),
    track('V2', [
      event(none, 60, 45, 0, rate),
      event(null, 300, 60, 0, rate, { kind: 'title', name: 'THE END' }),
    ]),
    track('V3', [event(b, 220, 20, 40, rate, { speed: { num: 2, den: 1 } })]),
    track('A1', [event(boom, 0, 330, 390, rate)]),
    track('A2', [event(lav, 30, 300, 420, rate)]),
  ]);
}

/** Random straight cuts at every rate: picture at the sequence's rate, sound in samples, gaps anywhere, ranges inside the media. */
export function straightCuts(rates: readonly Rate[] = Object.values(RATES)): fc.Arbitrary<CutList> {
  return fc.constantFrom(...rates).chain((rate) => {
    const edit = fc.record({
      gap: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 1, max: 300 }),
      sourceIn: fc.integer({ min: 0, max: 500 }),
      media: fc.integer({ min: 0, max: 5 }),
      enabled: fc.boolean(),
    });
    const names = ['V1', 'V2', 'V3', 'A1', 'A2', 'A4'];
    const edits = fc.tuple(...names.map(() => fc.array(edit, { maxLength: 8 })));
    const starts = fc.integer({ min: 0, max: framesPerDay(rate) - 1 });
    return fc
      .record({ start: starts, media: starts, edits, present: fc.subarray(names, { minLength: 1 }) })
      .map((drawn): CutList => {
        const source = (type: string, n: number): CutSource =>
          type === 'V'
            ? pictureSource(`P${n}`, rate, null, { start: drawn.media + n, reel: `CAMERA ${n} ROLL` })
            : soundSource(`S${n}`, rate, '00:00:00:00', {
                start: framesToSamples(drawn.media + n, rate, 48000),
              });
        const tracks = names.map((name, at) => {
          let end = 0;
          const events = drawn.edits[at]!.map(({ gap, length, sourceIn, media, enabled }) => {
            end += gap + length;
            return event(source(name[0]!, media), end - length, length, sourceIn, rate, { enabled });
          });
          return track(name, events);
        });
        const kept = tracks.filter((each) => drawn.present.includes(each.name));
        return { ...list(rate, '00:00:00:00', kept), start: drawn.start };
      });
  });
}

export function handoff(clips: Clip[]): Handoff {
  return {
    kind: 'handoff',
    version: 1,
    revision: 1,
    production: { title: 'Harbour Lights' },
    shootDays: [],
    roots: [...new Set(clips.map((each) => each.root))].map((name) => ({ name })),
    clips,
    log: { sheets: [], entries: [] },
    transcripts: [],
    history: [],
  };
}

export function clip(path: string, tech: Clip['tech'], fields: Partial<Clip> = {}): Clip {
  return {
    id: `id of ${path}`,
    kind: 'picture',
    root: 'main',
    path,
    size: 1,
    identity: {},
    tech,
    pick: 'unknown',
    soundKind: 'unknown',
    ...fields,
  };
}

export function snapshot(rate: Rate, tracks: SequenceTrack[]): SequenceSnapshot {
  return {
    kind: 'sequence',
    version: 1,
    editor: 'premiere',
    editorVersion: '26.0',
    id: 'seq',
    name: 'Harbour Lights',
    rate,
    start: frameOf('01:00:00:00', rate),
    size: { width: 1920, height: 1080 },
    tracks,
    markers: [],
  };
}

export function sequenceTrack(name: string, items: SequenceItem[]): SequenceTrack {
  const type = name[0] === 'V' ? 'video' : 'audio';
  return { type, index: Number(name.slice(1)), name, enabled: true, items, transitions: [] };
}

export function item(
  file: string | null,
  record: [number, number],
  source: [number, number],
  rate: Rate,
): SequenceItem {
  return {
    id: `item ${record[0]}`,
    kind: 'clip',
    name: file ?? 'item',
    in: record[0],
    out: record[1],
    source: {
      file,
      name: file?.split(/[\\/]/).at(-1) ?? 'item',
      rate,
      in: source[0],
      out: source[1],
      start: null,
      duration: null,
    },
    speed: { num: 1, den: 1 },
    enabled: true,
  };
}
