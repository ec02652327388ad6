/** A shoot that exists only as facts: a handoff of double-system takes with notes, and what a disk would say of its files. */
import { emptyHandoff, HandoffSchema, type Handoff } from '../../manifest/documents/handoff.ts';
import { RATES } from '../../manifest/time/rate.ts';
import type { MediaFacts } from '../../host/standin/premiere/state.ts';
import { picture, sound } from '../bridge/premiere-stage.ts';

export const DF = RATES['29.97df'];
export const ROOTS = { roots: { media: '/Shoot' } };

/** Four takes a scene from scene 7 on, each with picture and sound, every third circled, two notes on each clip. */
export function shoot(takes: number): Handoff {
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
    ...emptyHandoff('Test'),
    revision: 1,
    rate: DF,
    roots: [{ name: 'media' }],
    clips,
    log: { sheets: [], entries },
  });
}

/** What the disk says of every clip, by absolute path. */
export function mediaOf(handoff: Handoff): Record<string, MediaFacts> {
  return Object.fromEntries(
    handoff.clips.map((clip) => [
      `/Shoot/${clip.path}`,
      clip.kind === 'picture' ? picture(DF, 107892, 1800) : sound(172627200, 48000 * 70),
    ]),
  );
}
