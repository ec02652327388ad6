/** Laws of renaming, on any names in real folders and on the order of steps: nothing lost, nothing doubled, and undo exact. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoRename } from '../../bridge/local/rename.ts';
import { findProgress, orderSteps, type Stamp } from '../../bridge/local/rename-steps.ts';
import {
  apply,
  delivery,
  freshFolder,
  remove,
  stage,
  take,
  tree,
  undoFiles,
  type Staged,
} from './rename-stage.ts';

/** Names that want each other's places, and some that do not. */
const anyTake = fc.record({
  scene: fc.integer({ min: 1, max: 2 }),
  take: fc.integer({ min: 1, max: 3 }),
  camera: fc.constantFrom('A', 'B'),
});
const nameOf = ({ scene, take: number, camera }: { scene: number; take: number; camera: string }) =>
  `SCENE_0${scene}_TAKE_0${number}_CAM_${camera}`;
const anyName = fc.oneof(
  { weight: 4, arbitrary: anyTake.map(nameOf) },
  anyTake.map((words) => nameOf(words).toLowerCase()),
  fc.constantFrom('MVI_0001', 'final (1)', 'Küste', 'ü'.normalize('NFD'), 'a.b', '.hidden'),
);

describe('laws, on real folders', () => {
  it('no content is lost or doubled, the plan is what happens, a second run finds nothing, and undo is exact', async () => {
    let renamed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(fc.constantFrom('', 'A/', 'A/b/'), anyName, fc.constantFrom('.mov', '.wav', '.MOV')),
          {
            selector: (parts) => parts.join('').normalize('NFC').toLowerCase(),
            maxLength: 9,
          },
        ),
        fc.infiniteStream(anyTake),
        fc.array(fc.tuple(fc.nat(8), fc.constantFrom('.xml', '.mov.xmp', '.srt')), { maxLength: 4 }),
        async (files, takes, sidecars) => {
          const place = freshFolder();
          try {
            const clips = files.map((parts): Staged => {
              const {
                scene,
                take: number,
                camera,
              } = takes.next().value as { scene: number; take: number; camera: string };
              return take(parts.join(''), String(scene), String(number), camera);
            });
            const others = Object.fromEntries(
              sidecars.flatMap(([at, ending]) => {
                const of = files[at];
                return of ? [[`${of[0]}${of[1]}${ending}`, `sidecar ${at}${ending}`]] : [];
              }),
            );
            const manifest = stage(place, clips, others);
            const [before, was] = [tree(place), delivery(manifest)];
            const applied = await apply(manifest);
            const after = tree(place);
            expect(Object.values(after).sort()).toEqual(Object.values(before).sort());
            for (const { from, to } of applied.files) {
              const spelled = Object.keys(before).find((path) => path.normalize('NFC') === from)!;
              expect(after[to]).toBe(before[spelled]);
            }
            renamed += applied.files.length;
            const again = await apply(manifest);
            expect(again.id).toBeNull();
            if (applied.id === null) return;
            await undoRename(manifest, {});
            expect([tree(place), delivery(manifest), undoFiles(place)]).toEqual([before, was, []]);
          } finally {
            remove(place);
          }
        },
      ),
      { numRuns: 80 },
    );
    expect(renamed).toBeGreaterThan(60);
  });

  it('the order of steps never needs a name before it is free, and every point in it is known again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...'abcdefghAB'), {
          maxLength: 8,
          selector: (each) => each.toLowerCase(),
        }),
        fc.infiniteStream(fc.nat(1000)),
        (names, chance) => {
          const pool = [...names, 'x', 'y', 'z', ...names.map((name) => name.toUpperCase())];
          const taken = new Set<string>();
          const moves = names.flatMap((from) => {
            const to = pool[(chance.next().value as number) % pool.length]!;
            if (from === to || taken.has(to.toLowerCase())) return [];
            taken.add(to.toLowerCase());
            return [{ from: `/${from}`, to: `/${to}` }];
          });
          // A name that stays is in nobody's way.
          const leaving = new Set(moves.map(({ from }) => from.toLowerCase()));
          const free = moves.filter(
            ({ to }) =>
              leaving.has(to.toLowerCase()) ||
              !names.some((name) => `/${name}`.toLowerCase() === to.toLowerCase()),
          );
          if (free.length !== moves.length) return;
          const steps = orderSteps(moves, (at) => `/.way${at}`);
          const disk = new Map(moves.map(({ from }, at) => [from, at]));
          const stamps = moves.map((_, at): Stamp => ({ ino: String(at + 1), size: '1', mtime: '1' }));
          const there = () => new Map([...disk].map(([name, at]) => [name, stamps[at]!]));
          expect(findProgress(steps, stamps, there())).toEqual({ done: 0, half: false });
          for (const [at, { from, to, move }] of steps.entries()) {
            expect([...disk.keys()].some((name) => name.toLowerCase() === to.toLowerCase())).toBe(false);
            disk.set(to, move);
            expect(findProgress(steps, stamps, there())).toEqual({ done: at, half: true });
            disk.delete(from);
            expect(findProgress(steps, stamps, there())).toEqual({ done: at + 1, half: false });
          }
          expect([...disk].sort()).toEqual(moves.map(({ to }, at) => [to, at] as [string, number]).sort());
        },
      ),
      { numRuns: 500 },
    );
  });
});
