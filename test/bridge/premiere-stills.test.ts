/** An image sequence in Premiere: its first frame, handed over as numbered stills in a call of its own. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStandin } from '../../bridge/hosts/standin.ts';
import type { Step } from '../../manifest/documents/plan.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { picture } from './premiere-stage.ts';

/** `BATON_DIST` names another build than `dist/`. */
const dist = process.env['BATON_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const FILES = ['/v/plate.1001.exr', '/v/still.exr', '/v/other.0001.exr', '/v/a.mov'];

test('frames are one clip, a still beside them stays a still', async () => {
  const facts = picture(RATES['24'], null, 1);
  const open = openStandin({
    bundle: join(dist, 'host', 'premiere.jsx'),
    media: (path) => (FILES.includes(path) ? facts : null),
  });
  const steps = FILES.map((file, at): Step => {
    const frames =
      file.includes('.0001.') || file.includes('.1001.') ? { frames: { first: 1, last: 9, digits: 4 } } : {};
    return {
      id: `i${at}`,
      kind: 'import',
      target: { clip: `c${at}`, path: file.slice(3), file, ...frames },
      after: { bin: [] },
      why: '',
      undoable: false,
    };
  });
  const results = await open.editor.apply(steps);
  expect(results.map(({ result }) => result)).toEqual(['verified', 'verified', 'verified', 'verified']);
  const held = (open.state().root.children ?? []).flatMap(({ media }) =>
    media ? [[media.path, media.stills ?? false]] : [],
  );
  expect(held.toSorted()).toEqual([
    ['/v/a.mov', false],
    ['/v/other.0001.exr', true],
    ['/v/plate.1001.exr', true],
    ['/v/still.exr', false],
  ]);
});
