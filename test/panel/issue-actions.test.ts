/** What can be done about an issue in place, and that doing it settles the issue. */
import { describe, expect, it } from 'vitest';
import { check } from '../../manifest/check.ts';
import { applyEdit } from '../fixtures/edit.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { splitWaived } from '../../manifest/waivers.ts';
import { actionsFor, letStand, markMos, placeOf, sayPlace } from '../../panel/issue-actions.ts';
import type { Change } from '../../panel/state.ts';
import { smallHandoff } from './fixture.ts';

function made(handoff: Handoff, { edits }: Change): Handoff {
  return edits.reduce((now, edit) => {
    const edited = applyEdit(now, edit, '2026-01-01T00:00:00Z');
    if ('refused' in edited) throw new Error(edited.refused);
    return edited.handoff;
  }, handoff);
}

const issueOf = (handoff: Handoff, code: string) => check(handoff, {}).find((issue) => issue.code === code)!;

describe('an issue', () => {
  it('about missing sound goes when the picture is marked as MOS', () => {
    const handoff = smallHandoff();
    const issue = issueOf(handoff, 'unsynced-no-sound');
    const { mos } = actionsFor(handoff, issue);
    expect(mos.map(({ id }) => id)).toEqual(['c2']);
    const change = markMos(mos);
    expect(change.label).toBe('MOS: A001C002.mov');
    expect(check(made(handoff, change), {}).map(({ code }) => code)).not.toContain('unsynced-no-sound');
  });

  it('about a clip nobody can place goes when its scene is said', () => {
    const handoff = smallHandoff();
    handoff.clips[1]!.identity = {};
    handoff.log.entries = [];
    handoff.clips[1]!.path = 'A/harbour wide.mov';
    const issue = issueOf(handoff, 'name-no-scene');
    const { place } = actionsFor(handoff, issue);
    const change = sayPlace(place, { scene: '12', take: ' ' });
    expect(change.edits).toEqual([{ edit: 'identity', clip: 'c2', field: 'scene', to: '12' }]);
    expect(check(made(handoff, change), {}).map(({ code }) => code)).not.toContain('name-no-scene');
  });

  it('about a name of haste offers another name once its scene and take are known, and says who knows them', () => {
    const handoff = smallHandoff();
    handoff.clips[1]!.identity = {};
    handoff.log.entries = [];
    handoff.clips[1]!.path = 'A/FINAL_final_v2.mov';
    const before = issueOf(handoff, 'name-unclear');
    const { place, names } = actionsFor(handoff, before);
    expect(names).toEqual([]);
    const after = made(handoff, sayPlace(place, { scene: '31', take: '1' }));
    const issue = issueOf(after, 'name-unclear');
    expect(actionsFor(after, issue).names).toEqual(['A/FINAL_final_v2.mov']);
    expect(issue.message).toContain('; it is known to be scene 31, take 1.');
  });

  it('of any cause can stand with a reason, several at once, and count again', () => {
    const handoff = smallHandoff();
    const all = check(handoff, {});
    const standing = made(handoff, letStand(handoff, all, { reason: 'Known', by: ' ' }));
    expect(splitWaived(standing, check(standing, {})).open).toEqual([]);
    const again = made(standing, letStand(standing, all, { reason: null, by: '' }));
    expect(splitWaived(again, check(again, {})).open).toHaveLength(all.length);
  });

  it('of the manifest itself cannot stand', () => {
    const issue: Issue = { code: 'manifest-version', severity: 'error', at: 'x', clips: [], message: '' };
    expect(actionsFor(smallHandoff(), issue).waive).toBe(false);
  });

  it('names its place in words, never by its position in the manifest', () => {
    const at = (place: string, clips: string[]) =>
      placeOf({ code: 'x', severity: 'note', at: place, clips, message: '' });
    expect(at('clips[12] A004C007', ['A/A004C007.mov'])).toBe('A004C007');
    expect(at('clips[0]', ['A/one.mov', 'A/two.mov'])).toBe('one.mov and 1 more');
    expect(at('day1.csv row 14', [])).toBe('day1.csv row 14');
    expect(at('clips[0]', [])).toBe('');
  });
});
