/** One row of Resolve's metadata table: what the same clip would be given through the panel, under the headings that Resolve writes itself. */
import { isUnusable, type Clip, type Handoff, type LogEntry } from '../../documents/handoff.ts';
import type { CutSource } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';
import { fileName, joinRoot } from '../../documents/paths.ts';
import type { Metadata } from '../../documents/plan.ts';
import type { Rate } from '../../documents/rate.ts';
import type { SyncVerdict } from '../../documents/sync.ts';
import { RESOLVE_METADATA, sequencePath } from '../../job.ts';
import { asEditorsSee, entriesOf } from '../../plan/parts.ts';
import { wantedKeywords } from '../../plan/keywords.ts';
import { entriesByClip, wantedMetadata } from '../../plan/wanted.ts';
import { sync } from '../../sync.ts';
import { nominal } from '../../time/rate.ts';
import { frameToTimecode } from '../../time/timecode.ts';
import { clipOfHandoff, clipOfSource, type FromHandoff } from '../ale/clip.ts';
import { FORMULA, OWN_COLUMN } from '../sheet/csv.ts';

export const HEADINGS = [
  'File Name',
  'Clip Directory',
  'Start TC',
  ...Object.values(RESOLVE_METADATA),
  'Keywords',
  // What Good Take comes out as.
  'Tag',
  OWN_COLUMN,
];

export interface Row {
  /** The file as Resolve calls it: `A001C001.mov`, `plate.[1001-1100].exr`. */
  name: string;
  directory: string;
  start: string;
  metadata: Metadata;
  id: string;
}

/** In both kinds of path there are. */
function directoryOf(file: string): string {
  return file.slice(0, Math.max(0, file.length - fileName(file.replaceAll('\\', '/')).length - 1));
}

const NO_MEDIA: Record<string, string> = { document: 'a document is no media' };

/** Rows of a handoff's clips, by the clip's id; what is none is said. */
export function rowsOfHandoff(
  handoff: Handoff,
  roots: Record<string, string>,
  lose: (loss: Loss) => void,
): Map<string, Row[]> {
  const verdicts = new Map(sync(handoff).map((verdict) => [verdict.clipId, verdict]));
  const entries = entriesByClip(handoff);
  const rows = new Map<string, Row[]>();
  for (const { whole, clip } of handoff.clips.flatMap(asEditorsSee)) {
    const why = NO_MEDIA[clip.kind] ?? (isUnusable(clip) ? clip.problem!.message : null);
    if (why !== null) {
      lose({ what: 'source', where: clip.path, count: 1, message: `${clip.path}: ${why}; it has no row` });
      continue;
    }
    const own = entriesOf(whole, clip, entries.get(whole.id) ?? []);
    const row = rowOfClip({ clip, entries: own, verdict: verdicts.get(whole.id), handoff, roots });
    rows.set(whole.id, [...(rows.get(whole.id) ?? []), row]);
  }
  return rows;
}

interface About {
  clip: Clip;
  entries: LogEntry[];
  verdict: SyncVerdict | undefined;
  handoff: Handoff;
  roots: Record<string, string>;
}

function rowOfClip({ clip, entries, verdict, handoff, roots }: About): Row {
  const root = roots[clip.root];
  const first = root === undefined ? clip.path : joinRoot(root, clip.path);
  const shown = clip.sequence ? sequencePath(first, clip.sequence) : first;
  const timed = clipOfHandoff(asResolveCounts(clip, handoff.rate), roots, NOTHING, handoff.rate);
  const keywords = wantedKeywords(clip, entries).join(',');
  return {
    name: fileName(shown.replaceAll('\\', '/')),
    directory: directoryOf(shown),
    start: timed ? label(timed.start, timed.rate) : '',
    metadata: { ...wantedMetadata(clip, entries, verdict), ...(keywords === '' ? {} : { keywords }) },
    id: clip.id,
  };
}
/** Of picks and notes the timecode needs nothing. */
const NOTHING: FromHandoff = () => ({ circled: false, comments: [] });

/** Sound counts at the project's rate, whatever its own header says of one. */
function asResolveCounts(clip: Clip, project: Rate | undefined): Clip {
  if (clip.kind === 'picture' || !project || clip.tech.startSamples === undefined) return clip;
  const { startTc: _own, ...tech } = clip.tech;
  return { ...clip, tech: { ...tech, rate: project } };
}

/** Media that no handoff knows, as the cut describes it. */
export function rowOfSource(source: CutSource, rate: Rate): Row {
  const { name, start, rate: own } = clipOfSource(source, rate);
  const { scene, take, camera, reel } = source;
  const fields = Object.entries({ scene, take, camera, reel }).filter(([, value]) => value);
  const file = source.file ?? source.path ?? name;
  return {
    name: fileName(file.replaceAll('\\', '/')),
    directory: directoryOf(file),
    start: label(start, own),
    metadata: Object.fromEntries(fields) as Metadata,
    id: source.clip ?? '',
  };
}

/** '' where there is no timecode, or none counts at the rate. */
function label(start: number | null, rate: Rate): string {
  return start === null || nominal(rate) < 1 ? '' : frameToTimecode(start, rate);
}

/** Written by people, and longer than a word: what begins like a formula is given a beginning of its own. */
const TEXTS = new Set(['Comments', 'Description']);

/**
 * A row's cells. Resolve takes a cell as it stands, so none is guarded by a sign that would come in with it: a text that begins like a
 * formula begins with `Note: `, any other such value is left out, and both are said. Null where that is the name the row is found by.
 */
export function cellsOf({ name, directory, start, metadata, id }: Row, lose: (loss: Loss) => void) {
  const say = (message: string) =>
    lose({ what: 'formula', where: name, count: 1, message: `${name}: ${message}` });
  if (FORMULA.test(name)) {
    say('its name begins like a formula, which a spreadsheet would run; it has no row');
    return null;
  }
  const safe = (heading: string, value: string): string => {
    if (!FORMULA.test(value)) return value;
    if (TEXTS.has(heading)) {
      say(`${heading} begins like a formula; "Note: " stands before it`);
      return `Note: ${value}`;
    }
    say(`${heading} is "${value.trim().slice(0, 40)}", which begins like a formula; the cell is empty`);
    return '';
  };
  const { good } = metadata;
  const fields = Object.keys(RESOLVE_METADATA) as (keyof typeof RESOLVE_METADATA)[];
  const cells = [
    name,
    directory,
    start,
    ...fields.map((field) => metadata[field] ?? ''),
    metadata.keywords ?? '',
    good === undefined ? '' : good === 'true' ? '1' : '0',
    id,
  ];
  return cells.map((cell, at) => safe(HEADINGS[at]!, cell));
}
