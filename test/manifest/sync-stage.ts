/** The verdict of one picture among some clips, for the tests of sync. */
import type { Clip } from '../../manifest/documents/handoff.ts';
import { sync } from '../../manifest/sync.ts';
import { handoff } from '../fixtures/handoff.ts';

export const verdictOf = (...clips: Clip[]) => sync(handoff(clips))[0]!;
export const take = { scene: '7', take: '3' };
