/** The resources of an FCPXML by their ids: formats, media files, effects, and compound and multicam media. */
import type { CutSource } from '../../documents/cutlist.ts';
import { compare, ZERO, type Fraction } from '../../time/fraction.ts';
import { RATES, type Rate, type RateName } from '../../time/rate.ts';
import type { XmlElement } from '../../xml/read.ts';
import { aboutOf, type About } from './about.ts';
import { rateOfFrame, readSeconds } from './seconds.ts';
import type { Tally } from './tally.ts';
import { fileOfUrl, pathOfUrl } from './url.ts';

export interface Format {
  rate: Rate | null;
  size: { width: number; height: number } | null;
}

export interface Asset {
  name: string;
  file: string | null;
  /** On the media's own clock, in seconds. */
  start: Fraction;
  /** Null = not said. */
  duration: Fraction | null;
  hasPicture: boolean;
  channels: number;
  sampleRate: number | undefined;
  format: Format;
  still: boolean;
  about: About;
  /** The source made last from it: a timeline uses one file again and again in the same words. */
  latest?: CutSource;
}

export interface Resources {
  formats: Map<string, Format>;
  assets: Map<string, Asset>;
  effects: Map<string, { name: string; uid: string }>;
  media: Map<string, XmlElement>;
}

const NO_FORMAT: Format = { rate: null, size: null };

/** From the `resources` element; the first of two that share an id counts. */
export function readResources(root: XmlElement | undefined, tally: Tally): Resources {
  const resources: Resources = {
    formats: new Map(),
    assets: new Map(),
    effects: new Map(),
    media: new Map(),
  };
  const children = root?.children ?? [];
  const seen = new Set<string>();
  // Formats first: an asset may stand before the format it names.
  for (const each of children)
    if (each.name === 'format') keep(resources.formats, each, () => readFormat(each, tally));
  for (const each of children) {
    const { id } = each.attributes;
    if (id !== undefined && seen.has(id))
      tally.say('fcpxml-double-id', each.line, `a second resource has the id ${id}; the first is used`);
    if (id !== undefined) seen.add(id);
    if (each.name === 'asset') keep(resources.assets, each, () => readAsset(each, resources.formats, tally));
    else if (each.name === 'effect') {
      const { name = '', uid = '' } = each.attributes;
      keep(resources.effects, each, () => ({ name, uid }));
    } else if (each.name === 'media') keep(resources.media, each, () => each);
    else if (each.name !== 'format' && each.name !== 'locator')
      tally.say(
        'fcpxml-unknown-element',
        each.line,
        `<${each.name}> among the resources is not known`,
        each.name,
      );
  }
  return resources;
}

function keep<Value>(into: Map<string, Value>, { attributes }: XmlElement, make: () => Value): void {
  const { id } = attributes;
  if (id !== undefined && !into.has(id)) into.set(id, make());
}

function readFormat({ attributes, line }: XmlElement, tally: Tally): Format {
  const { frameDuration, name, width, height } = attributes;
  const duration = frameDuration === undefined ? null : readSeconds(frameDuration);
  const rate = duration ? rateOfFrame(duration) : rateOfName(name ?? '');
  if (frameDuration !== undefined && !rate)
    tally.say('fcpxml-time', line, `a frame of "${frameDuration}" is no frame rate`, 'format');
  const [across, down] = [count(width), count(height)];
  return { rate, size: across && down ? { width: across, height: down } : null };
}

const NAMED: Record<string, RateName> = {
  p2398: '23.976',
  p24: '24',
  p25: '25',
  p2997: '29.97',
  p30: '30',
  p50: '50',
  p5994: '59.94',
  p60: '60',
  i50: '25',
  i5994: '29.97',
  i60: '30',
};

/** Final Cut's own formats say their rate in their name: `FFVideoFormat1080p2398`; interlaced ones count fields. */
function rateOfName(name: string): Rate | null {
  const ending = /^FFVideoFormat.*?([pi]\d+)$/.exec(name)?.[1];
  const known = ending === undefined ? undefined : NAMED[ending];
  return known ? RATES[known] : null;
}

function readAsset(element: XmlElement, formats: Map<string, Format>, tally: Tally): Asset {
  const { attributes, line } = element;
  const reps = element.children.filter((each) => each.name === 'media-rep');
  const rep = reps.find((each) => each.attributes['kind'] !== 'proxy-media') ?? reps[0];
  const src = rep?.attributes['src'] ?? attributes['src'];
  const time = (text: string | undefined, what: string) => {
    const read = text === undefined ? null : readSeconds(text);
    if (text !== undefined && !read)
      tally.say(
        'fcpxml-time',
        line,
        `asset ${attributes['name'] ?? attributes['id']}: ${what} "${text}" is no time`,
      );
    return read;
  };
  const [start, duration] = [time(attributes['start'], 'start'), time(attributes['duration'], 'duration')];
  const format = formats.get(attributes['format'] ?? '') ?? NO_FORMAT;
  const hasSound = attributes['hasAudio'] === '1' || attributes['audioChannels'] !== undefined;
  const hasPicture = attributes['hasVideo'] === '1' || (attributes['hasVideo'] === undefined && !hasSound);
  const channels = (count(attributes['audioSources']) ?? 1) * (count(attributes['audioChannels']) ?? 1);
  const none = duration !== null && compare(duration, ZERO) === 0;
  return {
    name: attributes['name'] ?? (src === undefined ? '' : fileOfUrl(src)),
    file: src === undefined ? null : pathOfUrl(src),
    start: start ?? ZERO,
    duration: none ? null : duration,
    hasPicture,
    channels: hasSound ? channels : 0,
    sampleRate: sampleRate(attributes['audioRate']),
    format,
    still: hasPicture && !hasSound && (none || (format.rate === null && duration === null)),
    about: aboutOf(element, tally),
  };
}

/** `48000` and `48k` are both written. */
function sampleRate(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(k?)$/.exec(text ?? '');
  if (!match) return undefined;
  const rate = Math.round(Number(match[1]) * (match[2] ? 1000 : 1));
  return rate >= 8000 && rate <= 768000 ? rate : undefined;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  return Number(text) || undefined;
}
