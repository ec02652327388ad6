/** The shoot that both ways into Premiere are measured with: any number of clips, three notes each. */
import type { MediaFacts } from '../bridge/hosts/standin.ts';
import { emptyHandoff, HandoffSchema, type Handoff } from '../manifest/documents/handoff.ts';
import { framesToTicks } from '../manifest/time/ticks.ts';
import { frameToTimecode } from '../manifest/time/timecode.ts';
import { RATES } from '../manifest/time/rate.ts';

const RATE = RATES['23.976'];
const LENGTH = 240;
export const ROOTS = { media: '/Shoot' };

/** Every clip has three notes and stands in a take of two. */
export function shoot(clips: number): Handoff {
  const takes = Array.from({ length: clips }, (_, at) => at);
  return HandoffSchema.parse({
    ...emptyHandoff('Bench'),
    revision: 1,
    rate: RATE,
    roots: [{ name: 'media' }],
    clips: takes.map((at) => ({
      root: 'media',
      size: 1,
      id: `clip-${at}`,
      kind: 'picture',
      path: `CAMERA_${'AB'[at % 2]}/A${Math.floor(at / 200)}/SHOT_${at}.mov`,
      pick: at % 3 === 0 ? 'circled' : 'unknown',
      soundKind: 'mos',
      identity: {
        scene: String(1 + Math.floor(at / 20)),
        take: String(1 + (Math.floor(at / 2) % 10)),
        camera: 'AB'[at % 2],
      },
      tech: { rate: RATE, startTc: frameToTimecode((at * LENGTH) % 2_000_000, RATE), durationFrames: LENGTH },
    })),
    log: {
      sheets: [],
      entries: takes.map((at) => ({
        id: `entry-${at}`,
        sheet: 'log.csv',
        row: at + 2,
        clips: [`clip-${at}`],
        notes: [10, 100, 200].map((offset) => ({
          id: `n${offset}`,
          kind: 'director',
          text: `Take ${at}: note at ${offset}`,
          offset,
        })),
      })),
    },
  });
}

export const FACTS: MediaFacts = {
  startTicks: '0',
  durationTicks: framesToTicks(LENGTH, RATE),
  ticksPerFrame: framesToTicks(1, RATE),
  hasVideo: true,
  hasAudio: true,
};
