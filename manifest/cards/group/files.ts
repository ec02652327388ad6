/** The files a clip is made of, and the clips an editor sees where it does not join them. */
import type { Part } from '../../documents/clip-files.ts';
import type { Clip } from '../../documents/handoff.ts';
import { nominal } from '../../time/rate.ts';
import { frameToTimecode, timecodeToFrame } from '../../time/timecode.ts';
import { showsWhole } from '../index.ts';
import { framePaths } from './frames.ts';

export interface ClipFile {
  path: string;
  /** Bytes; null = not known. */
  size: number | null;
}

/** Every file of a clip, in order: its parts or frames, then its sidecars. All lie in the clip's root. */
export function filesOf(clip: Pick<Clip, 'path' | 'size' | 'parts' | 'sequence' | 'sidecars'>): ClipFile[] {
  const { path, size, parts, sequence, sidecars = [] } = clip;
  const files = new Map<string, number | null>([[path, size]]);
  for (const part of parts ?? []) files.set(part.path, part.size);
  if (sequence) for (const frame of framePaths(path, sequence)) if (frame !== path) files.set(frame, null);
  for (const sidecar of sidecars) if (!files.has(sidecar)) files.set(sidecar, null);
  return [...files].map(([each, bytes]) => ({ path: each, size: bytes }));
}

/** The stretches of a clip, sound essences left out; one for a clip that is one file. */
export function stretchesOf(clip: Pick<Clip, 'parts'>): Part[] {
  return (clip.parts ?? []).filter((part) => part.essence === undefined);
}

/** Numbers of stretches that a camera must have written and that are not here. */
export function missingNumbers(clip: Pick<Clip, 'parts'>): number[] {
  const here = new Set(stretchesOf(clip).map((part) => part.number));
  const missing = [];
  for (let number = 1; number < Math.max(0, ...here); number++) if (!here.has(number)) missing.push(number);
  return missing;
}

/** Id under which an editor's item for a further part is known: `clip-x/2`. */
export const partId = (clip: string, number: number) => `${clip}/${number}`;

/** The clip as an editor is to be given it: itself, or a clip for each part where no editor joins them. */
export function editorClips(clip: Clip): Clip[] {
  const stretches = stretchesOf(clip);
  if (stretches.length < 2 || showsWhole(clip)) return [clip];
  let from = 0;
  return stretches.map((part, at) => {
    const { durationFrames, durationSamples } = part;
    const startTc = partStart(clip, part, from);
    const { startTc: _start, durationFrames: _frames, durationSamples: _samples, ...tech } = clip.tech;
    const own: Clip = {
      ...clip,
      id: at === 0 ? clip.id : partId(clip.id, part.number),
      path: part.path,
      size: part.size,
      tech: {
        ...tech,
        ...(startTc === undefined ? {} : { startTc }),
        ...(durationFrames === undefined ? {} : { durationFrames }),
        ...(durationSamples === undefined ? {} : { durationSamples }),
      },
    };
    from = durationFrames === undefined ? NaN : from + durationFrames;
    return own;
  });
}

/** As its own header has it, else reckoned from the parts before it. */
function partStart({ tech }: Clip, part: Part, from: number): string | undefined {
  if (part.startTc !== undefined) return part.startTc;
  if (tech.rate === undefined || tech.startTc === undefined || !(from >= 0) || nominal(tech.rate) < 1)
    return undefined;
  const start = timecodeToFrame(tech.startTc, tech.rate);
  return start.ok ? frameToTimecode(start.frame + from, tech.rate) : undefined;
}

/** Frames of the clip before this part of it; null where a length before it is not known. */
export function framesBefore(clip: Pick<Clip, 'parts'>, path: string): number | null {
  let sum = 0;
  for (const part of stretchesOf(clip)) {
    if (part.path === path) return sum;
    if (part.durationFrames === undefined) return null;
    sum += part.durationFrames;
  }
  return null;
}

/** Every file an editor may name as a source, with the clip it is: itself, a part no editor joins, or the whole for a part that they do. */
export function sourcesOf(clip: Clip): { id: string; clip: Clip }[] {
  const seen = editorClips(clip);
  // Further files of a clip that editors show whole are that clip, whichever of them was imported.
  if (seen.length === 1)
    return [
      { id: clip.id, clip },
      ...stretchesOf(clip)
        .filter((part) => part.path !== clip.path)
        .map((part) => ({ id: partId(clip.id, part.number), clip: { ...clip, path: part.path } })),
    ];
  return seen.map((part) => ({ id: part.id, clip: { ...part, id: clip.id } }));
}
