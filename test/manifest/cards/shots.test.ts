/** P2 recordings that go on in another clip. */
import { describe, expect, it } from 'vitest';
import { groupFiles } from '../../../manifest/cards/group/group.ts';
import { joinShots } from '../../../manifest/cards/group/shots.ts';
import type { SidecarFacts } from '../../../manifest/cards/sidecars/sidecar.ts';
import { sidecarOf } from '../../../bridge/local/sidecars.ts';
import { p2Xml } from '../../fixtures/cards-drive.ts';

const names = ['0001AB', '0002CD', '0003EF'];
const clips = (...which: string[]) =>
  groupFiles(
    which.flatMap((name) =>
      [`CONTENTS/VIDEO/${name}.MXF`, `CONTENTS/AUDIO/${name}00.MXF`, `CONTENTS/CLIP/${name}.XML`].map(
        (path) => ({ path }),
      ),
    ),
  ).clips;
const link = (previous?: string, next?: string) => ({
  ...(previous ? { previous } : {}),
  ...(next ? { next } : {}),
});
const facts: Record<string, SidecarFacts> = {
  'CONTENTS/CLIP/0001AB.XML': { tech: {}, witness: {}, globalId: 'A', shot: link(undefined, 'B') },
  'CONTENTS/CLIP/0002CD.XML': { tech: {}, witness: {}, globalId: 'B', shot: link('A', 'C') },
  'CONTENTS/CLIP/0003EF.XML': { tech: {}, witness: {}, globalId: 'C', shot: link('B') },
};
const joined = (...which: string[]) => joinShots(clips(...which), ({ path }) => facts[path]);
const stretches = (clip: ReturnType<typeof joined>[number]) =>
  clip.parts?.flatMap(({ file, number, essence }) => (essence ? [] : [[file.path.slice(15, -4), number]]));

describe('a recording over several clips', () => {
  it('is one clip with its pictures in order, then its sound, and all its sidecars', () => {
    const [clip, ...more] = joined(...names);
    expect(more).toEqual([]);
    expect(stretches(clip!)).toEqual([
      ['0001AB', 1],
      ['0002CD', 2],
      ['0003EF', 3],
    ]);
    expect(clip!.parts).toHaveLength(6);
    expect(clip!.sidecars).toHaveLength(3);
    expect(clip!.continues).toBeUndefined();
  });

  it('whose end is on another card says that it goes on', () => {
    expect(joined('0001AB', '0002CD')[0]!.continues).toBe(true);
  });

  it('whose beginning is on another card begins with its second file', () => {
    expect(stretches(joined('0002CD', '0003EF')[0]!)).toEqual([
      ['0002CD', 2],
      ['0003EF', 3],
    ]);
  });

  it('whose middle is missing is two', () => {
    expect(joined('0001AB', '0003EF').map(stretches)).toEqual([[['0001AB', 1]], [['0003EF', 2]]]);
  });

  it('clips that nothing joins stay as they are, and a ring does not hang', () => {
    const plain = clips(...names);
    expect(joinShots(plain, () => undefined)).toEqual(plain);
    const ring = {
      'CONTENTS/CLIP/0001AB.XML': { ...facts['CONTENTS/CLIP/0001AB.XML']!, shot: link('B', 'B') },
      'CONTENTS/CLIP/0002CD.XML': { ...facts['CONTENTS/CLIP/0002CD.XML']!, shot: link('A', 'A') },
    } as Record<string, SidecarFacts>;
    expect(joinShots(clips('0001AB', '0002CD'), ({ path }) => ring[path])).toHaveLength(2);
  });

  it('is read from the clip’s own XML', () => {
    const relation =
      '<Relation><GlobalShotID>S</GlobalShotID><Connection><Top><GlobalClipID>A</GlobalClipID></Top><Previous><GlobalClipID>A</GlobalClipID></Previous><Next><GlobalClipID>C</GlobalClipID></Next></Connection></Relation>';
    expect(sidecarOf(p2Xml().replace('<EssenceList>', `${relation}<EssenceList>`), 'xml')).toMatchObject({
      facts: { shot: { previous: 'A', next: 'C' } },
    });
  });
});
