import { expect, it } from 'vitest';
import { plan } from '../../manifest/plan.ts';
import { revertable, revertPlan } from '../../manifest/revert.ts';
import { emptyProject, perfectlyApplied, recorded } from '../fixtures/editor.ts';
import { handoff, picture } from '../fixtures/handoff.ts';

it('what a sequence uses is kept when imports are removed, and the sequence is named', () => {
  const manifest = handoff([
    picture({ path: 'A/one.mov', scene: '7', take: '3', tc: '10:00:00:00' }),
    picture({ path: 'A/two.mov', scene: '7', take: '4', tc: '11:00:00:00' }),
  ]);
  const first = plan(manifest, emptyProject(), { roots: { media: '/Volumes/SHOOT' } });
  const project = perfectlyApplied(emptyProject(), first.steps);
  const after = recorded(manifest, first, project);
  project.items[0]!.usedIn = ['Cut 1', 'Cut 2'];
  const made = revertPlan(revertable(after, project.project.id), project, { imported: 'remove' });
  expect(made.kept).toMatchObject([
    {
      path: 'A/one.mov',
      what: 'remove-item',
      why: 'The sequences "Cut 1", "Cut 2" use it; it stays in the project.',
    },
  ]);
  expect(made.steps.filter(({ kind }) => kind === 'remove-item').map(({ target }) => target)).toMatchObject([
    { path: 'A/two.mov' },
  ]);
  const left = perfectlyApplied(project, made.steps);
  expect(left.items.map(({ file }) => file)).toEqual(['/Volumes/SHOOT/A/one.mov']);
  expect(left.bins.map(({ path }) => path.join('/'))).toEqual(['Scenes', 'Scenes/07', 'Scenes/07/Take 03']);
});
