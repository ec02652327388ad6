/** A sequence's tracks and what lies on them; the count is asked for, the tracks come one by one. */
import type { AudioTrack, VideoClipTrackItem, VideoTrack } from '@adobe/premierepro';
import type { Host, Sequence } from './natives.ts';

/** What is read of an item is on picture and sound alike. */
export type TrackItem = Pick<
  VideoClipTrackItem,
  | 'getName'
  | 'getSpeed'
  | 'isAdjustmentLayer'
  | 'isSpeedReversed'
  | 'getInPoint'
  | 'getOutPoint'
  | 'getStartTime'
  | 'getEndTime'
  | 'isDisabled'
  | 'getProjectItem'
>;

export interface NumberedTrack {
  type: 'video' | 'audio';
  /** From 1. */
  index: number;
  track: VideoTrack | AudioTrack;
}

/** Video from the lowest up, then audio. */
export async function tracksOf(sequence: Sequence): Promise<NumberedTrack[]> {
  const tracks: NumberedTrack[] = [];
  const video = await sequence.getVideoTrackCount();
  for (let i = 0; i < video; i++)
    tracks.push({ type: 'video', index: i + 1, track: await sequence.getVideoTrack(i) });
  const audio = await sequence.getAudioTrackCount();
  for (let i = 0; i < audio; i++)
    tracks.push({ type: 'audio', index: i + 1, track: await sequence.getAudioTrack(i) });
  return tracks;
}

export function itemsOf(
  { ppro }: Host,
  track: NumberedTrack['track'],
  kind: 'clip' | 'transition',
): TrackItem[] {
  const { CLIP, TRANSITION } = ppro.Constants.TrackItemType;
  return track.getTrackItems(kind === 'clip' ? CLIP : TRANSITION, false) as TrackItem[];
}
