/** What a stand-in would read from media on disk, taken from the manifest that has read it already; in Premiere's terms here. */
import { editorClips } from '../../manifest/cards/group/files.ts';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { comparablePath } from '../../manifest/documents/paths.ts';
import { fraction } from '../../manifest/time/fraction.ts';
import { framesToTicks, secondsToTicks } from '../../manifest/time/ticks.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';

/** Ticks are decimal strings; null = the media has none. */
export interface MediaFacts {
  startTicks: string | null;
  durationTicks: string;
  /** Ticks in a frame; null for sound. */
  ticksPerFrame: string | null;
  hasVideo: boolean;
  hasAudio: boolean;
}

/** `files` holds each clip's absolute path by clip id. A file the manifest does not know has no facts. */
export function mediaOf(
  handoff: Handoff,
  files: Record<string, string>,
): (path: string) => MediaFacts | null {
  return factsByPath(handoff, files, factsOf);
}

/** The same in any editor's terms, which `factsOf` gives. */
export function factsByPath<Facts>(
  handoff: Handoff,
  files: Record<string, string>,
  facts: (clip: Clip) => Facts,
): (path: string) => Facts | null {
  const byPath = new Map<string, Clip>();
  for (const clip of handoff.clips.flatMap(editorClips)) {
    const file = files[clip.id];
    if (file !== undefined) byPath.set(comparablePath(file), clip);
  }
  return (path) => {
    const clip = byPath.get(comparablePath(path));
    return clip ? facts(clip) : null;
  };
}

function factsOf(clip: Clip): MediaFacts {
  const { rate, startTc, durationFrames, sampleRate, startSamples, durationSamples, channels } = clip.tech;
  const sound = sampleRate && durationSamples !== undefined;
  const start = rate && startTc !== undefined ? timecodeToFrame(startTc, rate) : null;
  if (clip.kind === 'picture' && rate)
    return {
      startTicks: start?.ok ? framesToTicks(start.frame, rate) : null,
      durationTicks: framesToTicks(durationFrames ?? 0, rate),
      ticksPerFrame: framesToTicks(1, rate),
      hasVideo: true,
      hasAudio: (channels ?? 0) > 0,
    };
  const samples = (count: number) => secondsToTicks(fraction(count, sampleRate!));
  return {
    startTicks: sound && startSamples !== undefined ? samples(startSamples) : null,
    durationTicks: sound ? samples(durationSamples) : '0',
    ticksPerFrame: null,
    hasVideo: clip.kind !== 'sound' && clip.kind !== 'music',
    hasAudio: clip.kind === 'sound' || clip.kind === 'music',
  };
}
