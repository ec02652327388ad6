/** How often Premiere is called for a plan; that the plan is carried out stands in test/host/acceptance.ts. */
import { expect, test } from 'vitest';
import { applyPlan } from '../../bridge/apply.ts';
import { readState } from '../../host/standin/premiere/state.ts';
import { mediaOf, shoot } from '../host/shoot.ts';
import { planFor } from '../host/acceptance.ts';
import { stage } from './premiere-stage.ts';

const handoff = shoot(8);
const opened = (options: Parameters<typeof stage>[0] = {}) => {
  const open = stage({ ...options, media: mediaOf(handoff) });
  return { ...open, saved: open.state };
};

test('importFiles is called once for each bin', async () => {
  const open = opened();
  const first = await planFor(handoff, open);
  await applyPlan(first, open.editor, { patience: [] });
  const bins = new Set(
    first.steps.flatMap((step) => (step.kind === 'import' ? [step.after.bin.join('/')] : [])),
  );
  expect(open.premiere.calls['importFiles']).toBe(bins.size);
});

test('what came late is not imported a second time', async () => {
  const open = opened({ misbehaviour: { lateImport: 2 } });
  const first = await planFor(handoff, open);
  await applyPlan(first, open.editor, { patience: [1, 1, 1] });
  expect(readState(open.state()).late).toEqual([]);
  expect((await open.editor.snapshot()).items).toHaveLength(16);
});
