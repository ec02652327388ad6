/** What Sync lists and offers: chips by verdict with their counts, and the sounds a person may mean. */
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../fixtures/edit.ts';
import { sync } from '../../manifest/sync.ts';
import { whole } from '../../panel/parts.ts';
import { nearSounds, pairBy, syncRows, verdictChips } from '../../panel/sync-rows.ts';
import { smallHandoff } from './fixture.ts';

const RATE = { num: 24000, den: 1001, drop: false };

function withSounds() {
  const handoff = smallHandoff();
  const sound = (id: string, take: string | undefined, hour: number) => ({
    id,
    kind: 'sound' as const,
    root: 'media',
    path: `S/${id}.wav`,
    size: 1,
    identity: take ? { scene: '7', take } : {},
    tech: { rate: RATE, sampleRate: 48_000, startSamples: hour * 3600 * 48_000, durationSamples: 48_000 },
    pick: 'unknown' as const,
    soundKind: 'unknown' as const,
  });
  handoff.clips = [
    ...handoff.clips,
    sound('far', undefined, 20),
    sound('near', undefined, 3),
    sound('take2', '2', 12),
    sound('take5', '5', 15),
  ];
  return handoff;
}

describe('the chips', () => {
  it('count each verdict, and Unsynced counts all that need a look', () => {
    const verdicts = sync(withSounds());
    const chips = verdictChips(verdicts, 'all');
    const count = (id: string) => chips.find((chip) => chip.id === id)?.count;
    expect(count('all')).toBe(verdicts.length);
    expect(count('unsynced')).toBe(verdicts.length - 1);
    expect((count('no-overlap') ?? 0) + (count('no-sound') ?? 0) + (count('orphan') ?? 0)).toBe(
      count('unsynced'),
    );
    expect(count('mos')).toBe(1);
  });

  it('each shows exactly the rows it counts', () => {
    const verdicts = sync(withSounds());
    for (const { id, count } of verdictChips(verdicts, 'all'))
      expect([id, whole(syncRows(verdicts, id, '')).filter((row) => 'verdict' in row).length]).toEqual([
        id,
        count,
      ]);
  });

  it('the chosen one stays when it holds nothing any more', () => {
    expect(verdictChips([], 'partial').map(({ id }) => id)).toEqual(['all', 'partial']);
  });
});

describe('pairing by hand', () => {
  it('offers sound of the take first, then of the scene, then what begins nearest', () => {
    const handoff = withSounds();
    const picture = handoff.clips.find(({ id }) => id === 'c2')!;
    expect(nearSounds(handoff, picture).map(({ ids }) => ids)).toEqual([
      ['take2'],
      ['take5'],
      ['near'],
      ['far'],
    ]);
    expect(nearSounds(handoff, picture, 1)[0]!.why).toMatch(/^7\/2, starts 10\.0 h later$/);
  });

  it('what was chosen is what the verdict speaks of, and the edit can be taken back', () => {
    const handoff = withSounds();
    const picture = handoff.clips.find(({ id }) => id === 'c2')!;
    const [edit] = pairBy(picture, ['near'], 'near.wav').edits;
    const edited = applyEdit(handoff, edit!, '2026-03-14T12:00:00Z');
    if ('refused' in edited) throw new Error(edited.refused);
    const verdict = (of: typeof handoff) => sync(of).find(({ clipId }) => clipId === 'c2')!;
    expect(verdict(edited.handoff).soundIds).toEqual(['near']);
    const back = applyEdit(edited.handoff, edited.undo, '2026-03-14T12:00:01Z');
    if ('refused' in back) throw new Error(back.refused);
    expect(verdict(back.handoff)).toEqual(verdict(handoff));
  });
});
