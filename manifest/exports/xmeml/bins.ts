/**
 * A handoff as bins: every clip in its bin by scene and take, with its log notes, labels and markers. An editor that imports
 * the file has the project that Baton's panel would have made, with no panel at all.
 */
import { binsOf } from '../../bins.ts';
import { joinKnown } from '../../cutsource.ts';
import { isUnusable, type Clip, type Handoff } from '../../documents/handoff.ts';
import type { Loss } from '../../documents/issue.ts';
import { fileName, joinRoot } from '../../documents/paths.ts';
import type { BinPath } from '../../documents/plan.ts';
import { entriesByClip, wantedLabel, wantedMarkers, wantedMetadata } from '../../plan/wanted.ts';
import { rescale } from '../../readers/xmeml/count.ts';
import { sync } from '../../sync.ts';
import type { Rate } from '../../time/rate.ts';
import type { FileTable, MediaFile } from './files.ts';
import { linkXml } from './links.ts';
import { loggedXml, markerXml, type Escape, type Logged } from './logging.ts';
import { rateXml, timebaseOf } from './text.ts';

interface Bin {
  bins: Map<string, Bin>;
  clips: MasterClip[];
}

interface MasterClip extends Logged {
  file: MediaFile;
}

export interface Bins {
  /** By clip id: what the items of a sequence repeat. */
  logged: Map<string, Logged>;
  /** Bin elements, from the root down. */
  xml(): string;
}

/** More than any recorder has; a clip's tracks name each other, so they grow with the square of it. */
const MOST_CHANNELS = 64;

/** Where neither the handoff nor a sequence says a rate, sound is counted at this one. */
const FALLBACK: Rate = { num: 25, den: 1, drop: false };

/** `rate` is the sequence's, where there is one. Clips that no editor can hold are losses. */
export function binsFor(
  handoff: Handoff,
  roots: Record<string, string>,
  rate: Rate | undefined,
  files: FileTable,
  escape: Escape,
  lose: (loss: Loss) => void,
): Bins {
  const verdicts = sync(handoff);
  const places = binsOf(handoff, verdicts);
  const entries = entriesByClip(handoff);
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.clipId, verdict]));
  const top: Bin = { bins: new Map(), clips: [] };
  const logged = new Map<string, MasterClip>();
  for (const clip of handoff.clips) {
    const why = unfit(clip);
    if (why) {
      lose({ what: 'clip', where: clip.path, count: 1, message: `${clip.path}: ${why}; no bin holds it` });
      continue;
    }
    const count = rate ?? clip.tech.rate ?? handoff.rate ?? FALLBACK;
    const file = files.of(sourceOf(clip, roots, count), timebaseOf(count) ? count : FALLBACK);
    const rows = entries.get(clip.id) ?? [];
    const verdict = verdictOf.get(clip.id);
    const master: MasterClip = {
      clip,
      file,
      master: file.master,
      metadata: wantedMetadata(clip, rows, verdict),
      label: wantedLabel(clip, verdict),
      markers: wantedMarkers(clip, rows, handoff.rate),
    };
    logged.set(clip.id, master);
    binAt(top, places.get(clip.id)!).clips.push(master);
  }
  tellClips([...logged.values()], lose);
  return { logged, xml: () => childrenXml(top, files, escape) };
}

/** What xmeml cannot say of clips in bins. */
function tellClips(clips: MasterClip[], lose: (loss: Loss) => void): void {
  let coloured = 0;
  for (const { clip, file, markers } of clips) {
    coloured += markers.length;
    const { channels } = file.source;
    if (channels > MOST_CHANNELS)
      lose({
        what: 'channels',
        where: clip.path,
        count: 1,
        message: `${clip.path}: ${channels} channels; the first ${MOST_CHANNELS} get a track`,
      });
  }
  if (coloured)
    lose({
      what: 'marker-colour',
      where: 'bins',
      count: coloured,
      message: 'markers have no colours in FCP7 XML',
    });
}

function unfit(clip: Clip): string | null {
  if (clip.kind === 'document') return "an editor's project cannot hold a document";
  return isUnusable(clip) ? clip.problem!.message : null;
}

function sourceOf(clip: Clip, roots: Record<string, string>, rate: Rate) {
  const root = roots[clip.root];
  const file = root === undefined ? null : joinRoot(root, clip.path);
  const asked = { file, name: fileName(clip.path), rate, in: 0, out: 0, start: null, duration: null };
  return joinKnown(asked, clip, file).source;
}

function binAt(top: Bin, path: BinPath): Bin {
  let bin = top;
  for (const name of path) {
    let inner = bin.bins.get(name);
    if (!inner) bin.bins.set(name, (inner = { bins: new Map(), clips: [] }));
    bin = inner;
  }
  return bin;
}

function childrenXml(bin: Bin, files: FileTable, escape: Escape): string {
  const names = [...bin.bins.keys()].sort();
  const inner = names.map(
    (name) =>
      `<bin>\n<name>${escape(name, `bin ${name}`)}</name>\n<children>\n${childrenXml(bin.bins.get(name)!, files, escape)}</children>\n</bin>\n`,
  );
  return [...inner, ...bin.clips.map((clip) => masterXml(clip, files, escape))].join('');
}

function masterXml(clip: MasterClip, files: FileTable, escape: Escape): string {
  const { file, master } = clip;
  const { source } = file;
  const name = escape(source.name, clip.clip.path);
  const head = `<masterclipid>${master}</masterclipid><name>${name}</name>${file.duration === null ? '' : `<duration>${file.duration}</duration>`}${rateXml(file.rate)}`;
  const items: { id: string; type: 'video' | 'audio'; track: number }[] = [];
  if (source.hasPicture) items.push({ id: `${master}-v1`, type: 'video', track: 1 });
  for (let channel = 1; channel <= Math.min(MOST_CHANNELS, source.channels); channel++)
    items.push({ id: `${master}-a${channel}`, type: 'audio', track: channel });
  const links = items.length > 1 ? items.map((item) => linkXml({ ...item, place: 1 })).join('') : '';
  const track = ({ id, type, track: channel }: (typeof items)[number]) => {
    const from =
      type === 'audio'
        ? `<sourcetrack><mediatype>audio</mediatype><trackindex>${channel}</trackindex></sourcetrack>`
        : '';
    return `<track>\n<clipitem id="${id}">${head}\n${files.xml(file)}${from}\n${links}</clipitem>\n</track>\n`;
  };
  const media = (type: 'video' | 'audio') => {
    const tracks = items.filter((item) => item.type === type).map(track);
    return tracks.length ? `<${type}>\n${tracks.join('')}</${type}>\n` : '';
  };
  const still = source.still ? '<stillframe>TRUE</stillframe>' : '';
  return `<clip id="${master}">
${head}<ismasterclip>TRUE</ismasterclip>${still}
<media>
${media('video')}${media('audio')}</media>
${markersXml(clip, escape)}${loggedXml(clip, escape)}</clip>
`;
}

function markersXml({ clip, markers, file }: MasterClip, escape: Escape): string {
  return markers
    .map((marker) => markerXml(marker, rescale(marker.frame, marker.rate, file.rate), clip.path, escape))
    .join('');
}
