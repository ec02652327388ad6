/** Clips of several files: their facts, their frames, and what an editor gets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble, type ReadPart } from '../../../manifest/cards/group/assemble.ts';
import { editorClips } from '../../../manifest/cards/group/files.ts';
import { framePaths, sequenceOf } from '../../../manifest/cards/group/frames.ts';
import { clipFinder } from '../../../manifest/cutsource.ts';
import type { Clip, Handoff } from '../../../manifest/documents/handoff.ts';
import { plan } from '../../../manifest/plan.ts';
import { RATES } from '../../../manifest/time/rate.ts';
import { handoff, picture } from '../../fixtures/handoff.ts';
import { PARTS, chapters } from './parts-stage.ts';

const part = (path: string, number: number, more: Partial<ReadPart> = {}): ReadPart => ({
  path,
  size: 1000 * number,
  number,
  witness: {},
  ...more,
  tech: { rate: RATES['25'], durationFrames: 50, ...more.tech },
});

describe('facts of several files', () => {
  it('start of the first, lengths of all', () => {
    const parts = [
      part('1', 1, { tech: { startTc: '10:00:00:00' } }),
      part('2', 2, { tech: { startTc: '10:00:02:00', durationFrames: 25 } }),
    ];
    const { tech, parts: kept } = assemble(parts[0]!, parts, undefined, []);
    expect(tech).toMatchObject({ startTc: '10:00:00:00', durationFrames: 75 });
    expect(kept).toEqual([
      { path: '1', size: 1000, number: 1, startTc: '10:00:00:00', durationFrames: 50 },
      { path: '2', size: 2000, number: 2, startTc: '10:00:02:00', durationFrames: 25 },
    ]);
  });

  it('a length nobody knows makes no sum', () => {
    const parts = [part('1', 1), { ...part('2', 2), tech: {} }];
    expect(assemble(parts[0]!, parts, undefined, []).tech.durationFrames).toBeUndefined();
  });

  it('sound essences are channels, not length', () => {
    const mono = (path: string, number: number): ReadPart => ({
      ...part(path, number),
      essence: 'sound',
      tech: { channels: 1, sampleRate: 48000, durationSamples: 96000 },
    });
    const parts = [part('v', 1), mono('a0', 1), mono('a1', 2)];
    expect(assemble(parts[0]!, parts, undefined, []).tech).toMatchObject({
      durationFrames: 50,
      channels: 2,
      sampleRate: 48000,
    });
  });

  it('a part that cannot be read makes the clip’s problem, with its name', () => {
    const parts = [
      part('1', 1),
      part('2', 2, { problem: { code: 'empty-file', message: 'it is 0 bytes long' } }),
    ];
    expect(assemble(parts[0]!, parts, undefined, []).problem).toEqual({
      code: 'empty-file',
      message: '2: it is 0 bytes long',
    });
  });

  it('parts at two speeds are said', () => {
    const parts = [part('1', 1), part('2', 2, { tech: { rate: RATES['24'] } })];
    expect(assemble(parts[0]!, parts, undefined, []).disagreements).toEqual([
      { field: 'rate', counts: '25', other: '24', from: '2' },
    ]);
  });
});

describe('frames of a sequence', () => {
  it('those there are those listed, for any runs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2000), { minLength: 1, maxLength: 80 }), (numbers) => {
        const frames = numbers.toSorted((a, b) => a - b);
        const path = `a/b.${String(frames[0]).padStart(4, '0')}.dpx`;
        expect(framePaths(path, sequenceOf(frames, 4))).toEqual(
          frames.map((frame) => `a/b.${String(frame).padStart(4, '0')}.dpx`),
        );
      }),
    );
  });
});

const empty = {
  kind: 'project',
  version: 1,
  editor: 'premiere',
  editorVersion: '25',
  project: { id: 'p', name: 'P' },
  bins: [],
  items: [],
} as never;

describe('an editor', () => {
  const options = { roots: { media: '/m' } };
  const imports = (clip: Clip, ...entries: Handoff['log']['entries']) => {
    const document = { ...handoff([clip]), log: { sheets: [], entries } };
    return plan(document, empty, options).steps;
  };

  it('is given every chapter no editor joins, each with its own id and bin', () => {
    const steps = imports(chapters());
    const made = steps.filter(({ kind }) => kind === 'import');
    expect(made.map(({ target }) => ('path' in target ? target.path : ''))).toEqual(
      PARTS.map(({ path }) => path),
    );
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it('is given only the first file where it joins them itself', () => {
    const steps = imports(chapters({ card: 'red' }));
    expect(steps.filter(({ kind }) => kind === 'import')).toHaveLength(1);
  });

  it('has a note in the chapter it stands in, once', () => {
    const clip = chapters();
    const note = { id: 'n1', kind: 'director' as const, text: 'here', offset: 60 };
    const anywhere = { id: 'n2', kind: 'note' as const, text: 'whole take' };
    const entry = { id: 'e', sheet: 's', row: 2, notes: [note, anywhere], clips: [clip.id] };
    const markers = imports(clip, entry).flatMap((step) =>
      step.kind === 'add-marker'
        ? [[step.target.path, step.after.marker.frame, step.after.marker.comment]]
        : [],
    );
    expect(markers).toEqual([
      [PARTS[0]!.path, 0, 'whole take'],
      [PARTS[1]!.path, 10, 'here'],
    ]);
  });

  it('that names a chapter is understood: the clip, from that chapter’s own start', () => {
    const find = clipFinder(handoff([chapters()]), { media: '/m' });
    const source = (file: string) => ({
      name: 'x',
      file,
      rate: RATES['25'],
      in: 0,
      out: 1,
      start: null,
      duration: null,
    });
    expect(find(source('/m/D/GX020123.MP4'))).toMatchObject({
      clip: { path: PARTS[1]!.path, tech: { startTc: '10:00:02:00', durationFrames: 25 } },
      file: '/m/D/GX020123.MP4',
    });
  });

  it('is given an image sequence by its first frame and its range', () => {
    const clip = picture({ path: 'v/a.0001.exr', clip: { sequence: { first: 1, last: 9, digits: 4 } } });
    const [step] = imports(clip).filter(({ kind }) => kind === 'import');
    expect(step!.target).toMatchObject({ file: '/m/v/a.0001.exr', frames: { first: 1, last: 9, digits: 4 } });
  });

  it('a part without timecode of its own starts where the one before ends', () => {
    const parts = PARTS.map(({ startTc: _none, ...rest }) => rest);
    expect(editorClips(chapters({ parts })).map(({ tech }) => tech.startTc)).toEqual([
      '10:00:00:00',
      '10:00:02:00',
    ]);
  });
});
