/**
 * The media of a document: each file defined where it is first used and only named after that (repeated definitions make
 * Resolve drop clips). Events that describe one file differently are merged first.
 */
import { isSampleRate } from '../../cutsource.ts';
import type { CutSource } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { rescale } from '../../readers/xmeml/count.ts';
import { rateLabel, type Rate } from '../../time/rate.ts';
import { framesToSamples, timeReferenceToFrame } from '../../time/samples.ts';
import { fileUrl } from '../fcpxml/time.ts';
import { rateXml, timebaseOf, timecodeXml } from './text.ts';

export interface MediaFile {
  id: string;
  /** The master clip all uses of it share. */
  master: string;
  source: CutSource;
  /** Rate its frames are counted at: its own, or for sound that of the sequence. */
  rate: Rate;
  /** Whole length in frames at `rate`; null = unknown. */
  duration: number | null;
}

export interface FileTable {
  /** `rate` is the one to count sound at, and media whose own rate xmeml cannot say; the first use decides. */
  of(source: CutSource, rate: Rate): MediaFile;
  /** The whole element the first time, a reference after that. */
  xml(file: MediaFile): string;
  /** Tells what was lost of the media; once, after everything is written. */
  finish(): void;
}

export function fileTable(
  escape: (value: string, where: string) => string,
  lose: (loss: Loss) => void,
): FileTable {
  const files = new Map<string, MediaFile>();
  const bySource = new Map<CutSource, MediaFile>();
  const defined = new Set<MediaFile>();
  const late: string[] = [];
  return {
    of(source, rate) {
      const seen = bySource.get(source);
      if (seen) return seen;
      const key = source.file ?? source.clip ?? `${source.name}\n${source.reel ?? ''}`;
      let file = files.get(key);
      if (file) file.source = merged(file.source, source);
      else
        files.set(
          key,
          (file = {
            id: `file-${files.size + 1}`,
            master: `masterclip-${files.size + 1}`,
            source,
            rate: source.rate,
            duration: null,
          }),
        );
      settle(file, rate);
      bySource.set(source, file);
      return file;
    },
    xml(file) {
      if (defined.has(file)) return `<file id="${file.id}"/>`;
      defined.add(file);
      tell(file, lose);
      if (betweenFrames(file)) late.push(file.source.name);
      return definition(file, escape);
    },
    finish() {
      if (late.length)
        lose({
          what: 'subframe',
          where: 'media',
          count: late.length,
          message: `${late.length} sounds begin or end between two frames (${late.slice(0, 3).join(', ')}${late.length > 3 ? '…' : ''}); their timecode is that of the frame they begin in, their length whole frames`,
        });
    },
  };
}

/** What xmeml cannot say of one file. */
function tell({ source, rate }: MediaFile, lose: (loss: Loss) => void): void {
  const say = (what: string, message: string) =>
    lose({ what, where: source.name, count: 1, message: `${source.name}: ${message}` });
  if (source.file === null) say('offline', 'no path is known; the clip must be relinked by hand');
  else if (LONE.test(source.file))
    say('character', 'its path holds half a character, which no URL can; it must be relinked');
  if (!isSampleRate(source.rate) && !timebaseOf(source.rate))
    say(
      'rate',
      `FCP7 XML has no word for ${rateLabel(source.rate)} frames a second; its frames are counted at ${rateLabel(rate)}`,
    );
}

/** Half of a surrogate pair: Windows allows them in names. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Unknown media is described anew by each event; together they know most. A picture's rate says more than a sample rate. */
function merged(a: CutSource, b: CutSource): CutSource {
  if (a.clip !== undefined) return a;
  const [base, other] = isSampleRate(a.rate) && !isSampleRate(b.rate) ? [b, a] : [a, b];
  const sampleRate = base.sampleRate ?? other.sampleRate;
  const size = base.size ?? other.size;
  return {
    ...base,
    ...(sampleRate === undefined ? {} : { sampleRate }),
    ...(size ? { size } : {}),
    hasPicture: a.hasPicture || b.hasPicture,
    channels: Math.max(a.channels, b.channels),
  };
}

function settle(file: MediaFile, rate: Rate): void {
  const { source } = file;
  file.rate = timebaseOf(source.rate) ? source.rate : rate;
  file.duration = source.duration === null ? null : rescale(source.duration, source.rate, file.rate);
}

/** The frame the media begins in. Recorders stamp a few samples late; a frame is never skipped for that. */
function startFrame({ source, rate }: MediaFile): number | null {
  if (source.start === null) return null;
  if (isSampleRate(source.rate)) return timeReferenceToFrame(source.start, source.rate.num, rate);
  return rescale(source.start, source.rate, rate);
}

function betweenFrames(file: MediaFile): boolean {
  const { source, rate, duration } = file;
  if (!isSampleRate(source.rate)) return false;
  const start = startFrame(file);
  const samples = (frames: number) => framesToSamples(frames, rate, source.rate.num);
  return (
    (start !== null && samples(start) !== source.start) ||
    (duration !== null && samples(duration) !== source.duration)
  );
}

function definition(file: MediaFile, escape: (value: string, where: string) => string): string {
  const { source, rate } = file;
  const [name, where] = [escape(source.name, `file ${source.name}`), `file ${source.name}`];
  const reel = source.reel === undefined ? undefined : escape(source.reel, where);
  const parts = [`<file id="${file.id}">\n<name>${name}</name>`];
  if (source.file !== null) parts.push(`<pathurl>${pathUrl(source.file)}</pathurl>`);
  parts.push(rateXml(rate));
  if (file.duration !== null && !source.still) parts.push(`<duration>${file.duration}</duration>`);
  parts.push(`${timecodeXml(startFrame(file), rate, reel)}\n<media>`);
  if (source.hasPicture) parts.push(videoXml(source, rate));
  if (source.channels > 0 || !source.hasPicture) parts.push(audioXml(source));
  return `${parts.join('')}</media>\n</file>`;
}

function videoXml({ size, still }: CutSource, rate: Rate): string {
  const measure = size ? `<width>${size.width}</width><height>${size.height}</height>` : '';
  return `<video>${still ? '<stillframe>TRUE</stillframe>' : ''}<samplecharacteristics>${rateXml(rate)}${measure}</samplecharacteristics></video>`;
}

function audioXml({ channels, sampleRate, rate }: CutSource): string {
  const samples = sampleRate ?? (isSampleRate(rate) ? rate.num : undefined);
  const measure = samples
    ? `<samplecharacteristics><samplerate>${samples}</samplerate></samplecharacteristics>`
    : '';
  return `<audio>${measure}<channelcount>${Math.max(1, channels)}</channelcount></audio>`;
}

/** `file://localhost/…` as Final Cut Pro 7 and Premiere write it; a share keeps its server as the host. */
function pathUrl(path: string): string {
  const url = fileUrl(path);
  return url.startsWith('file:///') ? `file://localhost${url.slice(7)}` : url;
}
