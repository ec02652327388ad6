/** The media behind an OTIO clip: its active reference, its exact rate, its timecode, and where the file is. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../documents/rate.ts';
import { mayDrop, sameSpeed } from '../../time/rate.ts';
import type { Said } from './said.ts';
import { countAt, readRange, record, type OtioRange, type OtioTime } from './time.ts';
import { baseName, pathOf } from './url.ts';

export interface Reference {
  schema: string;
  name: string;
  url: string | null;
  available: OtioRange | null;
}

/** `Clip.2` from `Clip`, with version 0 where the file names none. */
export function schemaOf(value: Record<string, unknown> | null): { name: string; version: number } {
  const schema = value?.['OTIO_SCHEMA'];
  const match = typeof schema === 'string' ? /^(\w{1,64})\.(\d{1,9})$/.exec(schema) : null;
  return match ? { name: match[1]!, version: Number(match[2]) } : { name: '', version: 0 };
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Clip.1 has one reference, Clip.2 several by name and says which of them plays. */
export function activeReference(clip: Record<string, unknown>, place: string, said: Said): Reference | null {
  const several = record(clip['media_references']);
  let given = record(clip['media_reference']);
  if (several) {
    const key = textOf(clip['active_media_reference_key']) || 'DEFAULT_MEDIA';
    given = Object.prototype.hasOwnProperty.call(several, key) ? record(several[key]) : null;
    const others = Object.keys(several).length - (given ? 1 : 0);
    if (!given && others > 0)
      said.say('otio-reference', place, `the clip has no media reference called "${key.slice(0, 60)}"`);
    else if (others > 0)
      said.say(
        'otio-references',
        place,
        'only the active media reference is read; the others are not',
        'note',
      );
  }
  if (!given) return null;
  const schema = schemaOf(given).name;
  const url = schema === 'ImageSequenceReference' ? sequenceUrl(given) : textOf(given['target_url']);
  return {
    schema,
    name: textOf(given['name']),
    url: url || null,
    available: readRange(given['available_range']),
  };
}

/** The file of an image sequence's first frame. */
function sequenceUrl(given: Record<string, unknown>): string {
  const [first, digits] = [given['start_frame'], given['frame_zero_padding']].map((value) =>
    typeof value === 'number' && Number.isSafeInteger(value) ? value : 0,
  ) as [number, number];
  const frame = String(first).padStart(Math.min(Math.max(digits, 0), 20), '0');
  const base = textOf(given['target_url_base']);
  const between = base === '' || /[/\\]$/.test(base) ? '' : '/';
  return `${base}${between}${textOf(given['name_prefix'])}${frame}${textOf(given['name_suffix'])}`;
}

/** Whether a picture or sound of its own stands behind the reference, and not something an editor generates. */
export function isGenerator(reference: Reference | null): boolean {
  return reference?.schema === 'GeneratorReference';
}

/** The sequence's drop-frame word holds for media of its speed: OTIO has none of its own. */
function withDrop(rate: Rate, sequence: Rate): Rate {
  return sequence.drop && mayDrop(rate) && sameSpeed(rate, sequence) ? { ...rate, drop: true } : rate;
}

/** `start` is where the event's range begins; it says the rate where the media's own range is not known. */
export function foreignSource(
  reference: Reference | null,
  start: OtioTime,
  sequence: Rate,
  type: 'video' | 'audio',
  clipName: string,
): CutSource {
  const available = reference?.available ?? null;
  const rate = withDrop((available?.start ?? start).rate, sequence);
  const url = reference?.url ?? null;
  const first = available ? countAt(available.start, rate).count : 0;
  const source: CutSource = {
    file: url === null ? null : pathOf(url),
    name: (url === null ? '' : baseName(url)) || reference?.name || clipName,
    rate,
    // An available range from 0 is how programs say that the media has no timecode; where there is no range at all, the
    // clip's own numbers are the only timecode, and they count from 0.
    start: available && first === 0 ? null : first,
    duration: available ? Math.max(0, countAt(available.duration, rate).count) : null,
    hasPicture: type === 'video',
    channels: type === 'audio' ? 2 : 0,
  };
  if (isSampleRate(rate)) source.sampleRate = rate.num;
  return source;
}
