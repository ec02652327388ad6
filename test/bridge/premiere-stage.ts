/** A stage for the Premiere tests: media that exists only as facts, the shipped bundle, and steps written short. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  openStandin,
  type MediaFacts,
  type Misbehaviour,
  type OpenStandin,
} from '../../bridge/hosts/standin.ts';
import { cutSequence, type SequenceCut } from '../../host/standin/premiere/edit.ts';
import type { PremiereOptions } from '../../bridge/premiere/editor.ts';
import type { ClipTarget, LabelName, Marker, Metadata, Step } from '../../manifest/documents/plan.ts';
import type { Rate } from '../../manifest/documents/rate.ts';
import { framesToTicks } from '../../manifest/time/ticks.ts';
import { RATES } from '../../manifest/time/rate.ts';

/** `BATON_DIST` names another build than `dist/`. */
const DIST = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
export const BUNDLE = join(DIST, 'host', 'premiere.jsx');

/** `start` and `duration` in frames at `rate`. */
export function picture(rate: Rate, start: number | null, duration: number): MediaFacts {
  return {
    startTicks: start === null ? null : framesToTicks(start, rate),
    durationTicks: framesToTicks(duration, rate),
    ticksPerFrame: framesToTicks(1, rate),
    hasVideo: true,
    hasAudio: true,
    drop: rate.drop,
  };
}

/** `start` and `duration` in samples at 48 kHz. */
export function sound(start: number | null, duration: number): MediaFacts {
  const rate = { num: 48000, den: 1, drop: false };
  return {
    startTicks: start === null ? null : framesToTicks(start, rate),
    durationTicks: framesToTicks(duration, rate),
    ticksPerFrame: null,
    hasVideo: false,
    hasAudio: true,
  };
}

const hour = (rate: Rate) => Math.round(rate.num / rate.den) * 3600;

/** Media every test may import. */
export const MEDIA: Record<string, MediaFacts> = {
  '/Shoot/A001.mov': picture(RATES['23.976'], hour(RATES['23.976']), 2400),
  '/Shoot/A002.mov': picture(RATES['23.976'], hour(RATES['23.976']) + 5000, 2400),
  '/Shoot/A003.mov': picture(RATES['25'], 25 * 3600 * 11, 2500),
  '/Shoot/DF.mov': picture(RATES['29.97df'], 107892, 3600),
  '/Shoot/HFR.mov': picture(RATES['59.94'], 60 * 3600 * 12, 6000),
  '/Shoot/S001.wav': sound(48000 * 3600, 48000 * 100),
};

export interface Stage extends OpenStandin {
  /** Facts by path; a test may add its own. */
  media: Record<string, MediaFacts>;
}

export interface StageOptions {
  misbehaviour?: Misbehaviour;
  state?: unknown;
  media?: Record<string, MediaFacts>;
  wire?: Partial<PremiereOptions>;
}

export function stage(options: StageOptions = {}): Stage {
  const media = { ...MEDIA, ...options.media };
  const open = openStandin({
    bundle: BUNDLE,
    media: (path) => (Object.hasOwn(media, path) ? media[path]! : null),
    ...(options.state === undefined ? {} : { state: options.state }),
    ...(options.misbehaviour ? { misbehaviour: options.misbehaviour } : {}),
    ...(options.wire ? { wire: options.wire } : {}),
  });
  return { ...open, media };
}

let next = 0;
const base = () => ({ id: `step-${++next}`, why: 'test', undoable: false });

export function clip(file: string, item?: string): ClipTarget {
  const target: ClipTarget = { clip: `clip-${file}`, path: file.replace(/^\/Shoot\//, ''), file };
  return item === undefined ? target : { ...target, item };
}
export function makeBin(...bin: string[]): Step {
  return { ...base(), kind: 'make-bin', target: { bin }, after: { bin } };
}
export function importTo(file: string, ...bin: string[]): Step {
  return { ...base(), kind: 'import', target: clip(file), after: { bin } };
}
export function move(file: string, from: string[], to: string[]): Step {
  return { ...base(), kind: 'move', target: clip(file), before: { bin: from }, after: { bin: to } };
}
export function label(file: string, name: LabelName): Step {
  return { ...base(), kind: 'set-label', target: clip(file), after: { label: name } };
}
export function metadata(file: string, values: Metadata): Step {
  return { ...base(), kind: 'set-metadata', target: clip(file), after: { metadata: values } };
}
export function note(rate: Rate, frame: number, more: Partial<Marker> = {}): Marker {
  return {
    id: `note-${frame}`,
    frame,
    duration: 1,
    rate,
    name: 'Note',
    comment: 'Good one',
    colour: 'blue',
    ...more,
  };
}
export function addMarker(file: string, marker: Marker): Step {
  return { ...base(), kind: 'add-marker', target: clip(file), after: { marker } };
}
export function updateMarker(file: string, before: Marker, marker: Marker): Step {
  return {
    ...base(),
    kind: 'update-marker',
    target: clip(file),
    before: { marker: before },
    after: { marker },
  };
}

/** Applies, and gives each step's result word. */
export async function words(open: OpenStandin, steps: Step[]): Promise<string[]> {
  return (await open.editor.apply(steps)).map(({ result, reason }) =>
    reason ? `${result}: ${reason}` : result,
  );
}

export const SIZE = { width: 1920, height: 1080 };

/** A stage whose project holds every medium and one sequence made of them. */
export async function cutStage(
  cut: Omit<SequenceCut, 'name' | 'size'>,
  options: StageOptions = {},
): Promise<Stage & { id: string }> {
  const open = stage(options);
  await words(
    open,
    Object.keys(open.media).map((file) => importTo(file)),
  );
  const state = open.state();
  const sequence = cutSequence(state, { name: 'Cut 1', size: SIZE, ...cut });
  return { ...stage({ ...options, state }), id: sequence.id };
}
