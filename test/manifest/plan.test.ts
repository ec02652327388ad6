import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { plan } from '../../manifest/plan.ts';
import { emptyProject, perfectlyApplied, recorded } from '../fixtures/editor.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';

const roots = { media: '/Volumes/SHOOT' };
const planned = (manifest: Handoff, project: ProjectSnapshot | null = null) =>
  plan(manifest, project, { roots });

function day(): Handoff {
  const p = picture({
    path: 'A/SCENE_07_TAKE_03.mov',
    scene: '07',
    take: '3',
    camera: 'A',
    tc: '10:00:00:00',
    clip: { pick: 'circled' },
  });
  return handoff(
    [
      p,
      sound({ path: 'S/7-3.wav', scene: '7', take: '3', tc: '10:00:00:00' }),
      picture({ path: 'A/odd.mov', tc: '12:00:00:00' }),
      picture({
        path: 'A/SCENE_07_TAKE_04_DO_NOT_USE.mov',
        scene: '7',
        take: '4',
        clip: { pick: 'rejected' },
      }),
      sound({ path: 'S/wt.wav', clip: { soundKind: 'wild' } }),
      { ...picture({ path: 'G/title.png' }), kind: 'graphic' as const, tech: {} },
      { ...picture({ path: 'D/script.pdf' }), kind: 'document' as const, tech: {} },
    ],
    {
      log: {
        sheets: [],
        entries: [
          entry({
            row: 2,
            clips: [p.id],
            notes: [
              { id: 'n1', kind: 'script', text: 'boom', timecode: '10:00:01:00' },
              { id: 'n2', kind: 'director', text: 'lovely', timecode: '10:00:01:00' },
              { id: 'n3', kind: 'note', text: 'whole take' },
            ],
          }),
        ],
      },
    },
  );
}

describe('the dry run', () => {
  it('says fields in words, never by their key', () => {
    const wav = sound({ path: 'S/1.wav', clip: { identity: { scene: '1', soundRoll: 'SR1' } } });
    const said = planned(handoff([wav])).steps.filter(({ kind }) => kind === 'set-metadata');
    expect(said.map(({ why }) => why)).toEqual(['The handoff says scene, sound roll, description.']);
  });

  it('puts picture and its sound into one bin by scene and take, the rest where it belongs', () => {
    const bins = planned(day()).steps.flatMap((step) =>
      step.kind === 'import' ? [[step.target.path, step.after.bin.join('/')]] : [],
    );
    expect(Object.fromEntries(bins)).toEqual({
      'A/SCENE_07_TAKE_03.mov': 'Scenes/07/Take 03',
      'S/7-3.wav': 'Scenes/07/Take 03',
      'A/odd.mov': 'Unsorted',
      'A/SCENE_07_TAKE_04_DO_NOT_USE.mov': '_Rejected',
      'S/wt.wav': 'Sound/Wild',
      'G/title.png': 'Graphics',
    });
  });

  it('makes each bin once, parents first, and only those it needs', () => {
    const bins = planned(day()).steps.flatMap((step) =>
      step.kind === 'make-bin' ? [step.target.bin.join('/')] : [],
    );
    expect(bins).toEqual([
      'Graphics',
      'Scenes',
      'Scenes/07',
      'Scenes/07/Take 03',
      'Sound',
      'Sound/Wild',
      'Unsorted',
      '_Rejected',
    ]);
  });

  it('says what it cannot import and why', () => {
    expect(planned(day()).blocked).toMatchObject([
      { path: 'D/script.pdf', why: expect.stringContaining('.pdf') },
    ]);
    const elsewhere = plan(day(), null, { roots: {} });
    expect(elsewhere.steps).toEqual([]);
    expect(elsewhere.blocked[0]!.why).toContain('--root media=PATH');
  });

  it('merges notes at one frame into one marker and keeps every word', () => {
    const markers = planned(day()).steps.flatMap((step) =>
      step.kind === 'add-marker' ? [step.after.marker] : [],
    );
    expect(markers.map(({ frame, name, comment }) => [frame, name, comment])).toEqual([
      [0, 'Note', 'whole take'],
      [24, 'Script + Director', 'Script: boom\nDirector: lovely'],
    ]);
  });

  it('gives a step the same id in every run, whatever the machine', () => {
    const manifest = day();
    const ids = planned(manifest).steps.map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(plan(manifest, null, { roots: { media: 'D:\\SHOOT' } }).steps.map((step) => step.id)).toEqual(ids);
  });

  it('finds items by path whatever the separators, case and Unicode form say', () => {
    const manifest = day();
    const windows = { roots: { media: 'D:\\SHOOT' } };
    const done = perfectlyApplied(emptyProject(), plan(manifest, null, windows).steps);
    for (const item of done.items) item.file = item.file!.replaceAll('\\', '/').toUpperCase();
    expect(plan(manifest, done, windows).steps).toEqual([]);
  });

  it('20,000 clips plan at once', () => {
    const clips = Array.from({ length: 20_000 }, (_, index) =>
      picture({ path: `A/${index}.mov`, scene: String(index % 300), take: String(index), tc: '10:00:00:00' }),
    );
    expect(planned(handoff(clips)).counts['import']).toBe(20_000);
  });

  it('no clips, no steps', () => {
    expect(planned(handoff([])).steps).toEqual([]);
  });
});

