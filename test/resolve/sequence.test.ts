/** An image sequence in Resolve: asked for by pattern and range, one item, and known again at the next run. */
import { expect, test } from 'vitest';
import type { Step } from '../../manifest/documents/plan.ts';
import { jobText } from '../../manifest/job.ts';
import { clipsIn, EDITIONS, handoffOf, planOf, runScript, standinOf } from './stage.ts';

const SHOT = { clip: 'v1', name: 'plate.1001.exr', kind: 'picture' as const };
const target = {
  clip: 'v1',
  path: 'day1/plate.1001.exr',
  file: '/media/day1/plate.1001.exr',
  frames: { first: 1001, last: 1100, digits: 4 },
};
const steps: Step[] = [
  { id: 'b', kind: 'make-bin', target: { bin: ['VFX'] }, after: { bin: ['VFX'] }, why: '', undoable: true },
  { id: 'i', kind: 'import', target, after: { bin: ['VFX'] }, why: '', undoable: false },
];
const job = jobText(planOf(steps), { handoff: handoffOf([SHOT]) });

test('the job names the pattern, the range, and the path Resolve lists it under', () => {
  expect(job).toContain('["pattern"]="/media/day1/plate.%04d.exr"');
  expect(job).toContain('["first"]=1001,["last"]=1100');
  expect(job).toContain('/media/day1/plate.[1001-1100].exr');
});

test.each(EDITIONS)('Resolve $name takes it as one clip, and not twice', async (edition) => {
  const standin = standinOf(edition, {
    media: (file) => (file === target.file ? { type: 'Video', fps: 24, frames: 1, start: 0 } : null),
  });
  const first = await runScript(standin, job, edition.sandboxed);
  expect(first.error).toBeNull();
  const held = () => clipsIn(standin.state).map(({ clip, bin }) => [clip.file, clip.frames, bin.join('/')]);
  expect(held()).toEqual([['/media/day1/plate.[1001-1100].exr', 100, 'VFX']]);
  await runScript(standin, job, edition.sandboxed);
  expect(held()).toHaveLength(1);
});
