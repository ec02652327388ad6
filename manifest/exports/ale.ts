/**
 * Avid log exchange: the media that a cut uses, or all that a handoff holds, one row a clip with timecode, tape, scene and
 * take. The cut itself is not in it.
 */
import { loseGrades } from '../cdl.ts';
import { playsMedia } from './fcpxml/used.ts';
import type { CutList, CutSource } from '../documents/cutlist.ts';
import type { Handoff } from '../documents/handoff.ts';
import type { Loss } from '../documents/issue.ts';
import { clipOfHandoff, clipOfSource, fromHandoff, type AleClip } from './ale/clip.ts';
import { aleFiles } from './ale/text.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions, type Refused } from './export.ts';

export const ale: Export = {
  id: 'ale',
  label: 'Avid log exchange (ALE)',
  suffix: '.ale',
  write,
  writeHandoff: handoffAle,
};

function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const more = options.handoff && fromHandoff(options.handoff);
  const clips = usedSources(list, lose).map((source): AleClip => {
    const clip = clipOfSource(source, list.rate);
    if (!more || clip.id === undefined) return clip;
    const known = more(clip.id);
    const comments = [...new Set([...clip.comments, ...known.comments])];
    return { ...clip, ...known, circled: clip.circled || known.circled, comments };
  });
  if (clips.length === 0) return { refused: 'the cut uses no media, and an ALE lists nothing else' };
  const events = list.tracks.reduce((sum, track) => sum + track.events.length, 0);
  lose({
    what: 'flattened',
    where: 'sequence',
    count: events,
    message: `an ALE lists media: the ${clips.length} sources of the cut are in it, and not where its ${events} events stand`,
  });
  loseGrades(list, 'this ALE, which lists media and not events,', lose);
  const files = aleFiles(clips, lose);
  if (files.length === 0)
    return {
      refused: 'no media of the cut runs at a rate that an ALE can count; see the frame rates of its clips',
    };
  return { files, losses };
}

/** Every clip of a handoff that has time of its own, whether a cut uses it or not. `roots` says where its roots lie. */
export function handoffAle(handoff: Handoff, roots: Record<string, string>): Exported {
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const more = fromHandoff(handoff);
  const clips: AleClip[] = [];
  for (const clip of handoff.clips) {
    const row = clipOfHandoff(clip, roots, more, handoff.rate);
    if (row) clips.push(row);
    else if (clip.kind === 'document' || clip.kind === 'graphic')
      lose({
        what: 'source',
        where: clip.path,
        count: 1,
        message: `${clip.path}: a ${clip.kind} has no timecode, and an ALE lists what has`,
      });
    else
      lose({
        what: 'source',
        where: clip.path,
        count: 1,
        message: `${clip.path}: neither the clip nor the project names a frame rate, so its timecode cannot be counted; scan with --rate`,
      });
  }
  return { files: aleFiles(clips, lose), losses };
}

/** Each source once, in the order of its first use, with all that its events know of it together. */
function usedSources(list: CutList, lose: (loss: Loss) => void): CutSource[] {
  const used = new Map<string, CutSource>();
  const reach = new Map<string, number>();
  for (const track of list.tracks)
    for (const event of track.events) {
      if (!event.source || !playsMedia(event)) continue;
      const { source } = event;
      const key = source.clip ?? source.file ?? `${source.name}\n${source.reel ?? ''}`;
      const before = used.get(key);
      if (!before) used.set(key, source);
      else if (before !== source) used.set(key, together(before, source));
      reach.set(key, Math.max(reach.get(key) ?? 0, event.sourceOut));
    }
  return [...used].map(([key, source]) => {
    if (source.duration !== null || source.still) return source;
    lose({
      what: 'media-length',
      where: source.name,
      count: 1,
      message: `${source.name}: the length of the media is unknown; End is where the cut last uses it`,
    });
    return { ...source, duration: reach.get(key)! };
  });
}

/** A picture's rate says more than a sample rate, and either side may know of sound or picture that the other does not play. */
function together(a: CutSource, b: CutSource): CutSource {
  const base = !a.hasPicture && b.hasPicture ? b : a;
  const other = base === a ? b : a;
  if (base.hasPicture === other.hasPicture && base.channels >= other.channels) return base;
  return {
    ...base,
    hasPicture: a.hasPicture || b.hasPicture,
    channels: Math.max(a.channels, b.channels),
    ...(base.sampleRate === undefined && other.sampleRate !== undefined
      ? { sampleRate: other.sampleRate }
      : {}),
  };
}
