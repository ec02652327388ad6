/** Rejected takes that a cut uses are known, and said. */
import { describe, expect, it } from 'vitest';
import { cutRejected } from '../../manifest/checks/cut-rejected.ts';
import { clipsInCut, rejectedInCut } from '../../manifest/cutpicks.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { html } from '../../manifest/exports/html.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import { handoff, picture } from '../fixtures/handoff.ts';
import { issues, codes } from './name-checks-stage.ts';

describe('rejected takes in a cut', () => {
  const used = picture({ path: 'A/SCENE_07_TAKE_03_A_NG.mov', clip: { pick: 'rejected' } });
  const good = picture({ path: 'A/SCENE_07_TAKE_02_A.mov' });
  const rate = { num: 24000, den: 1001, drop: false };
  const item = (clip: Clip, at: number) => ({
    id: `i${at}`,
    kind: 'clip',
    name: clip.path,
    in: at,
    out: at + 24,
    speed: { num: 1, den: 1 },
    enabled: true,
    source: { file: null, name: clip.path, clip: clip.id, rate, in: 0, out: 24, start: null, duration: 240 },
  });
  const snapshot = SequenceSnapshotSchema.parse({
    kind: 'sequence',
    id: 'seq-1',
    version: 1,
    editor: 'premiere',
    editorVersion: '1',
    name: 'Reel 1',
    rate,
    start: 0,
    size: null,
    markers: [],
    tracks: [
      {
        type: 'video',
        index: 1,
        name: 'V1',
        enabled: true,
        items: [item(used, 0), item(good, 24), item(used, 48)],
        transitions: [],
      },
    ],
  });
  const whole = handoff([used, good]);
  const { value: list } = cutList(snapshot, whole, {});

  it('are one issue a clip, with the events', () => {
    expect(clipsInCut(list)).toEqual([used.id, good.id]);
    const [issue, ...more] = rejectedInCut(list, whole);
    expect(more).toEqual([]);
    expect(issue!.message).toBe(
      'A/SCENE_07_TAKE_03_A_NG.mov must not be used, and is used in V1-001 at 00:00:00:00, V1-003 at 00:00:02:00 of "Reel 1".',
    );
  });

  it('stand in the report', () => {
    const report = html.write(list, { ...DEFAULT_OPTIONS, handoff: whole, roots: {} });
    expect('files' in report && report.files[0]!.text).toMatch(
      /Rejected takes in the cut.*SCENE_07_TAKE_03_A_NG/s,
    );
  });

  it('are found in the newest recorded cut of a sequence, even when rejected after it', () => {
    const record = (name: string, clips: unknown, more = {}) => ({
      kind: 'cut',
      at: '2026-03-14T10:00:00Z',
      name,
      sequence: 'Reel 1',
      clips,
      ...more,
    });
    const old = record('Reel 1', [used.id]);
    expect(issues(cutRejected, [used, good], { history: [old] })).toMatchObject([
      { code: 'cut-rejected', clips: [used.path] },
    ]);
    expect(codes(cutRejected, [used, good], { history: [old, record('Reel 1-2', [good.id])] })).toEqual([]);
    expect(
      codes(cutRejected, [used, good], {
        history: [record('Reel 1', 'not a list'), { kind: 'cut', at: '' }],
      }),
    ).toEqual([]);
    const [locked] = issues(cutRejected, [used], { history: [record('Reel 1', [used.id], { lock: true })] });
    expect(locked!.message).toContain('(picture lock)');
  });
});
