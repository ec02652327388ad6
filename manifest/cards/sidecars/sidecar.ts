/** What a sidecar reader looks like: one file per kind of document in this folder; the list is index.ts. */
import type { Tech, Witness } from '../../documents/handoff.ts';
import type { Rate } from '../../time/rate.ts';

/** A small XML document as a tree. Names are without their prefix; attribute names keep theirs where no other would be left. */
export interface SidecarNode {
  name: string;
  attributes: Record<string, string>;
  children: SidecarNode[];
  /** Character data directly inside, trimmed. */
  text: string;
}

/** A start timecode as a sidecar has it, before it is known at what rate the media counts. */
export interface SidecarStart {
  /** HH:MM:SS:FF. */
  label: string;
  drop: boolean;
  /** Labels a second: 30 for 29.97 and, in pairs of frames, for 59.94. */
  nominal: number;
  /** The second frame of the pair that shares the label. */
  second?: true;
}

/** What a sidecar says of its clip. Shaped like a probe, so that it is kept with them. */
export interface SidecarFacts {
  /** Everything but startTc, which needs the media's rate. */
  tech: Tech;
  witness: Witness;
  start?: SidecarStart;
  clipName?: string;
  /** P2: the clip's own id, and those of the clips before and after it of one recording. */
  globalId?: string;
  shot?: { previous?: string; next?: string };
}

export interface SidecarReader {
  id: string;
  /** Suffixes it is asked about, lower case. */
  suffixes: string[];
  looksLike(root: SidecarNode): boolean;
  read(root: SidecarNode): SidecarFacts;
}

/** The first element of this path below a node; undefined where there is none. */
export function at(node: SidecarNode | undefined, ...names: string[]): SidecarNode | undefined {
  let here = node;
  for (const name of names) here = here?.children.find((child) => child.name === name);
  return here;
}

/** Text of the first of these elements that has any, shortened to what a field of a log holds. */
export function textAt(node: SidecarNode | undefined, ...names: string[]): string | undefined {
  for (const name of names) {
    const text = at(node, name)?.text;
    if (text) return text.slice(0, LONGEST);
  }
  return undefined;
}

export const LONGEST = 1000;

/** `23.98p`, `59.94i`, `50i`, `25p`: two fields of an interlaced format are one frame. */
const FORMATS: Record<string, Rate> = {
  '23.98': { num: 24000, den: 1001, drop: false },
  '23.976': { num: 24000, den: 1001, drop: false },
  '24': { num: 24, den: 1, drop: false },
  '25': { num: 25, den: 1, drop: false },
  '29.97': { num: 30000, den: 1001, drop: false },
  '30': { num: 30, den: 1, drop: false },
  '47.95': { num: 48000, den: 1001, drop: false },
  '48': { num: 48, den: 1, drop: false },
  '50': { num: 50, den: 1, drop: false },
  '59.94': { num: 60000, den: 1001, drop: false },
  '60': { num: 60, den: 1, drop: false },
  '100': { num: 100, den: 1, drop: false },
  '119.88': { num: 120000, den: 1001, drop: false },
  '120': { num: 120, den: 1, drop: false },
};

export function formatRate(text: string | undefined): Rate | undefined {
  const match = /^(?<rate>\d+(?:\.\d+)?)(?<scan>p|i|psf)?/i.exec((text ?? '').trim())?.groups;
  const rate = match && FORMATS[match['rate']!];
  if (!rate || match['scan']?.toLowerCase() !== 'i') return rate;
  return { ...rate, num: rate.num / 2 };
}

/** Whole and not negative, as counts are written; undefined for anything else. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
}

/** YYYY-MM-DD of an ISO date-time; undefined where there is none. */
export function dayOf(text: string | undefined): string | undefined {
  const match = /^(?<day>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T|$| )/.exec(text ?? '');
  return match?.groups?.['day'];
}

/** Only the fields that hold something. */
export function filled<Fields extends object>(
  fields: Fields,
): { [Field in keyof Fields]?: NonNullable<Fields[Field]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as { [Field in keyof Fields]?: NonNullable<Fields[Field]> };
}
