/** Plan, apply and plan again against Premiere: what was planned is done, and nothing is left to do. */
import { describe, expect, test } from 'vitest';
import { applyPlan, countResults } from '../../bridge/apply.ts';
import { readState } from '../../host/standin/premiere/state.ts';
import { HandoffSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import { plan } from '../../manifest/plan.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { picture, sound, stage, type Stage } from './premiere-stage.ts';

const DF = RATES['29.97df'];
const ROOTS = { roots: { media: '/Shoot' } };

function handoff(takes: number): Handoff {
  const names = Array.from({ length: takes }, (_, i) => `${7 + Math.floor(i / 4)}A-${(i % 4) + 1}`);
  const clips = names.flatMap((name, i) => {
    const [scene, take] = name.split('-') as [string, string];
    const shared = { root: 'media', size: 1, pick: i % 3 === 0 ? 'circled' : 'unknown', soundKind: 'sync' };
    const identity = { scene, take };
    const tech = { rate: DF, startTc: '01:00:00;00', durationFrames: 1800 };
    return [
      {
        ...shared,
        id: `p${i}`,
        kind: 'picture',
        path: `A/${name}.mov`,
        identity: { ...identity, camera: 'A' },
        tech,
      },
      {
        ...shared,
        id: `s${i}`,
        kind: 'sound',
        path: `S/${name}.wav`,
        identity,
        tech: { sampleRate: 48000, startSamples: 172627200, durationSamples: 48000 * 70, channels: 2 },
      },
    ];
  });
  const entries = names.map((_, i) => ({
    id: `e${i}`,
    sheet: 'log.csv',
    row: i + 2,
    clips: [`p${i}`, `s${i}`],
    notes: [
      { id: 'n1', kind: 'director', text: `Best "so far" & <slow>\nline two ${i}`, timecode: '01:00:10;02' },
      { id: 'n2', kind: 'sound', text: 'plane', offset: 1700 },
    ],
  }));
  return HandoffSchema.parse({
    kind: 'handoff',
    version: 1,
    revision: 1,
    production: { title: 'Test' },
    rate: DF,
    shootDays: [],
    roots: [{ name: 'media' }],
    clips,
    log: { sheets: [], entries },
    transcripts: [],
    history: [],
  });
}

function shootStage(document: Handoff, options: Parameters<typeof stage>[0] = {}): Stage {
  const media = Object.fromEntries(
    document.clips.map((clip) => [
      `/Shoot/${clip.path}`,
      clip.kind === 'picture' ? picture(DF, 107892, 1800) : sound(172627200, 48000 * 70),
    ]),
  );
  return stage({ ...options, media });
}

const planFor = async (document: Handoff, open: Stage) => {
  const { importable } = await open.editor.about();
  return plan(document, await open.editor.snapshot(), { ...ROOTS, importable });
};

describe('a plan applied to Premiere', () => {
  test('is verified step by step, and planning again finds nothing to do', async () => {
    const document = handoff(8);
    const open = shootStage(document);
    const first = await planFor(document, open);
    expect(first.counts).toMatchObject({ import: 16, 'set-metadata': 16, blocked: 0 });
    expect(first.counts['add-marker']).toBeGreaterThanOrEqual(16);
    const receipt = await applyPlan(first, open.editor, { patience: [] });
    expect(countResults(receipt)).toEqual({
      verified: first.steps.length,
      unverified: 0,
      failed: 0,
      skipped: 0,
    });
    expect((await planFor(document, open)).steps).toEqual([]);
    const later = shootStage(document, { state: JSON.parse(JSON.stringify(open.state())) });
    expect((await planFor(document, later)).steps).toEqual([]);
  });

  test('calls importFiles once for each bin', async () => {
    const document = handoff(8);
    const open = shootStage(document);
    const first = await planFor(document, open);
    await applyPlan(first, open.editor, { patience: [] });
    const bins = new Set(
      first.steps.flatMap((step) => (step.kind === 'import' ? [step.after.bin.join('/')] : [])),
    );
    expect(open.premiere.calls['importFiles']).toBe(bins.size);
  });

  test('applied twice adds nothing', async () => {
    const document = handoff(4);
    const open = shootStage(document);
    const first = await planFor(document, open);
    await applyPlan(first, open.editor, { patience: [] });
    const state = open.state();
    const again = await applyPlan(first, open.editor, { patience: [] });
    expect(countResults(again).verified).toBe(first.steps.length);
    expect(open.state()).toEqual(state);
  });

  test('cut off after any chunk and planned again, gives the rest and doubles nothing', async () => {
    const document = handoff(4);
    const whole = shootStage(document);
    const first = await planFor(document, whole);
    await applyPlan(first, whole.editor, { patience: [] });
    for (const stop of [1, 2, 3, 4]) {
      const open = shootStage(document);
      const abort = new AbortController();
      let chunks = 0;
      const onChunk = () => {
        if (++chunks === stop) abort.abort();
      };
      await applyPlan(await planFor(document, open), open.editor, {
        chunk: 10,
        signal: abort.signal,
        onChunk,
        patience: [],
      });
      const later = shootStage(document, { state: open.state() });
      const rest = await planFor(document, later);
      expect(rest.steps.length).toBeGreaterThan(0);
      expect(rest.steps.length).toBeLessThan(first.steps.length);
      await applyPlan(rest, later.editor, { patience: [] });
      expect((await planFor(document, later)).steps).toEqual([]);
      expect((await later.editor.snapshot()).items).toHaveLength(8);
    }
  });

  test('with imports that appear late ends verified', async () => {
    const document = handoff(4);
    const open = shootStage(document, { misbehaviour: { lateImport: 2 } });
    const receipt = await applyPlan(await planFor(document, open), open.editor, { patience: [1, 1, 1] });
    expect(countResults(receipt)).toMatchObject({ unverified: 0, failed: 0, skipped: 0 });
    expect((await planFor(document, open)).steps).toEqual([]);
    expect(readState(open.state()).late).toEqual([]);
  });
});
