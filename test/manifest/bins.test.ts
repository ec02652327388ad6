/** Where each clip goes under every layout of bins. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APART, binsOf, DEFAULT_POLICY, LAYOUTS, type BinPolicy } from '../../manifest/bins.ts';
import { emptyHandoff, type Clip, type Handoff } from '../../manifest/documents/handoff.ts';
import { plan } from '../../manifest/plan.ts';
import { sync } from '../../manifest/sync.ts';

const RATE = { num: 24, den: 1, drop: false };

function clip(id: string, more: Partial<Clip> = {}): Clip {
  return {
    id,
    kind: 'picture',
    root: 'media',
    path: `${id}.mov`,
    size: 10,
    identity: { scene: '7', take: '3', camera: 'a', reel: 'A004' },
    tech: { rate: RATE, startTc: '10:00:00:00', durationFrames: 240, recordedOn: '2026-03-14' },
    pick: 'good',
    soundKind: 'sync',
    ...more,
  } as Clip;
}

const sound = clip('sound', {
  kind: 'sound',
  path: 'sound.wav',
  identity: { scene: '7', take: '3' },
  tech: { sampleRate: 48000, startSamples: 36000 * 48000, durationSamples: 480000, channels: 2 },
});
const shoot: Handoff = {
  ...emptyHandoff('Bins'),
  roots: [{ name: 'media' }],
  rate: RATE,
  clips: [
    clip('take'),
    sound,
    clip('pier', { broll: true, identity: { place: 'Pier' } }),
    clip('card', { kind: 'graphic', identity: {} }),
    clip('out', { pick: 'rejected' }),
    clip('tune', { kind: 'music', identity: {} }),
    clip('lost', { identity: {} }),
    clip('nocam', { identity: { scene: '12b', take: '1' }, tech: {} }),
  ],
};

const laid = (policy: BinPolicy) =>
  Object.fromEntries([...binsOf(shoot, sync(shoot), policy)].map(([id, bin]) => [id, bin.join('/')]));

describe('bins', () => {
  it('by scene and take, with B-roll, graphics and rejected apart, where nothing is chosen', () => {
    expect(laid(DEFAULT_POLICY)).toEqual({
      take: 'Scenes/07/Take 03',
      sound: 'Scenes/07/Take 03',
      pier: 'B-roll/Pier',
      card: 'Graphics',
      out: '_Rejected',
      tune: 'Music',
      lost: 'Unsorted',
      nocam: 'Scenes/12B/Take 01',
    });
  });

  it.each([
    ['scene', 'Scenes/07', 'Scenes/12B'],
    ['day-scene', 'Days/2026-03-14/07', 'Days/No date/12B'],
    ['camera', 'Cameras/A/A004', 'Cameras/No camera'],
  ] as const)('%s', (scenes, take, nocam) => {
    expect(laid({ ...DEFAULT_POLICY, scenes })).toMatchObject({ take, sound: take, nocam });
  });

  it('a handoff of one day says which day its clips are of', () => {
    const oneDay = { ...shoot, shootDays: [{ id: 'd', date: '2026-03-15' }] };
    const bins = binsOf(oneDay, sync(oneDay), { ...DEFAULT_POLICY, scenes: 'day-scene' });
    expect([bins.get('take'), bins.get('nocam')]).toEqual([
      ['Days', '2026-03-14', '07'],
      ['Days', '2026-03-15', '12B'],
    ]);
  });

  it('what has no bins of its own lies with its scene', () => {
    expect(laid({ scenes: 'scene', apart: [] })).toMatchObject({
      out: 'Scenes/07',
      pier: 'Unsorted',
      card: 'Unsorted',
    });
  });

  it('sound apart keeps its scene and take below Sound', () => {
    expect(laid({ scenes: 'scene-take', apart: ['sound'] })).toMatchObject({ sound: 'Sound/07/Take 03' });
  });

  const policies = fc.record({ scenes: fc.constantFrom(...LAYOUTS), apart: fc.subarray([...APART]) });

  it('every clip has one bin under every policy, and planning again from any other moves it once', () => {
    fc.assert(
      fc.property(policies, policies, (from, to) => {
        const before = binsOf(shoot, sync(shoot), from);
        const after = binsOf(shoot, sync(shoot), to);
        expect([...after.keys()].sort()).toEqual(shoot.clips.map(({ id }) => id).sort());
        for (const bin of after.values())
          expect(bin.every((name) => name !== '' && !name.includes('/'))).toBe(true);
        const moved = shoot.clips.filter(({ id }) => before.get(id)!.join('/') !== after.get(id)!.join('/'));
        const made = plan(shoot, snapshotWith(before), { roots: { media: '/m' }, policy: to });
        expect(made.steps.filter((step) => step.kind === 'move')).toHaveLength(moved.length);
        if (isDeepStrictEqual(from, to)) expect(moved).toEqual([]);
      }),
    );
  });
});

function snapshotWith(bins: Map<string, string[]>) {
  return {
    kind: 'project' as const,
    version: 1 as const,
    editor: 'premiere' as const,
    editorVersion: '25.0',
    project: { id: 'p', name: 'P' },
    bins: [],
    items: shoot.clips.map(({ id, path }) => ({
      id: `item ${id}`,
      name: path,
      file: `/m/${path}`,
      bin: bins.get(id)!,
      kind: 'clip' as const,
      offline: false,
      label: null,
      metadata: { batonId: id },
      markers: [],
    })),
  };
}
