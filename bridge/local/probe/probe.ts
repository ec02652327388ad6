/** What a media file says about itself, read from its header in this process: no other program, no media bytes. */
import type { Rate } from '../../../manifest/time/rate.ts';
import { suffix } from '../../../manifest/documents/paths.ts';
import { WINDOW, withBytes } from './bytes.ts';
import { aiff } from './aiff.ts';
import { elsewhere } from './elsewhere.ts';
import { flac } from './flac.ts';
import { mov } from './mov.ts';
import { mp3 } from './mp3.ts';
import { mxf } from './mxf.ts';
import type { Probe, Prober, ProblemCode } from './prober.ts';
import { ari, red } from './raw.ts';
import { dpx, exr } from './stills-timecode.ts';
import { bmp, gif, jpeg, png, psd } from './stills.ts';
import { tiff } from './tiff.ts';
import { w64 } from './w64.ts';
import { wav } from './wav.ts';

export type { Probe, Problem, ProblemCode } from './prober.ts';

const PROBERS: Prober[] = [
  mov,
  wav,
  mxf,
  aiff,
  flac,
  mp3,
  w64,
  png,
  jpeg,
  tiff,
  dpx,
  exr,
  gif,
  psd,
  bmp,
  red,
  ari,
  elsewhere,
];

/** By suffix, the probers in the order they are tried: a name is right nearly always, and content decides where it is not. */
const BY_SUFFIX = new Map(
  PROBERS.flatMap((prober) => prober.suffixes.map((each) => [each, prober] as const)).map(
    ([each, prober]) => [each, [prober, ...PROBERS.filter((other) => other !== prober)]] as const,
  ),
);

/** Originals whose makers do not say how they begin: one that no prober knows is no fault of the file. */
const UNDOCUMENTED = new Set(['r3d', 'ari', 'braw', 'crm', 'dng']);

/** Raise it when a probe may find more or other things in the same file: what was kept of earlier probes is then read anew. */
export const PROBE_VERSION = 3;

/** Whether this kind of file, by its name, is one Baton reads the header of. */
export function canProbe(path: string): boolean {
  return BY_SUFFIX.has(suffixOf(path));
}

/**
 * Never rejects: what is wrong with a file comes back as its `problem`. A file of a kind without a prober (canProbe) is
 * not opened and brings back nothing. `projectRate` decides only where timecode says how labels count but not how fast.
 */
export async function probe(file: string, projectRate?: Rate): Promise<Probe> {
  return probeNow(file, projectRate);
}

/** The same without waiting, for a worker that does nothing else: a few header reads take less time than a promise. */
export function probeNow(file: string, projectRate?: Rate): Probe {
  const ending = suffixOf(file);
  const probers = BY_SUFFIX.get(ending);
  if (!probers) return { tech: {}, witness: {} };
  try {
    return withBytes(file, (bytes, stats) => {
      if (stats.isDirectory()) return failed('unreadable', 'it is a folder under the name of a media file');
      if (!stats.isFile()) return failed('unreadable', 'it is a device or a pipe, not a file');
      if (bytes.size === 0)
        return failed('empty-file', 'it is 0 bytes long: the copy failed; copy it again from the card');
      // What the content is decides; the name only said that it is worth a look.
      for (const prober of probers) {
        bytes.ahead = prober.ahead ?? WINDOW;
        if (prober.looksLike(bytes))
          return misnamed(ending, prober) ?? named(ending, prober, prober.probe(bytes, projectRate));
      }
      if (UNDOCUMENTED.has(ending)) return { tech: {}, witness: {} };
      return failed('not-media', `it does not begin like a ${ending} file or any other Baton reads`);
    });
  } catch (error) {
    return failed('unreadable', diskMessage(error));
  }
}

const suffixOf = (path: string) => suffix(path.replaceAll('\\', '/'));

/** What one frame is stored as; an editor that takes a still for a film shows nothing, and the other way round. */
const STILLS: ReadonlySet<Prober> = new Set([png, jpeg, tiff, dpx, exr, gif, psd, bmp]);
const STILL_SUFFIXES = new Set([...STILLS].flatMap(({ suffixes }) => suffixes));

const under = (ending: string, { id }: Prober) =>
  `it is ${id.toUpperCase()} under the name of a .${ending} file`;

function misnamed(ending: string, prober: Prober): Probe | null {
  if (STILLS.has(prober) === STILL_SUFFIXES.has(ending)) return null;
  return failed('not-media', `${under(ending, prober)}: give it a name of its own kind`);
}

/** Another container than the name says, of the same use: it is read as what it is. */
function named(ending: string, prober: Prober, read: Probe): Probe {
  if (prober.suffixes.includes(ending) || read.problem) return read;
  return {
    ...read,
    problem: { code: 'misnamed', message: `${under(ending, prober)}; editors go by the name` },
  };
}

function failed(code: ProblemCode, message: string): Probe {
  return { tech: {}, witness: {}, problem: { code, message } };
}

const DISK_WORDS: Record<string, string> = {
  ENOENT: 'it is not there',
  EACCES: 'reading it is not allowed',
  EPERM: 'reading it is not allowed',
  EISDIR: 'it is a folder under the name of a media file',
  EIO: 'the disk could not read it',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'its path is too long for this system',
};

function diskMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== 'string') throw error;
  return DISK_WORDS[code] ?? `it cannot be read (${code})`;
}
