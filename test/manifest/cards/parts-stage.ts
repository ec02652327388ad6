/** A clip in two chapters, for the tests of clips in parts. */
import type { Part } from '../../../manifest/documents/clip-files.ts';
import type { Clip } from '../../../manifest/documents/handoff.ts';
import { picture } from '../../fixtures/handoff.ts';

export const PARTS: Part[] = [
  { path: 'D/GX010123.MP4', size: 10, number: 1, startTc: '10:00:00:00', durationFrames: 50 },
  { path: 'D/GX020123.MP4', size: 20, number: 2, startTc: '10:00:02:00', durationFrames: 25 },
];

export const chapters = (more: Partial<Clip> = {}) =>
  picture({
    path: PARTS[0]!.path,
    rate: '25',
    tc: '10:00:00:00',
    frames: 75,
    clip: { parts: PARTS, card: 'gopro', sidecars: ['D/GX010123.THM'], ...more },
  });
