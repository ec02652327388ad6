/** The patterns Baton knows without being told, and which files a pattern speaks of. */
import type { Clip, ClipKind, Handoff } from '../documents/handoff.ts';
import { parsePattern, type Pattern, type PatternFault } from './pattern.ts';

/** What a file is to naming: B-roll and wild tracks are named otherwise than takes. */
export type NamedAs = ClipKind | 'broll' | 'wild';

export function namedAs(clip: Pick<Clip, 'kind' | 'broll' | 'soundKind'>): NamedAs {
  if (clip.kind === 'picture' && clip.broll) return 'broll';
  return clip.kind === 'sound' && clip.soundKind === 'wild' ? 'wild' : clip.kind;
}

export interface Naming {
  pattern: Pattern;
  for: NamedAs[];
}

/** The first that fits a kind of file is the one new names are built by; the others are read, and good as they are. */
const DEFAULTS: [text: string, kinds: NamedAs[]][] = [
  ['SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role}', ['picture', 'sound']],
  ['SCENE_{scene:2}_TAKE_{take:2}_{camera}', ['picture']],
  ['SCENE_{scene:2}_TAKE_{take:2}', ['picture', 'sound']],
  ['BROLL_{int|ext}_{place}_{time}_{size}_{n:2}', ['broll']],
  ['{int|ext}_{place}_{time}_{size}_{n:2}', ['broll']],
  ['SCENE_{scene:2}_WT_{n:2}', ['wild']],
  ['SCENE_{scene:2}_V{version:2}', ['graphic']],
];

function parsed(text: string): Pattern {
  const read = parsePattern(text);
  if (!read.ok) throw new Error(`${text}: ${read.fault.message}`);
  return read.pattern;
}

export const DEFAULT_NAMING: Naming[] = DEFAULTS.map(([text, kinds]) => ({
  pattern: parsed(text),
  for: kinds,
}));

/** Where nobody says which files a pattern speaks of, its fields do. */
export function speaksOf({ tokens }: Pattern): NamedAs[] {
  const names = new Set(tokens.flatMap((token) => (token.type === 'field' ? [token.name] : [])));
  if (names.has('take')) return ['picture', 'sound'];
  if (names.has('place')) return ['broll'];
  if (names.has('version')) return ['graphic'];
  return ['picture', 'sound', 'broll', 'wild'];
}

export interface ReadNaming {
  naming: Naming[];
  /** Patterns that are none, with where they go wrong. */
  faults: { pattern: string; fault: PatternFault }[];
}

/** `the pattern SCENE_{sceen} goes wrong at column 8: "sceen" is not a field; the nearest is {scene}`. */
export function patternFault({ pattern, fault }: ReadNaming['faults'][number]): string {
  return `the pattern ${pattern} goes wrong at column ${fault.column}: ${fault.message}`;
}

/** Patterns as people wrote them. */
export function readNaming(given: { pattern: string; for?: NamedAs[] | undefined }[]): ReadNaming {
  const read: ReadNaming = { naming: [], faults: [] };
  for (const each of given) {
    const one = parsePattern(each.pattern);
    if (one.ok) read.naming.push({ pattern: one.pattern, for: each.for ?? speaksOf(one.pattern) });
    else read.faults.push({ pattern: each.pattern, fault: one.fault });
  }
  return read;
}

/** The production's own patterns; none where it set none. */
export function productionNaming(handoff: Handoff): ReadNaming {
  return readNaming(handoff.naming?.patterns ?? []);
}

export function patternsFor(naming: Naming[], what: NamedAs): Pattern[] {
  return naming.filter((each) => each.for.includes(what)).map((each) => each.pattern);
}
