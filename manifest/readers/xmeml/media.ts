/** Files of an xmeml document as sources of a cut list. A file is defined anywhere and named by its id everywhere else. */
import type { CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../time/rate.ts';
import { child, childText, childrenOf, type XmlElement } from '../../xml/read.ts';
import { rescale } from './count.ts';
import { quoted, type Report } from './report.ts';
import { pathOf } from './url.ts';
import { frames, rateOf, startAt, timecodeOf, truth, words } from './values.ts';

export interface ReadFile {
  source: CutSource;
  /** Made in the editor (`Slug`, `GraphicAndType`): there is no media to find. */
  made: boolean;
  /** Nothing says whether it has picture or sound: how it is used decides. */
  bare: boolean;
}

const STILLS = /\.(png|jpe?g|tiff?|psd|psb|gif|bmp|tga|ai|eps|pdf|webp|heic|exr|dpx)$/i;

/** `rate` is inherited where the file names none. */
export function readFile(element: XmlElement, name: string, rate: Rate, report: Report): ReadFile {
  const media = child(element, 'media');
  const video = media && child(media, 'video');
  const sound = media ? childrenOf(media, 'audio') : [];
  const own = rateOf(element) ?? (video && ratesOf(video)) ?? rate;
  const timecode = timecodeOf(element, own);
  if (timecode && timecode.label !== null && timecode.frame === null)
    report.warn(
      'xmeml-timecode',
      element.line,
      `${quoted(timecode.label)} is no timecode at its rate, so the media counts as having none`,
    );
  else if (timecode && timecode.label !== null) report.label();
  const sampleRate = sampleRateOf(sound);
  const counted: Rate =
    sound.length && !video && sampleRate !== undefined
      ? { num: sampleRate, den: 1, drop: false }
      : { num: own.num, den: own.den, drop: timecode !== null && timecode.rate.drop && own.den === 1001 };
  const duration = frames(element, 'duration');
  const file = pathIn(element, report);
  const called = words(element, 'name') ?? name;
  const source: CutSource = {
    file,
    name: called,
    rate: counted,
    start: startAt(timecode, counted),
    duration: duration === null || duration <= 0 ? null : rescale(duration, own, counted),
    hasPicture: video !== undefined,
    channels: channelCount(sound),
  };
  if (timecode?.reel) source.reel = timecode.reel;
  if (sampleRate !== undefined) source.sampleRate = sampleRate;
  const size = video && sizeOf(video);
  if (size) source.size = size;
  if (isStill(source, video) && (timecode === null || timecode.label === null)) {
    source.still = true;
    source.duration = null;
  }
  const made = file === null && childText(element, 'mediaSource') !== undefined && !/\.\w{2,4}$/.test(called);
  return { source, made, bare: !video && sound.length === 0 };
}

function pathIn(element: XmlElement, report: Report): string | null {
  const url = childText(element, 'pathurl');
  if (url === undefined) return null;
  const path = pathOf(url);
  if (path === null)
    report.warn(
      'xmeml-path',
      element.line,
      `${quoted(url)} is not the URL of a file; the media counts as offline`,
    );
  return path;
}

function isStill({ file, duration }: CutSource, video: XmlElement | undefined): boolean {
  if (video && truth(video, 'stillframe', false)) return true;
  // Premiere gives a picture without time of its own no length; a numbered sequence of frames has one.
  return file !== null && STILLS.test(file) && (duration ?? 0) <= 1;
}

function ratesOf(video: XmlElement): Rate | null {
  const facts = child(video, 'samplecharacteristics');
  return facts ? rateOf(facts) : null;
}

/** Width and height of a picture or a sequence's format. */
export function sizeOf(element: XmlElement): { width: number; height: number } | null {
  const facts = child(element, 'samplecharacteristics');
  const [width, height] = [facts && frames(facts, 'width'), facts && frames(facts, 'height')];
  return width && height && width > 0 && height > 0 && width < 1e6 && height < 1e6 ? { width, height } : null;
}

function sampleRateOf(sound: XmlElement[]): number | undefined {
  for (const each of sound) {
    const facts = child(each, 'samplecharacteristics');
    const rate = facts ? frames(facts, 'samplerate') : null;
    if (rate !== null && rate >= 8000 && rate <= 1_000_000) return rate;
  }
  return undefined;
}

/** Final Cut Pro writes one audio element for each track, Premiere one with a count, for a stereo file or for each pair. */
function channelCount(sound: XmlElement[]): number {
  let channels = 0;
  for (const each of sound) channels += Math.min(256, Math.max(1, frames(each, 'channelcount') ?? 1));
  return Math.min(256, channels);
}
