/** A timeline joined with its manifest: for the tests of the cut list. */
import { cutList } from '../../manifest/cutlist.ts';
import type { SequenceItem } from '../../manifest/documents/snapshot.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { clip, handoff, sequenceTrack, snapshot } from './cutlist-samples.ts';

export const FILM = RATES['23.976'];
export const WAV = { num: 48000, den: 1, drop: false };

export const picture = clip(
  'CAMERA_A/A001/take.mov',
  {
    rate: FILM,
    startTc: '10:00:00:00',
    durationFrames: 240,
    channels: 2,
    sampleRate: 48000,
    picture: { width: 1920, height: 1080 },
  },
  { identity: { scene: '07', take: '2', camera: 'A', reel: 'A001' } },
);
const sound = clip(
  'SOUND/take.wav',
  {
    rate: FILM,
    startTc: '09:59:59:00',
    startSamples: 1729728002,
    durationSamples: 480003,
    sampleRate: 48000,
    channels: 4,
  },
  { kind: 'sound', identity: { scene: '07', take: '2', soundRoll: 'SR001' } },
);
export const manifest = handoff([picture, sound]);
export const roots = { main: '/Volumes/Shoot' };

export function joined(source: SequenceItem, track = 'V1', places: Record<string, string> = roots) {
  const made = cutList(snapshot(FILM, [sequenceTrack(track, [source])]), manifest, places);
  return { event: made.value.tracks[0]!.events[0]!, losses: made.losses };
}
