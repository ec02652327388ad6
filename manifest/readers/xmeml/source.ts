/** Where a track item's picture or sound comes from: its file, a nested sequence, a multiclip's angle, or nothing at all. */
import type { CutEventKind, CutSource } from '../../documents/cutlist.ts';
import type { Rate } from '../../time/rate.ts';
import { child, childrenOf, childText, type XmlElement } from '../../xml/read.ts';
import { fileInside, type Document } from './document.ts';
import { readFile, type ReadFile } from './media.ts';
import { quoted, type Report } from './report.ts';
import { frames, rateOf, startAt, timecodeOf, truth, words } from './values.ts';

export interface Origin {
  kind: CutEventKind;
  /** Null for what an editor makes itself. */
  source: CutSource | null;
}

export interface Origins {
  of(item: XmlElement, name: string, rate: Rate, type: 'video' | 'audio'): Origin;
  /** Media that nobody describes has what the tracks it lies on have; once, when all tracks are read. */
  finish(): void;
}

interface Use {
  file: ReadFile;
  video: boolean;
  audio: boolean;
  /** One source for each scene, take and the like that its uses are logged with. */
  sources: Map<string, CutSource>;
}

/** What Premiere calls its adjustment layers, as far as their names tell. */
const ADJUSTMENT =
  /^(adjustment layer|einstellungsebene|calque d.effets|capa de ajuste|livello di regolazione|調整レイヤー|调整图层)\b/i;

export function origins(document: Document, report: Report): Origins {
  const uses = new Map<XmlElement, Use>();
  const missing = new Set<string>();
  const useOf = (element: XmlElement, name: string, rate: Rate): Use | null => {
    const { id } = element.attributes;
    const whole = (id === undefined ? undefined : document.files.get(id)) ?? element;
    if (whole.children.length === 0) {
      const called = id ?? name;
      if (!missing.has(called))
        report.warn(
          'xmeml-file',
          element.line,
          `the file ${quoted(called)} is named and nowhere described; what uses it counts as offline`,
        );
      missing.add(called);
    }
    let use = uses.get(whole);
    if (!use)
      uses.set(
        whole,
        (use = { file: readFile(whole, name, rate, report), video: false, audio: false, sources: new Map() }),
      );
    return use;
  };
  return {
    of(item, name, rate, type) {
      const nested = child(item, 'sequence');
      if (nested) return { kind: 'nested', source: nestedSource(nested, name, rate, document) };
      const multiclip = child(item, 'multiclip');
      const element = multiclip ? angleFile(multiclip, type, report) : fileOf(item, document);
      if (!element) return { kind: multiclip ? 'multicam' : 'unknown', source: null };
      const use = useOf(element, name, rate)!;
      if (use.file.made) return { kind: ADJUSTMENT.test(name) ? 'adjustment' : 'title', source: null };
      use[type] = true;
      return { kind: multiclip ? 'multicam' : 'clip', source: loggedSource(use, item) };
    },
    finish() {
      for (const { file, video, audio, sources } of uses.values())
        if (file.bare)
          for (const source of sources.values()) {
            source.hasPicture = video;
            // Two is what an editor assumes of a file it cannot see.
            source.channels = audio ? 2 : 0;
          }
    },
  };
}

/** Final Cut's items hold their file; others may name only the master clip that does. */
function fileOf(item: XmlElement, document: Document): XmlElement | undefined {
  const own = child(item, 'file');
  if (own) return own;
  const master = childText(item, 'masterclipid');
  const clip = master === undefined ? undefined : document.masters.get(master);
  return clip && fileInside(clip);
}

function angleFile(multiclip: XmlElement, type: 'video' | 'audio', report: Report): XmlElement | undefined {
  const angles = childrenOf(multiclip, 'angle');
  const active = angles.find((angle) => truth(angle, `active${type}angle`, false)) ?? angles[0];
  if (angles.length > 1)
    report.warn(
      'xmeml-multiclip',
      multiclip.line,
      `of a multiclip's ${angles.length} angles the active one is kept`,
    );
  return active && fileInside(active);
}

function nestedSource(nested: XmlElement, name: string, rate: Rate, document: Document): CutSource {
  const { id } = nested.attributes;
  const whole = (id === undefined ? undefined : document.byId.get(id)) ?? nested;
  const own = rateOf(whole) ?? rate;
  const timecode = timecodeOf(whole, own);
  const media = child(whole, 'media');
  const tracks = (type: string) => {
    const part = media && child(media, type);
    return part ? childrenOf(part, 'track').length : 0;
  };
  const duration = frames(whole, 'duration');
  return {
    file: null,
    name: words(whole, 'name') ?? name,
    rate: { ...own, drop: timecode?.rate.drop ?? false },
    start: startAt(timecode, own),
    duration: duration === null || duration <= 0 ? null : duration,
    hasPicture: !media || tracks('video') > 0,
    channels: Math.min(256, tracks('audio')),
  };
}

/** The file's source with what this use of it is logged as. */
function loggedSource({ file, sources }: Use, item: XmlElement): CutSource {
  const logging = child(item, 'logginginfo');
  const comments = child(item, 'comments');
  const scene = logging && words(logging, 'scene');
  const take = logging && words(logging, 'shottake');
  const camera = remark(comments, 'mastercomment2', 'Camera: ');
  const tags = remark(comments, 'mastercomment1', 'Tags: ')?.split(', ');
  const good = !tags && logging && truth(logging, 'good', false);
  const key = JSON.stringify([scene, take, camera, tags, good]);
  let source = sources.get(key);
  if (source) return source;
  source = { ...file.source };
  if (scene) source.scene = scene;
  if (take) source.take = take;
  if (camera) source.camera = camera;
  if (tags ?? good) source.tags = tags ?? ['good'];
  sources.set(key, source);
  return source;
}

/** A comment that Baton wrote; other people's comments stay what they are. */
function remark(comments: XmlElement | undefined, name: string, prefix: string): string | undefined {
  const text = comments && words(comments, name);
  return text?.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
