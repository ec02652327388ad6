/** The tables of a report's sources: what the cut uses, and, where the handoff is known, what it leaves out and should not have used. */
import type { CutList, CutSource } from '../../documents/cutlist.ts';
import { isUnusable, type Clip, type Handoff } from '../../documents/handoff.ts';
import { comparablePath, fileName, joinRoot } from '../../documents/paths.ts';
import { frameToTimecode } from '../../time/timecode.ts';
import { named } from './escape.ts';
import { table, type Column } from './page.ts';
import { converted, isSampled, sourceTimecode } from './places.ts';

interface Used {
  source: CutSource;
  events: number;
  /** Frames of record. */
  frames: number;
}

const COLUMNS: Column[] = [
  { head: 'Source', kind: 'words' },
  { head: 'Reel', kind: 'short' },
  { head: 'Scene and take', kind: 'short' },
  { head: 'Starts', kind: 'time' },
  { head: 'Length', kind: 'time' },
  { head: 'Events', kind: 'number' },
  { head: 'Used', kind: 'time' },
];

/** HTML; empty where nothing has a source. */
export function sourceTables(list: CutList, handoff?: Handoff, roots: Record<string, string> = {}): string {
  const used = usedSources(list);
  const rows = used.map((each) => sourceRow(list, each));
  const all =
    rows.length > 0
      ? `<h2>Sources used <span class="quiet">${rows.length}</span></h2>${table(COLUMNS, rows)}`
      : '';
  return handoff ? `${all}${againstHandoff(list, used, handoff, roots)}` : all;
}

function usedSources(list: CutList): Used[] {
  const used = new Map<string, Used>();
  for (const { events } of list.tracks)
    for (const { source, recordIn, recordOut } of events) {
      if (!source) continue;
      const key = source.clip ?? source.file ?? `${source.reel ?? ''} ${source.name}`;
      const each = used.get(key) ?? { source, events: 0, frames: 0 };
      each.events++;
      each.frames += recordOut - recordIn;
      used.set(key, each);
    }
  return [...used.values()].sort((a, b) => compare(a.source.name, b.source.name));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function sourceRow(list: CutList, { source, events, frames }: Used): string {
  const { name, reel = '', scene, take, start, duration, file, tags } = source;
  const length =
    duration === null || source.still
      ? ''
      : frameToTimecode(
          isSampled(source) ? converted(duration, source.rate, list.rate) : duration,
          isSampled(source) ? list.rate : source.rate,
        );
  const about = [tags?.join(', ') ?? '', file === null ? 'no known file' : ''].filter(Boolean).join(', ');
  return (
    `<tr><td>${named(name)}${about ? `<br><span class="quiet">${named(about)}</span>` : ''}` +
    `<td>${named(reel)}<td>${named(sceneTake(scene, take))}<td>${start === null ? 'none' : sourceTimecode(source, 0, list)}` +
    `<td>${length}<td class="number">${events}<td>${frameToTimecode(frames, list.rate)}`
  );
}

function sceneTake(scene?: string, take?: string): string {
  return [scene, take].filter((each) => each !== undefined && each !== '').join(' / ');
}

/** Which of the handoff's clips the cut uses: by id, else by place, else by a name that only one clip has. */
function usedClips(used: Used[], handoff: Handoff, roots: Record<string, string>) {
  const byId = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  const byFile = new Map<string, Clip>();
  const byName = new Map<string, Clip | null>();
  for (const clip of handoff.clips) {
    const root = roots[clip.root];
    if (root !== undefined) byFile.set(comparablePath(joinRoot(root, clip.path)), clip);
    const name = fileName(clip.path);
    byName.set(name, byName.has(name) ? null : clip);
  }
  const clips = new Map<Clip, Used>();
  const strange: Used[] = [];
  for (const each of used) {
    const { clip: id, file, name } = each.source;
    const clip =
      (id === undefined ? undefined : byId.get(id)) ??
      (file === null ? undefined : byFile.get(comparablePath(file))) ??
      byName.get(file === null ? name : fileName(file.replace(/\\/g, '/')));
    if (clip) clips.set(clip, each);
    else strange.push(each);
  }
  return { clips, strange };
}

const CLIP_COLUMNS: Column[] = [
  { head: 'Clip', kind: 'words' },
  { head: 'Reel', kind: 'short' },
  { head: 'Scene and take', kind: 'short' },
  { head: 'Starts', kind: 'time' },
  { head: 'Why', kind: 'short' },
];

function againstHandoff(
  list: CutList,
  used: Used[],
  handoff: Handoff,
  roots: Record<string, string>,
): string {
  const { clips, strange } = usedClips(used, handoff, roots);
  const media = handoff.clips.filter(({ kind }) => kind === 'picture' || kind === 'sound');
  const unused = media.filter((clip) => !clips.has(clip));
  const circled = unused.filter(({ pick }) => pick === 'circled');
  const rejected = [...clips.keys()].filter(({ pick }) => pick === 'rejected');
  const broken = [...clips.keys()].filter(isUnusable);
  const others = unused.filter(({ pick }) => pick !== 'circled');
  const lost = used.filter(({ source }) => source.file === null);
  const part = (title: string, of: Clip[], why: (clip: Clip) => string) =>
    of.length === 0
      ? ''
      : `<h2>${title} <span class="quiet">${of.length}</span></h2>${table(
          CLIP_COLUMNS,
          of.map((clip) => clipRow(clip, why(clip))),
        )}`;
  return [
    part('Circled takes not in the cut', circled, () => 'circled'),
    part('Rejected takes in the cut', rejected, () => 'rejected'),
    part('Media in the cut that cannot be read', broken, (clip) => clip.problem?.message ?? ''),
    strange.length === 0
      ? ''
      : `<h2>In the cut, not in the handoff <span class="quiet">${strange.length}</span></h2>${table(
          COLUMNS,
          strange.map((each) => sourceRow(list, each)),
        )}`,
    lost.length === 0
      ? ''
      : `<h2>In the cut, with no known file <span class="quiet">${lost.length}</span></h2>${table(
          COLUMNS,
          lost.map((each) => sourceRow(list, each)),
        )}`,
    part('Other takes not in the cut', others, ({ pick }) => (pick === 'unknown' ? '' : pick)),
  ].join('');
}

function clipRow({ path, identity, tech }: Clip, why: string): string {
  const { reel, soundRoll, scene, take } = identity;
  return `<tr><td>${named(fileName(path))}<td>${named(reel ?? soundRoll ?? '')}<td>${named(sceneTake(scene, take))}<td>${named(tech.startTc ?? '')}<td>${named(why)}`;
}
