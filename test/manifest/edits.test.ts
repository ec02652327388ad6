import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handoffHash } from '../../manifest/canonical.ts';
import { check } from '../../manifest/check.ts';
import { EditSchema, type Edit } from '../../manifest/documents/edit.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { applyEdits } from '../../manifest/edits.ts';
import { sync } from '../../manifest/sync.ts';
import { issueKey, splitWaived } from '../../manifest/waivers.ts';
import { applyEdit } from '../fixtures/edit.ts';
import { handoff, picture, sound } from '../fixtures/handoff.ts';

const AT = '2026-03-14T10:00:00.000Z';

function day(): Handoff {
  return handoff([
    picture({ path: 'A/one.mov', scene: '7', take: '3', tc: '10:00:00:00' }),
    picture({ path: 'A/two.mov', scene: '7', take: '4' }),
    sound({ path: 'S/one.wav', scene: '7', take: '3', tc: '10:00:00:00' }),
    sound({ path: 'S/odd.wav', tc: '10:00:00:00', clip: { soundKind: 'wild' } }),
  ]);
}

function edited(manifest: Handoff, edit: Edit): Handoff {
  const result = applyEdit(manifest, edit, AT);
  if ('refused' in result) throw new Error(result.refused);
  return result.handoff;
}

const anyEdit = (manifest: Handoff): fc.Arbitrary<Edit> => {
  const ids = manifest.clips.map((clip) => clip.id);
  const clip = fc.constantFrom(...ids.slice(0, 2));
  const issue = fc.record({ code: fc.constantFrom('a', 'b'), clips: fc.subarray(ids) });
  return fc.oneof(
    fc.record({
      edit: fc.constant('sound-kind' as const),
      clip,
      to: fc.constantFrom('mos' as const, 'sync' as const, 'unknown' as const),
    }),
    fc.record({
      edit: fc.constant('pick' as const),
      clip,
      to: fc.constantFrom('circled' as const, 'good' as const),
    }),
    fc.record({
      edit: fc.constant('identity' as const),
      clip,
      field: fc.constantFrom('scene' as const, 'take' as const, 'reel' as const),
      to: fc.constantFrom('9', null),
    }),
    fc.record({ edit: fc.constant('pair' as const), clip, sound: fc.constantFrom(ids.slice(2, 3), null) }),
    fc.record({ edit: fc.constant('waive' as const), issue, reason: fc.constantFrom('seen', null) }),
  );
};

describe('several changes by hand', () => {
  it('at once are what one after the other are, leave what they were made to alone, and are taken back in their order', () => {
    const manifest = day();
    const before = JSON.stringify(manifest);
    fc.assert(
      fc.property(fc.array(anyEdit(manifest), { maxLength: 12 }), (edits) => {
        const all = applyEdits(manifest, edits, AT);
        if ('refused' in all) throw new Error(all.refused);
        expect(all.handoff).toEqual(edits.reduce(edited, manifest));
        expect(JSON.stringify(manifest)).toBe(before);
        const back = applyEdits(all.handoff, all.undo, AT);
        if ('refused' in back) throw new Error(back.refused);
        expect(back.handoff.clips).toEqual(manifest.clips);
      }),
    );
  });

  it('are all refused where one is', () => {
    const manifest = day();
    const pick = (clip: string): Edit => ({ edit: 'pick', clip, to: 'circled' });
    const known = manifest.clips.map(({ id }) => pick(id));
    expect(applyEdits(manifest, [...known, pick('gone')], AT)).toEqual({
      refused: 'The manifest has no clip gone; it may have been scanned anew since.',
    });
  });
});

describe('a change by hand', () => {
  it('is taken back by the edit it gives', () => {
    const manifest = day();
    fc.assert(
      fc.property(fc.array(anyEdit(manifest), { maxLength: 8 }), (edits) => {
        const undo: Edit[] = [];
        let now = manifest;
        for (const edit of edits) {
          const result = applyEdit(now, edit, AT);
          if ('refused' in result) throw new Error(result.refused);
          undo.unshift(result.undo);
          now = result.handoff;
        }
        for (const edit of undo) now = edited(now, EditSchema.parse(edit));
        expect(handoffHash(now)).toBe(handoffHash(manifest));
        expect(now).toEqual(manifest);
      }),
    );
  });

  it('is refused with a sentence where the clip is gone', () => {
    expect(applyEdit(day(), { edit: 'pick', clip: 'clip-x', to: 'good' }, AT)).toEqual({
      refused: 'The manifest has no clip clip-x; it may have been scanned anew since.',
    });
  });

  it('pairs a picture with sound files only', () => {
    const manifest = day();
    const [one, two] = manifest.clips;
    expect(applyEdit(manifest, { edit: 'pair', clip: one!.id, sound: [two!.id] }, AT)).toEqual({
      refused: 'A/two.mov is no sound file.',
    });
  });
});

