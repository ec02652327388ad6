import { describe, expect, it } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { plan } from '../../manifest/plan.ts';
import { sync } from '../../manifest/sync.ts';
import { syncMap } from '../../manifest/syncmap.ts';
import { xmeml } from '../../manifest/exports/xmeml.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { emptyProject, perfectlyApplied } from '../fixtures/editor.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';

const roots = { media: '/Volumes/SHOOT' };
const shoot = () =>
  handoff([
    picture({ path: 'A/7_1.mov', scene: '7', take: '1', tc: '10:00:00:00' }),
    sound({ path: 'S/7_1.wav', scene: '7', take: '1', tc: '09:59:58:00', frames: 400 }),
    picture({ path: 'A/7_2.mov', scene: '7', take: '2', tc: '10:10:00:00' }),
    sound({ path: 'S/7_2.wav', scene: '7', take: '2', tc: '11:10:00:00' }),
    picture({ path: 'A/12_1.mov', scene: '12', take: '1', tc: '12:00:00:00' }),
    sound({ path: 'S/wild.wav' }),
  ]);
const mapped = (unsynced: 'marked' | 'left-out' = 'marked') => {
  const manifest = shoot();
  return syncMap(manifest, sync(manifest), { roots, unsynced });
};
const laid = ({ tracks }: CutList) =>
  tracks.flatMap(({ type, index, events }) =>
    events.map(({ name, recordIn, link }) => [`${type[0]}${index}`, name, recordIn, link]),
  );

describe('the sync map', () => {
  it('has a sequence for each scene, with sound where timecode puts it, linked and not merged', () => {
    const { scenes, leftOut } = mapped();
    expect(scenes.map(({ scene }) => scene)).toEqual(['7', '12']);
    const [seven] = scenes;
    const [rate, first] = [seven!.cutList.rate, seven!.cutList.tracks[0]!.events[0]!];
    const lead = 2 * Math.round(rate.num / rate.den);
    const take1 = laid(seven!.cutList).filter(([, , , link]) => link === first.link);
    expect(take1).toContainEqual(['v1', '7_1.mov', lead, first.link]);
    expect(take1).toContainEqual(['a2', '7_1.wav', 0, first.link]);
    expect(leftOut).toMatchObject([{ clip: 'S/wild.wav' }]);
  });

  it('lays an unsynced picture alone, under a marker that says why and names the sound', () => {
    const [seven] = mapped().scenes;
    expect(laid(seven!.cutList).map(([, name]) => name)).not.toContain('7_2.wav');
    const second = seven!.cutList.tracks[0]!.events.find(({ name }) => name === '7_2.mov')!;
    expect(seven!.cutList.markers).toMatchObject([
      {
        frame: second.recordIn,
        name: 'Unsynced: no-overlap',
        comment: expect.stringContaining('7_2.wav'),
        colour: 'red',
      },
    ]);
  });

  it('or leaves it out, and says so; a scene without any other is not made', () => {
    const { scenes, leftOut } = mapped('left-out');
    expect(scenes.map(({ scene }) => scene)).toEqual(['7']);
    expect(leftOut.map(({ clip }) => clip)).toEqual(
      expect.arrayContaining(['A/12_1.mov', 'A/7_2.mov', 'S/wild.wav']),
    );
    expect(scenes[0]!.cutList.markers).toEqual([]);
  });

  it('goes through as Final Cut Pro 7 XML with every clip in it', () => {
    for (const { cutList } of mapped().scenes) {
      const written = xmeml.write(cutList, DEFAULT_OPTIONS);
      if ('refused' in written) throw new Error(written.refused);
      for (const [, name] of laid(cutList)) expect(written.files[0]!.text).toContain(`<name>${name}</name>`);
      expect(written.files[0]!.text).not.toMatch(/merge/i);
    }
  });

  it('every picture is in one sequence or left out, once', () => {
    for (const how of ['marked', 'left-out'] as const) {
      const { scenes, leftOut } = mapped(how);
      const placed = scenes.flatMap(({ cutList }) =>
        cutList.tracks[0]!.events.map(({ name }) => `A/${name}`),
      );
      const out = leftOut.map(({ clip }) => clip).filter((path) => path.endsWith('.mov'));
      expect([...placed, ...out].sort()).toEqual(['A/12_1.mov', 'A/7_1.mov', 'A/7_2.mov']);
    }
  });
});

describe('an unsynced clip is flagged', () => {
  const flagged = (flags?: Parameters<typeof plan>[2]['flags']) => {
    const manifest = shoot();
    const made = plan(manifest, emptyProject(), { roots, ...(flags ? { flags } : {}) });
    const after = perfectlyApplied(emptyProject(), made.steps);
    expect(plan(manifest, after, { roots, ...(flags ? { flags } : {}) }).steps).toEqual([]);
    const item = after.items.find(({ file }) => file!.endsWith('7_2.mov'))!;
    return [item.label, item.metadata.description !== undefined, item.markers.map(({ name }) => name)];
  };

  it('by label and metadata, and by a marker where one asks for it; each can be left away', () => {
    expect(flagged()).toEqual(['unsynced', true, []]);
    expect(flagged(['label', 'field', 'marker'])).toEqual(['unsynced', true, ['Unsynced']]);
    expect(flagged([])).toEqual([null, false, []]);
  });
});
