/** Media references: where the file is and which stretch of time it holds, one for each source the cut uses. */
import { fileUrl } from '../fcpxml/time.ts';
import { isSampleRate } from '../../cutsource.ts';
import type { CutEvent, CutList, CutSource } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { samplesToFrames } from '../../time/samples.ts';
import { range, string, time } from './json.ts';
import { sourceStart, type SoundCount } from './span.ts';

export interface MediaReferences {
  /** The JSON of the reference to an event's source. */
  of(event: CutEvent, source: CutSource | null): string;
}

/** `bare` writes paths as they are, which Resolve wants; others get file URLs, as OTIO's documents have them. */
export function mediaReferences(
  list: CutList,
  sound: SoundCount,
  bare: boolean,
  lose: (loss: Loss) => void,
): MediaReferences {
  const reach = furthestUse(list);
  const told = new Set<string>();
  const once = (key: string, what: string, source: CutSource, message: string) => {
    if (told.has(`${what} ${key}`)) return;
    told.add(`${what} ${key}`);
    lose({ what, where: source.name, count: 1, message: `${source.name}: ${message}` });
  };
  const written = new Map<CutSource, string>();
  const targets = new Map<string, string>();
  const target = (file: string) => {
    let text = targets.get(file);
    if (text === undefined) targets.set(file, (text = string(bare ? file : fileUrl(file))));
    return text;
  };
  const reference = (event: CutEvent, source: CutSource) => {
    const key = sourceKey(source);
    if (source.duration === null && !source.still)
      once(
        key,
        'media-length',
        source,
        'the length of the media is unknown; the reference ends where the cut last uses it',
      );
    const available = availableRange(list, event, source, reach.get(key) ?? 0, sound);
    if (source.file === null) {
      once(key, 'offline', source, 'no path is known; the reference is a missing one and must be relinked');
      return `{"OTIO_SCHEMA": "MissingReference.1", "metadata": {}, "name": ${string(source.name)}, "available_range": ${available}, "available_image_bounds": null}`;
    }
    return `{"OTIO_SCHEMA": "ExternalReference.1", "metadata": {}, "name": ${string(source.name)}, "available_range": ${available}, "available_image_bounds": null, "target_url": ${target(source.file)}}`;
  };
  return {
    of: (event, source) => {
      if (!source)
        return '{"OTIO_SCHEMA": "MissingReference.1", "metadata": {}, "name": "", "available_range": null, "available_image_bounds": null}';
      const known = source.still ? undefined : written.get(source);
      if (known !== undefined) return known;
      const made = reference(event, source);
      written.set(source, made);
      return made;
    },
  };
}

function availableRange(
  list: CutList,
  event: CutEvent,
  source: CutSource,
  reach: number,
  sound: SoundCount,
): string {
  const start = sourceStart(event, source, list.rate, sound);
  if (source.still) return range(time(0, list.rate), time(event.recordOut - event.recordIn, list.rate));
  const length = source.duration ?? reach;
  const counted =
    sound === 'frames' && isSampleRate(source.rate)
      ? samplesToFrames(length, source.rate.num, list.rate)
      : length;
  return range(time(start.media, start.rate), time(counted, start.rate));
}

/** Finds, for a source, the first one given that says the same: editors describe one file anew on every event. */
export function sameSources(): (source: CutSource) => CutSource {
  const first = new Map<string, CutSource>();
  return (source) => {
    const key = sourceKey(source);
    const known = first.get(key);
    if (!known) first.set(key, source);
    return known && (known === source || equal(known, source)) ? known : source;
  };
}

function equal(a: CutSource, b: CutSource): boolean {
  return (
    a.clip === b.clip &&
    a.file === b.file &&
    a.name === b.name &&
    a.reel === b.reel &&
    a.scene === b.scene &&
    a.take === b.take &&
    a.camera === b.camera &&
    a.rate.num === b.rate.num &&
    a.rate.den === b.rate.den &&
    a.rate.drop === b.rate.drop &&
    a.start === b.start &&
    a.duration === b.duration &&
    a.hasPicture === b.hasPicture &&
    a.channels === b.channels &&
    a.sampleRate === b.sampleRate &&
    a.still === b.still &&
    a.size?.width === b.size?.width &&
    a.size?.height === b.size?.height &&
    a.tags?.join('\n') === b.tags?.join('\n')
  );
}

/** Two events of one clip, one file or one name use the same media. */
function sourceKey(source: CutSource): string {
  return source.clip ?? source.file ?? `${source.name}\n${source.reel ?? ''}`;
}

/** How far into each source of unknown length the cut reaches, in the source's own count. */
function furthestUse(list: CutList): Map<string, number> {
  const reach = new Map<string, number>();
  for (const track of list.tracks)
    for (const { source, sourceOut } of track.events) {
      if (!source || source.duration !== null) continue;
      const key = sourceKey(source);
      reach.set(key, Math.max(reach.get(key) ?? 0, sourceOut));
    }
  return reach;
}