describe('what the editor did since stays', () => {
  const manifest = day();
  const first = planned(manifest, emptyProject());
  const project = perfectlyApplied(emptyProject(), first.steps);
  const known = recorded(manifest, first, project);
  const path = 'A/SCENE_07_TAKE_03.mov';
  const changed = (change: (item: ProjectSnapshot['items'][number]) => void) => {
    const next = structuredClone(project);
    change(next.items.find((item) => item.name === path)!);
    return planned(known, next);
  };

  it('a clip moved, a label or a field changed, a marker edited or deleted: kept and said', () => {
    for (const change of [
      (item) => (item.bin = ['My selects']),
      (item) => (item.label = 'Mango'),
      (item) => (item.metadata.scene = '7B'),
      (item) => (item.markers[0]!.comment = 'better words'),
      (item) => (item.markers = item.markers.slice(1)),
    ] satisfies ((item: ProjectSnapshot['items'][number]) => unknown)[]) {
      const again = changed(change);
      expect(again.steps).toEqual([]);
      expect(again.kept).toHaveLength(1);
      expect(again.kept[0]!.path).toBe(path);
    }
  });

  it('another project knows nothing of it', () => {
    const other = { ...structuredClone(project), project: { id: 'project-2', name: 'Other' } };
    other.items.find((item) => item.name === path)!.bin = ['My selects'];
    expect(planned(known, other).steps.map((step) => step.kind)).toEqual(['move']);
  });

  it('a clip deleted from the project comes back whole', () => {
    const next = structuredClone(project);
    next.items = next.items.filter((item) => item.name !== path);
    const kinds = planned(known, next).steps.map((step) => step.kind);
    expect(kinds).toEqual(['import', 'set-label', 'set-metadata', 'add-marker', 'add-marker']);
  });

  it('an edited note updates its marker, and nothing else', () => {
    const edited = structuredClone(known);
    edited.log.entries[0]!.notes[2]!.text = 'the whole take is good';
    const steps = planned(edited, project).steps;
    expect(steps.map((step) => step.kind)).toEqual(['set-metadata', 'update-marker']);
    expect(steps[1]).toMatchObject({
      before: { marker: { comment: 'whole take' } },
      after: { marker: { comment: 'the whole take is good' } },
    });
  });
});

describe('laws', () => {
  const clips = fc.array(
    fc.record({
      scene: fc.option(fc.constantFrom('1', '01', '2A'), { nil: undefined }),
      take: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      pick: fc.constantFrom('circled', 'rejected', 'alternate', 'unknown'),
      kind: fc.constantFrom('picture', 'sound', 'graphic'),
      broll: fc.boolean(),
      notes: fc.array(fc.record({ offset: fc.nat({ max: 300 }), text: fc.string() }), { maxLength: 3 }),
      tc: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  const build = (words: ReturnType<typeof fc.sample<never>> | unknown[]): Handoff => {
    const list = words as {
      scene?: string;
      take?: string;
      pick: Clip['pick'];
      kind: Clip['kind'];
      broll: boolean;
      notes: { offset: number; text: string }[];
      tc: boolean;
    }[];
    const made = list.map(({ scene, take, pick, kind, broll, tc }, index) => {
      const make = kind === 'sound' ? sound : picture;
      return {
        ...make({
          path: `${index}.${kind === 'graphic' ? 'png' : 'mov'}`,
          ...(scene ? { scene } : {}),
          ...(take ? { take } : {}),
          ...(tc ? { tc: '10:00:00:00' } : {}),
        }),
        kind,
        pick,
        ...(broll ? { broll } : {}),
      };
    });
    const entries = list.map((each, index) =>
      entry({
        row: index + 2,
        clips: [made[index]!.id],
        notes: each.notes.map((note, nth) => ({ id: `n${index}.${nth}`, kind: 'note' as const, ...note })),
      }),
    );
    return handoff(made, { log: { sheets: [], entries } });
  };

  it('planning against what a plan produced gives no steps', () => {
    fc.assert(
      fc.property(clips, (words) => {
        const manifest = build(words);
        const project = perfectlyApplied(emptyProject(), planned(manifest).steps);
        expect(planned(manifest, project).steps).toEqual([]);
      }),
    );
  });

  it('applying part of a plan and planning again gives the rest', () => {
    fc.assert(
      fc.property(clips, fc.nat(), (words, seed) => {
        const manifest = build(words);
        const { steps } = planned(manifest);
        const done = seed % (steps.length + 1);
        const half = perfectlyApplied(emptyProject(), steps.slice(0, done));
        const rest = planned(manifest, half).steps;
        const whole = perfectlyApplied(half, rest);
        expect(planned(manifest, whole).steps).toEqual([]);
        const ids = new Set(steps.map((step) => step.id));
        // Every step left is one of the first plan's, but for fields: what is written already is not written again.
        for (const step of rest) if (step.kind !== 'set-metadata') expect(ids.has(step.id)).toBe(true);
        expect(whole.items).toHaveLength(perfectlyApplied(emptyProject(), steps).items.length);
      }),
    );
  });

  it('notes in = note lines in markers, plus those that lie outside their clip', () => {
    fc.assert(
      fc.property(clips, (words) => {
        const manifest = build(words);
        const inside = manifest.log.entries.flatMap((each) => {
          const clip = manifest.clips.find(({ id }) => id === each.clips[0])!;
          return each.notes.filter((note) => note.offset! < (clip.tech.durationFrames ?? 240));
        });
        const markers = planned(manifest).steps.flatMap((step) =>
          step.kind === 'add-marker' ? [step.after.marker] : [],
        );
        for (const note of inside)
          expect(markers.some((marker) => marker.comment.split('\n').join('\n').includes(note.text))).toBe(
            true,
          );
        expect(new Set(markers.map((marker) => marker.id)).size).toBe(markers.length);
      }),
    );
  });
});
