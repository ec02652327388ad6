/** What the stand-in Resolve would read from media on disk, taken from the manifest that has read it already. */
import { writeFileSync } from 'node:fs';
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import type { MediaFacts } from '../hosts/standin-resolve.ts';
import { factsByPath } from './standin-media.ts';

/** `files` holds each clip's absolute path by clip id. A file the manifest does not know has no facts. */
export function resolveMediaOf(
  handoff: Handoff,
  files: Record<string, string>,
): (path: string) => MediaFacts | null {
  return factsByPath(handoff, files, factsOf);
}

/** What has neither a rate nor samples is taken for a still, as Resolve does. */
function factsOf({ kind, tech }: Clip): MediaFacts {
  const { rate, startTc, durationFrames, sampleRate, startSamples, durationSamples, channels } = tech;
  if (kind === 'picture' && rate) {
    const start = startTc === undefined ? null : timecodeToFrame(startTc, rate);
    return {
      type: (channels ?? 0) > 0 ? 'Video + Audio' : 'Video',
      // Three decimals, as Resolve gives it.
      fps: Math.round((rate.num * 1000) / rate.den) / 1000,
      frames: Math.max(1, durationFrames ?? 1),
      start: start?.ok ? start.frame : 0,
      ...(rate.drop ? { drop: true } : {}),
    };
  }
  if (sampleRate && durationSamples !== undefined)
    return {
      type: 'Audio',
      seconds: durationSamples / sampleRate,
      startSeconds: (startSamples ?? 0) / sampleRate,
    };
  return { type: 'Still', fps: 24, frames: 1, start: 0 };
}

/** Puts a file that the stand-in exports onto the disk, where nothing is yet. */
export function writeExport(file: string, text: string): void {
  writeFileSync(file, text, { flag: 'wx' });
}
