import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { plan } from '../../manifest/plan.ts';
import { revertable, revertPlan, type ImportedItems } from '../../manifest/revert.ts';
import { emptyProject, perfectlyApplied, recorded } from '../fixtures/editor.ts';
import { entry, handoff, picture, sound } from '../fixtures/handoff.ts';

const roots = { media: '/Volumes/SHOOT' };
const planned = (manifest: Handoff, project: ProjectSnapshot) => plan(manifest, project, { roots });

/** A picture that was in the project before, coloured and annotated by the editor, and one that was not. */
function day(): Handoff {
  const clips = [
    picture({ path: 'A/one.mov', scene: '7', take: '3', tc: '10:00:00:00', clip: { pick: 'circled' } }),
    picture({ path: 'A/two.mov', scene: '7', take: '4', tc: '11:00:00:00', clip: { pick: 'alternate' } }),
    sound({ path: 'S/one.wav', scene: '7', take: '3', tc: '10:00:00:00' }),
  ];
  const notes = [{ id: 'n1', kind: 'script' as const, text: 'boom', timecode: '10:00:01:00' }];
  return handoff(clips, {
    log: { sheets: [], entries: [entry({ row: 2, clips: [clips[0]!.id], notes })] },
  });
}

function begun(manifest: Handoff): ProjectSnapshot {
  const project = emptyProject();
  project.bins.push({ id: 'bin-mine', path: ['Mine'] });
  const clip = manifest.clips[0]!;
  project.items.push({
    id: 'item-old',
    name: 'one.mov',
    file: `${roots.media}/${clip.path}`,
    bin: ['Mine'],
    kind: 'clip',
    offline: false,
    label: 'Mango',
    metadata: { scene: 'opening', note: 'mine' },
    markers: [],
  });
  return project;
}

/** Imports, and gives the project and the manifest that knows of it. */
function imported(manifest: Handoff, project: ProjectSnapshot) {
  const made = planned(manifest, project);
  const after = perfectlyApplied(project, made.steps);
  return { project: after, manifest: recorded(manifest, made, after), plan: made };
}

function reverted(manifest: Handoff, project: ProjectSnapshot, how: ImportedItems = 'gather') {
  const receipts = revertable(manifest, project.project.id);
  const made = revertPlan(receipts, project, { imported: how });
  const after = perfectlyApplied(project, made.steps);
  return {
    project: after,
    manifest: recorded(manifest, made, after),
    plan: made,
  };
}

/** What a person would compare: an empty field and no field are the same to an editor. */
function looks(project: ProjectSnapshot) {
  return {
    bins: project.bins.map((bin) => bin.path.join('/')).sort(),
    items: project.items
      .map(({ file, bin, label, metadata, markers }) => ({
        file,
        bin,
        label,
        metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== '')),
        markers,
      }))
      .sort((a, b) => (a.file! < b.file! ? -1 : 1)),
  };
}

const count = (made: Plan, kind: string) => made.steps.filter((step) => step.kind === kind).length;

