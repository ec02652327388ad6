/** The resources of an FCPXML: one format for each picture size and rate, one asset for each piece of media in the cut. */
import { isSampleRate } from '../../cutsource.ts';
import type { CutList, CutSource, CutTrack } from '../../documents/cutlist.ts';
import { add, compare, fraction, framesToSeconds, ZERO, type Fraction } from '../../time/fraction.ts';
import { nominal, sameSpeed, type Rate } from '../../time/rate.ts';
import type { XmlWriter } from '../xml.ts';
import { encodePath, fileUrl, frameTime, seconds } from './time.ts';
import { sourceKey, usedMedia, type Lose, type Used } from './used.ts';
import { minor, type Version } from './version.ts';

/** Media in the cut. `start` and `end` bound what may be asked of it, in real seconds on its own clock. */
export interface Asset {
  id: string;
  source: CutSource;
  start: Fraction;
  end: Fraction;
  /** Its picture format; null for sound. */
  format: string | null;
}

export interface Resources {
  sequenceFormat: string;
  asset(source: CutSource): Asset;
  /** The id of Final Cut's own transition. */
  dissolve(type: CutTrack['type']): string;
  write(xml: XmlWriter): void;
}

interface Size {
  width: number;
  height: number;
}

/** Final Cut's own transitions; every version has them under these names. */
const DISSOLVES = {
  video: { name: 'Cross Dissolve', uid: 'FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265' },
  audio: { name: 'Audio Crossfade', uid: 'FFAudioTransition' },
};

/** Collects what the events on `list`'s tracks use; `lose` hears about media that is offline or of unknown length. */
export function resources(list: CutList, lose: Lose): Resources {
  const formats = new Map<string, { id: string; rate: Rate | null; size: Size | undefined }>();
  let ids = 0;
  const formatOf = (rate: Rate | null, size: Size | undefined): string => {
    const key = `${rate ? `${rate.num}/${rate.den}` : 'still'} ${size ? `${size.width}x${size.height}` : ''}`;
    let format = formats.get(key);
    if (!format) formats.set(key, (format = { id: `r${++ids}`, rate, size }));
    return format.id;
  };
  const used = usedMedia(list, lose);
  const sequenceFormat = formatOf(list.rate, list.size ?? firstSize(used, lose));
  const assets = new Map<string, Asset>();
  for (const [key, { source, length, name }] of used) {
    sayUnknown(source, name, lose);
    const start = source.start === null ? ZERO : framesToSeconds(source.start, source.rate);
    const known = source.duration === null ? null : framesToSeconds(source.duration, source.rate);
    const still = source.still ? null : source.rate;
    const format = source.hasPicture
      ? formatOf(isSampleRate(source.rate) ? list.rate : still, source.size)
      : null;
    assets.set(key, { id: `r${++ids}`, source, start, end: add(start, known ?? length), format });
  }
  const effects = new Map<CutTrack['type'], string>();
  return {
    sequenceFormat,
    asset: (source) => assets.get(sourceKey(source))!,
    dissolve: (type) => {
      if (!effects.has(type)) effects.set(type, `r${++ids}`);
      return effects.get(type)!;
    },
    write: (xml) => {
      xml.open('resources');
      for (const format of formats.values())
        xml.leaf('format', {
          id: format.id,
          name: formatName(format.rate, format.size),
          frameDuration: format.rate ? frameTime(1, format.rate) : undefined,
          width: format.size?.width,
          height: format.size?.height,
        });
      for (const [type, id] of effects) xml.leaf('effect', { id, ...DISSOLVES[type] });
      for (const asset of assets.values()) writeAsset(xml, asset);
      xml.close();
    },
  };
}

/** What an asset must say and nobody knows. */
function sayUnknown(source: CutSource, name: string, lose: Lose): void {
  const said = (what: string, message: string) =>
    lose({ what, where: name, count: 1, message: `${name}: ${message}` });
  if (source.duration === null && !source.still)
    said('media-length', 'the length of the media is unknown; the asset ends where the cut last uses it');
  if (source.file === null)
    said('offline', 'no path is known; the asset names the file alone and must be relinked');
  if (source.start === 0)
    said('start', 'it starts at timecode 0, which FCPXML cannot tell from media without timecode');
}

