/** A made-up cut of as many events as one likes, for measuring. */
import type { CutEvent, CutList, CutSource, CutTrack } from '../../manifest/documents/cutlist.ts';
import { RATES } from '../../manifest/time/rate.ts';

export const RATE = RATES['23.976'];

function source(index: number, type: 'video' | 'audio'): CutSource {
  const sound = type === 'audio';
  return {
    file: `/Volumes/SHOOT/A${index}.${sound ? 'wav' : 'mov'}`,
    name: `A${index}.${sound ? 'wav' : 'mov'}`,
    reel: `A${String(index % 1000).padStart(3, '0')}`,
    scene: String(index % 90),
    take: String(index % 9),
    rate: sound ? { num: 48000, den: 1, drop: false } : RATE,
    start: sound ? 48000 * 3600 : 86400,
    duration: sound ? 48000 * 600 : 20_000,
    hasPicture: !sound,
    channels: sound ? 2 : 0,
    ...(sound ? { sampleRate: 48000 } : { size: { width: 1920, height: 1080 } }),
  };
}

function track(type: 'video' | 'audio', index: number, count: number): CutTrack {
  const name = `${type === 'video' ? 'V' : 'A'}${index}`;
  const sources = Array.from({ length: 200 }, (_, nth) => source(nth + 200 * index, type));
  const events = Array.from({ length: count }, (_, nth): CutEvent => {
    const from = sources[nth % sources.length]!;
    const sourceIn = type === 'audio' ? 2002 * (nth % 100) : nth % 1000;
    return {
      id: `${name}-${nth}`,
      kind: 'clip',
      name: from.name,
      recordIn: nth * 48,
      recordOut: nth * 48 + 48,
      sourceIn,
      sourceOut: sourceIn + (type === 'audio' ? 96_096 : 48),
      source: from,
      speed: { num: 1, den: 1 },
      enabled: true,
    };
  });
  return { type, index, name, enabled: true, events, transitions: [] };
}

/** Eight tracks, four of picture and four of sound. */
export function bigCut(events: number): CutList {
  const each = Math.floor(events / 8);
  const tracks = [1, 2, 3, 4].flatMap((index) => [track('video', index, each), track('audio', index, each)]);
  tracks.sort((a, b) => (a.type === b.type ? a.index - b.index : a.type === 'video' ? -1 : 1));
  return {
    kind: 'cutlist',
    version: 1,
    name: 'Bench',
    rate: RATE,
    start: 86400,
    size: { width: 1920, height: 1080 },
    tracks,
    markers: [],
  };
}