describe('taking an import back', () => {
  it('puts labels, fields and places back, takes markers off, and removes the bins it made', () => {
    const manifest = day();
    const before = begun(manifest);
    const done = imported(manifest, before);
    expect(done.project.items).toHaveLength(3);
    const undone = reverted(done.manifest, done.project, 'remove');
    expect(looks(undone.project)).toEqual(looks(before));
    expect(undone.plan.blocked).toEqual([]);
    expect(undone.plan.kept).toEqual([]);
  });

  it('gathers what Baton imported into one bin, so that a sequence keeps its clips', () => {
    const done = imported(day(), emptyProject());
    const undone = reverted(done.manifest, done.project);
    expect(undone.project.items.map((item) => item.bin)).toEqual([
      ['_Reverted'],
      ['_Reverted'],
      ['_Reverted'],
    ]);
    expect(undone.project.bins.map((bin) => bin.path)).toEqual([['_Reverted']]);
  });

  it('leaves alone what the editor changed since, and says so', () => {
    const manifest = day();
    const done = imported(manifest, begun(manifest));
    const [one, two] = done.project.items as [ProjectSnapshot['items'][0], ProjectSnapshot['items'][0]];
    one.label = 'Rose';
    one.metadata = { ...one.metadata, scene: '8' };
    one.markers = one.markers.map((marker) => ({ ...marker, comment: 'mine now' }));
    two.bin = ['Mine'];
    const undone = reverted(done.manifest, done.project, 'remove');
    expect(undone.plan.kept.map((kept) => kept.what).sort()).toEqual([
      'remove-item',
      'remove-marker',
      'set-label',
      'set-metadata',
    ]);
    const after = undone.project.items.find((item) => item.id === one.id)!;
    expect(after.label).toBe('Rose');
    expect(after.metadata.scene).toBe('8');
    expect(after.metadata.note).toBe('mine');
    expect(after.markers.map((marker) => marker.comment)).toEqual(['mine now']);
    expect(undone.project.items.some((item) => item.id === two.id)).toBe(true);
  });

  it('keeps a bin that holds something of the editor’s', () => {
    const done = imported(day(), emptyProject());
    done.project.items.push({
      ...done.project.items[0]!,
      id: 'mine',
      file: '/mine.mov',
      bin: ['Scenes', '07'],
    });
    const bins = reverted(done.manifest, done.project).project.bins.map((bin) => bin.path.join('/'));
    expect(bins.sort()).toEqual(['Scenes', 'Scenes/07', '_Reverted']);
  });

  it('says first what is gone and so cannot be taken back', () => {
    const done = imported(day(), emptyProject());
    done.project.items.shift();
    const { plan: made } = reverted(done.manifest, done.project);
    expect(made.blocked.map((blocked) => blocked.path)).toEqual(['A/one.mov']);
  });

  it('is planned once: a second revert finds nothing, and a new import does it all again', () => {
    const done = imported(day(), emptyProject());
    const undone = reverted(done.manifest, done.project);
    expect(revertable(undone.manifest, undone.project.project.id)).toEqual([]);
    const again = imported(undone.manifest, undone.project);
    expect(count(again.plan, 'import')).toBe(0);
    expect(count(again.plan, 'move')).toBe(3);
    expect(looks(again.project).items).toEqual(looks(done.project).items);
    expect(planned(again.manifest, again.project).steps).toEqual([]);
  });

  it('takes two imports back to what stood before the first', () => {
    const manifest = day();
    const before = begun(manifest);
    const first = imported(manifest, before);
    const changed: Handoff = {
      ...first.manifest,
      clips: first.manifest.clips.map((clip) => ({ ...clip, pick: 'rejected' as Clip['pick'] })),
    };
    const second = imported(changed, first.project);
    const undone = reverted(second.manifest, second.project, 'remove');
    expect(looks(undone.project)).toEqual(looks(before));
  });

  it('says nothing of another project’s receipts', () => {
    const done = imported(day(), emptyProject());
    expect(revertable(done.manifest, 'another')).toEqual([]);
  });

  const words = fc.array(
    fc.record({
      scene: fc.constantFrom('1', '2A'),
      take: fc.constantFrom('1', '2'),
      pick: fc.constantFrom('circled', 'rejected', 'alternate', 'unknown'),
      there: fc.boolean(),
      label: fc.constantFrom(null, 'Mango', 'circled'),
      note: fc.option(fc.string(), { nil: undefined }),
    }),
    { maxLength: 10 },
  );

  it('gives back the project it began with, whatever that was', () => {
    fc.assert(
      fc.property(words, (list) => {
        const clips = list.map((each, index) =>
          picture({
            ...each,
            path: `A/${index}.mov`,
            tc: '10:00:00:00',
            clip: { pick: each.pick as Clip['pick'] },
          }),
        );
        const entries = clips.map((clip, row) =>
          entry({
            row,
            clips: [clip.id],
            notes: [{ id: `n${row}`, kind: 'script', text: 'x', offset: row }],
          }),
        );
        const manifest = handoff(clips, { log: { sheets: [], entries } });
        const before = emptyProject();
        list.forEach((each, index) => {
          if (!each.there) return;
          before.items.push({
            id: `old-${index}`,
            name: 'x',
            file: `${roots.media}/A/${index}.mov`,
            bin: [],
            kind: 'clip',
            offline: false,
            label: each.label,
            metadata: each.note ? { note: each.note } : {},
            markers: [],
          });
        });
        const done = imported(manifest, before);
        const undone = reverted(done.manifest, done.project, 'remove');
        expect(looks(undone.project)).toEqual(looks(before));
        expect(
          revertPlan(revertable(done.manifest, 'project-1'), undone.project, { imported: 'remove' }).steps,
        ).toEqual([]);
      }),
    );
  });
});
