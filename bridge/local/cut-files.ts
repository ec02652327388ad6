/** Reads a cut from whatever file holds it: any timeline format Baton knows, a Final Cut bundle, or a sequence snapshot. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SEQUENCE_SILENT } from '../../manifest/changes.ts';
import { cutList } from '../../manifest/cutlist.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { emptyHandoff } from '../../manifest/documents/handoff.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import { READERS } from '../../manifest/readers/index.ts';
import type { Reader, Silence } from '../../manifest/readers/reader.ts';
import type { Rate } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';
import { withSiblings } from './cut-siblings.ts';
import { decodeText } from './encoding.ts';

export interface ReadCuts {
  /** One for each sequence in the file; never empty. */
  cuts: CutList[];
  /** Id of the reader, or `sequence` for a snapshot. */
  format: string;
  /** What cuts of that format say nothing of. */
  silent: readonly Silence[];
  issues: Issue[];
}

export interface ReadCutOptions {
  /** For formats that name no rate. */
  rate?: Rate;
  /** Timecode the first frame is to have instead of the one in the file. */
  start?: string;
  /** An EDL is read by itself, without the lists of its other tracks and parts beside it. */
  alone?: boolean;
  /** Files that are cuts of their own, whatever they are called. */
  apart?: readonly string[];
}

/** The file is not a cut, or not one that can be read; said in one sentence. */
export class NotACut extends Error {}

/** Beyond it a text no longer fits into one string. */
const MOST_BYTES = 500_000_000;

const TIMELINES = READERS.filter((reader) => reader.reads === 'timeline') as Reader<CutList[]>[];

/** Throws NotACut where nothing can be made of the file; lesser faults come back as issues. */
export async function readCuts(path: string, options: ReadCutOptions = {}): Promise<ReadCuts> {
  const file = await fileOf(path);
  const { text, issues } = decode(await readFile(file), basename(path));
  const read = readSnapshot(text, path) ?? readTimeline(text, path, options);
  if (read.format === 'edl' && read.cuts.length === 1 && !options.alone) {
    const { apart = [], rate } = options;
    const one = { alone: true, ...(rate ? { rate } : {}) };
    const joined = await withSiblings(path, read.cuts[0]!, apart, (each) => readCuts(each, one));
    read.cuts = [joined.cut];
    read.issues.push(...joined.issues);
  }
  const all = [...issues, ...read.issues];
  if (read.cuts.length === 0) {
    const why = all.find((issue) => issue.severity === 'error') ?? all[0];
    throw new NotACut(
      `${path} holds no cut that can be read${why ? `: ${why.message}${why.fix ? ` (${why.fix})` : ''}` : ''}`,
    );
  }
  return {
    ...read,
    issues: all,
    cuts: options.start === undefined ? read.cuts : read.cuts.map((cut) => startingAt(cut, options.start!)),
  };
}

/** Final Cut's .fcpxmld and what Resolve writes for FCPXML 1.10 are folders around Info.fcpxml. */
async function fileOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new NotACut(`${path} is not there`);
  const file = found.isDirectory() ? join(path, 'Info.fcpxml') : path;
  const inside = await stat(file).catch(() => null);
  if (!inside) throw new NotACut(`${path} is a folder without an Info.fcpxml in it`);
  if (inside.size > MOST_BYTES)
    throw new NotACut(`${path} is larger than ${MOST_BYTES / 1e6} MB; no cut list is`);
  return file;
}

/** The text of a cut list, and a warning where its encoding had to be guessed. */
export function decode(bytes: Buffer, name: string): { text: string; issues: Issue[] } {
  const { text, encoding, certain } = decodeText(bytes);
  if (certain) return { text, issues: [] };
  const message = `${name} is not UTF-8; it was read as ${encoding}, and names outside ASCII may be wrong.`;
  return { text, issues: [{ code: 'cut-encoding', severity: 'warning', at: name, clips: [], message }] };
}

function readSnapshot(text: string, path: string): ReadCuts | null {
  if (!/^\s*\{/.test(text) || !/"kind"\s*:\s*"sequence"/.test(text.slice(0, 4096))) return null;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new NotACut(`${path} is not JSON: ${(error as Error).message}`);
  }
  const read = SequenceSnapshotSchema.safeParse(document);
  if (!read.success) {
    const [first] = read.error.issues;
    throw new NotACut(`${path} is not a sequence snapshot: ${first!.path.join('.')}: ${first!.message}`);
  }
  return {
    cuts: [cutList(read.data, NO_HANDOFF, {}).value],
    format: 'sequence',
    silent: SEQUENCE_SILENT,
    issues: [],
  };
}

/** A cut on its own has no manifest behind it: its sources are what the editor says they are. */
const NO_HANDOFF = emptyHandoff('');

function readTimeline(text: string, path: string, { rate }: ReadCutOptions): ReadCuts {
  const head = text.slice(0, 64 * 1024);
  const fits = TIMELINES.filter((reader) => reader.looksLike(head));
  const reader = fits.find((each) => each.suffixes.includes(suffix(path))) ?? fits[0];
  if (!reader) {
    const known = TIMELINES.map((each) => each.label).join('; ');
    throw new NotACut(`${path} is none of the cuts Baton reads: ${known}`);
  }
  const { value, issues } = reader.read(text, { name: basename(path), ...(rate ? { rate } : {}) });
  // A rate that cannot have made the list would put every cut elsewhere.
  const wrong = rate && issues.find(({ code, severity }) => code === 'edl-rate' && severity === 'error');
  if (wrong) throw new NotACut(`${path}: ${wrong.message}${wrong.fix ? ` (${wrong.fix})` : ''}`);
  return { cuts: value, format: reader.id, silent: reader.silent ?? [], issues };
}

function startingAt(cut: CutList, start: string): CutList {
  const read = timecodeToFrame(start, cut.rate);
  if (!read.ok) throw new NotACut(`--start ${read.message}`);
  return { ...cut, start: read.frame };
}