function firstSize(used: Map<string, Used>, lose: Lose): Size | undefined {
  for (const { source } of used.values()) if (source.size) return source.size;
  lose({
    what: 'size',
    where: 'sequence',
    count: 1,
    message: 'the sequence has no known size; 1920x1080 is written',
  });
  return { width: 1920, height: 1080 };
}

/** Names Final Cut gives its own formats; a format of another size goes without one. */
function formatName(rate: Rate | null, size: Size | undefined): string | undefined {
  if (!rate) return 'FFVideoFormatRateUndefined';
  const names: Record<string, string> = {
    '1920x1080': '1080p',
    '1280x720': '720p',
    '3840x2160': '3840x2160p',
    '4096x2160': '4096x2160p',
  };
  const rates: Record<string, string> = {
    '24000/1001': '2398',
    '24/1': '24',
    '25/1': '25',
    '30000/1001': '2997',
    '30/1': '30',
    '50/1': '50',
    '60000/1001': '5994',
    '60/1': '60',
  };
  const [named, per] = [size && names[`${size.width}x${size.height}`], rates[`${rate.num}/${rate.den}`]];
  return named && per ? `FFVideoFormat${named}${per}` : undefined;
}

function writeAsset(xml: XmlWriter, { id, source, start, end, format }: Asset): void {
  const length = add(end, { num: -start.num, den: start.den });
  xml.open('asset', {
    id,
    name: source.name,
    start: seconds(start),
    duration: source.still ? '0s' : seconds(length),
    hasVideo: source.hasPicture ? 1 : undefined,
    format: format ?? undefined,
    videoSources: source.hasPicture ? 1 : undefined,
    hasAudio: source.channels ? 1 : undefined,
    audioSources: source.channels ? 1 : undefined,
    audioChannels: source.channels || undefined,
    audioRate: source.channels ? (source.sampleRate ?? 48000) : undefined,
  });
  const src =
    source.file === null
      ? `./${encodePath(source.name.replace(/[\\/]/g, '_') || 'offline')}`
      : fileUrl(source.file);
  xml.leaf('media-rep', { kind: 'original-media', src });
  // A still's other words have no place on the elements that show it.
  writeMetadata(xml, source.still ? source : { camera: source.camera });
  xml.close();
}

/** Final Cut's own keys; its `shot` field is the one that holds the take. */
export function writeMetadata(
  xml: XmlWriter,
  { reel, scene, take, camera }: Pick<CutSource, 'reel' | 'scene' | 'take' | 'camera'>,
): void {
  if (!reel && !scene && !take && !camera) return;
  xml.open('metadata');
  if (reel) xml.leaf('md', { key: 'com.apple.proapps.studio.reel', value: reel });
  if (scene) xml.leaf('md', { key: 'com.apple.proapps.studio.scene', value: scene });
  if (take) xml.leaf('md', { key: 'com.apple.proapps.studio.shot', value: take });
  if (camera) xml.leaf('md', { key: 'com.apple.proapps.mio.cameraName', value: camera });
  xml.close();
}

const CONFORMED = ['23.98', '24', '25', '29.97', '30', '47.95', '48', '50', '59.94', '60'];

/** The rate Final Cut must conform from, as its fixed list writes it; null where the media runs at the sequence's own. */
export function conformFrom(
  source: CutSource,
  sequence: Rate,
  version: Version,
): { srcFrameRate: string | undefined } | null {
  if (!source.hasPicture || source.still || isSampleRate(source.rate) || sameSpeed(source.rate, sequence))
    return null;
  const fixed = minor(version) < 13 ? CONFORMED : [...CONFORMED, '90', '100', '119.88', '120'];
  const { num, den } = source.rate;
  const exact = fraction(num, den);
  const found = fixed.find((name) => {
    const whole = Math.ceil(Number(name));
    const rate = name.includes('.') ? fraction(whole * 1000, 1001) : fraction(whole);
    return whole === nominal(source.rate) && compare(rate, exact) === 0;
  });
  return { srcFrameRate: found };
}