describe('a pair made by hand', () => {
  it('is what the timecode is compared with, even a track that is called wild', () => {
    const manifest = day();
    const odd = manifest.clips[3]!;
    const paired = edited(manifest, { edit: 'pair', clip: manifest.clips[0]!.id, sound: [odd.id] });
    const [verdict] = sync(paired);
    expect(verdict!.sound).toEqual(['S/odd.wav']);
    expect(sync(manifest)[0]!.sound).toEqual(['S/one.wav']);
  });

  it('changes no rule: a picture without timecode has none still', () => {
    const manifest = day();
    const [, two, one] = manifest.clips;
    const [, verdict] = sync(edited(manifest, { edit: 'pair', clip: two!.id, sound: [one!.id] }));
    expect(verdict!.verdict).toBe('no-timecode');
    expect(verdict!.sound).toEqual(['S/one.wav']);
  });
});

describe('a waiver', () => {
  it('takes one issue out of the count and keeps it in sight with its reason', () => {
    const manifest = day();
    const issues = check(manifest, {});
    expect(issues.length).toBeGreaterThan(0);
    const issue = issueKey(manifest, issues[0]!);
    const waived = edited(manifest, { edit: 'waive', issue, reason: 'Seen on set', by: 'Ada' });
    const split = splitWaived(waived, check(waived, {}));
    expect(split.waived).toEqual([{ ...issues[0], waived: { reason: 'Seen on set', by: 'Ada', at: AT } }]);
    expect(split.open).toEqual(issues.slice(1));
  });

  it('stays with the clip when its file is renamed', () => {
    const manifest = day();
    const issues = check(manifest, {});
    const waived = edited(manifest, { edit: 'waive', issue: issueKey(manifest, issues[0]!), reason: 'x' });
    const renamed = { ...waived, clips: waived.clips.map((clip) => ({ ...clip, path: `B/${clip.path}` })) };
    expect(splitWaived(renamed, check(renamed, {})).waived).toHaveLength(1);
  });
});

describe('a signature', () => {
  it('is of the delivery as it stands: history leaves it whole and a change breaks it', () => {
    const manifest = day();
    const signed = edited(manifest, { edit: 'sign', by: 'Ada Lind', role: 'coordinator' });
    expect(signed.signOff).toEqual({
      by: 'Ada Lind',
      role: 'coordinator',
      at: AT,
      hash: handoffHash(manifest),
    });
    expect(handoffHash({ ...signed, revision: 9, history: [{ kind: 'scan', at: AT }] })).toBe(
      signed.signOff!.hash,
    );
    const changed = edited(signed, { edit: 'pick', clip: signed.clips[0]!.id, to: 'circled' });
    expect(handoffHash(changed)).not.toBe(signed.signOff!.hash);
  });

  it('taken back, or written over, comes back by Undo with its role, its time and its hash', () => {
    const signed = edited(day(), { edit: 'sign', by: 'Ada Lind', role: 'coordinator' });
    const changed = edited(signed, { edit: 'pick', clip: signed.clips[0]!.id, to: 'circled' });
    for (const by of [null, 'Bo Ek']) {
      const over = applyEdit(changed, { edit: 'sign', by }, '2026-03-15T08:00:00.000Z');
      if ('refused' in over) throw new Error(over.refused);
      expect(over.handoff.signOff?.by).toBe(by ?? undefined);
      const undo = EditSchema.parse(JSON.parse(JSON.stringify(over.undo)));
      const back = applyEdit(over.handoff, undo, '2026-03-16T08:00:00.000Z');
      if ('refused' in back) throw new Error(back.refused);
      expect(back.handoff).toEqual(changed);
      const again = applyEdit(back.handoff, back.undo, '2026-03-17T08:00:00.000Z');
      if ('refused' in again) throw new Error(again.refused);
      expect(again.handoff.signOff).toEqual(over.handoff.signOff);
    }
    // Redo of the first signature of all: there was none before it.
    const first = applyEdit(day(), { edit: 'sign', by: 'Ada Lind' }, AT);
    if ('refused' in first) throw new Error(first.refused);
    expect(first.undo).toEqual({ edit: 'sign', by: null });
  });
});
