import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import { plan } from '../../manifest/plan.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { emptyProject, perfectlyApplied, recorded } from '../fixtures/editor.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

const planned = (manifest: Handoff, project: ProjectSnapshot) =>
  plan(manifest, project, { roots: { media: '/Volumes/SHOOT' } });
const take = (scene: string, number: string, tc: string) =>
  picture({ path: `A/${scene}_${number}.mov`, scene, take: number, tc });

/** A manifest that knows a project, with the editor's ids of the bins in its receipt. */
function imported(manifest: Handoff, before = emptyProject()) {
  const made = planned(manifest, before);
  const project = perfectlyApplied(before, made.steps);
  const known = recorded(manifest, made, project);
  const { receipt } = known.history.at(-1) as unknown as { receipt: { steps: Record<string, unknown>[] } };
  for (const step of receipt.steps) {
    if (step['kind'] !== 'make-bin') continue;
    const { bin } = step['target'] as { bin: string[] };
    step['item'] = project.bins.find(({ path }) => path.join('/') === bin.join('/'))!.id;
  }
  return { project, manifest: known };
}

/** The editor's hand: a bin, and all that is in it, under another path. */
function rename(project: ProjectSnapshot, from: string[], to: string[]): void {
  const moved = (path: string[]) =>
    from.every((name, depth) => path[depth] === name) ? [...to, ...path.slice(from.length)] : path;
  for (const bin of project.bins) bin.path = moved(bin.path);
  for (const item of project.items) item.bin = moved(item.bin);
}

const day = [take('7', '3', '10:00:00:00'), take('8', '1', '11:00:00:00')];
const where = (project: ProjectSnapshot) => project.items.map(({ bin }) => bin.join('/'));

describe("tomorrow's dailies", () => {
  it('add only what is new, and leave what the editor moved', () => {
    const { project, manifest } = imported(handoff(day));
    project.bins.push({ id: 'mine', path: ['Selects'] });
    project.items[0]!.bin = ['Selects'];
    const next = { ...manifest, clips: [...manifest.clips, take('7', '4', '10:10:00:00')] };
    const made = planned(next, project);
    expect(made.steps.map(({ kind }) => kind)).toEqual(['make-bin', 'import', 'set-label', 'set-metadata']);
    expect(made.kept).toMatchObject([{ what: 'move', why: expect.stringContaining('moved to Selects') }]);
    expect(planned(next, perfectlyApplied(project, made.steps)).steps).toEqual([]);
  });

  it('go into a bin that was renamed since, and the plan says what it is called now', () => {
    const { project, manifest } = imported(handoff(day));
    rename(project, ['Scenes', '07'], ['Scenes', 'Scene 7 Kitchen']);
    expect(planned(manifest, project)).toMatchObject({ steps: [], kept: [] });
    const next = { ...manifest, clips: [...manifest.clips, take('7', '4', '10:10:00:00')] };
    const made = planned(next, project);
    expect(made.steps.filter(({ kind }) => kind === 'make-bin').map(({ after }) => after)).toEqual([
      { bin: ['Scenes', 'Scene 7 Kitchen', 'Take 04'] },
    ]);
    expect(made.steps.find(({ kind }) => kind === 'import')!.why).toBe(
      'A/7_4.mov is not in the project yet. Scenes/07 is called Scene 7 Kitchen now.',
    );
    expect(planned(next, perfectlyApplied(project, made.steps)).steps).toEqual([]);
  });

  it('follow a bin that was moved elsewhere, and one inside a renamed one that was renamed too', () => {
    const { project, manifest } = imported(handoff(day));
    rename(project, ['Scenes', '07', 'Take 03'], ['Scenes', '07', 'Best']);
    rename(project, ['Scenes', '07'], ['Kitchen']);
    expect(planned(manifest, project)).toMatchObject({ steps: [], kept: [] });
    const next = { ...manifest, clips: [...manifest.clips, take('7', '4', '10:10:00:00')] };
    const made = planned(next, project);
    expect(made.steps.find(({ kind }) => kind === 'import')).toMatchObject({
      after: { bin: ['Kitchen', 'Take 04'] },
      why: 'A/7_4.mov is not in the project yet. Scenes/07 is called Kitchen now.',
    });
  });

  it('make a bin anew that was deleted, and take one of the old name that another hand made', () => {
    const { project, manifest } = imported(handoff(day));
    project.bins = project.bins.filter(({ path }) => path[1] !== '07');
    project.bins.push({ id: 'other', path: ['Scenes', '07'] });
    project.items.shift();
    const made = planned(manifest, project);
    expect(made.steps.filter(({ kind }) => kind === 'make-bin').map(({ after }) => after)).toEqual([
      { bin: ['Scenes', '07', 'Take 03'] },
    ]);
  });

  it('a clip whose scene was corrected goes to its new scene out of a renamed bin', () => {
    const { project, manifest } = imported(handoff(day));
    rename(project, ['Scenes', '07'], ['Scenes', 'Kitchen']);
    const clips = manifest.clips.map((clip, at) =>
      at === 0 ? { ...clip, identity: { ...clip.identity, scene: '8' } } : clip,
    );
    const made = planned({ ...manifest, clips }, project);
    expect(made.kept).toEqual([]);
    expect(where(perfectlyApplied(project, made.steps))).toEqual(['Scenes/08/Take 03', 'Scenes/08/Take 01']);
  });
});

it('taking it back takes items out of a renamed bin, and leaves the bin, which is the editor’s now', () => {
  const { project, manifest } = imported(handoff(day));
  rename(project, ['Scenes', '07'], ['Scenes', 'Kitchen']);
  const made = revertPlan(revertable(manifest, project.project.id), project, { imported: 'remove' });
  expect(made.kept).toEqual([]);
  const after = perfectlyApplied(project, made.steps);
  expect(after.items).toEqual([]);
  expect(after.bins.map(({ path }) => path.join('/'))).toEqual([
    'Scenes',
    'Scenes/Kitchen',
    'Scenes/Kitchen/Take 03',
  ]);
});
