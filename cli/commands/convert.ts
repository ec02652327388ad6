/** baton convert: any cut in, any cut out, with what was lost on the way. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { NotACut, readCuts } from '../../bridge/local/cut-files.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import type { ExportOptions } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { parseRate, RATES, type Rate } from '../../manifest/time/rate.ts';
import { CannotDo, type Command, type ExitCode, type Output } from '../command.ts';
import { EXPORT_OPTIONS, readExportOptions } from '../export-options.ts';
import { handoffReader } from '../../manifest/readers/handoff.ts';
import { issueLine, openOrExplain, ROOT_OPTION } from '../roots.ts';
import { writeFiles, type Made, type Where } from '../new-files.ts';
import { lossLine, readFormats } from './cut.ts';

/** For every command that reads a cut. */
export const ALONE_OPTION = {
  type: 'boolean' as const,
  help: 'read an EDL by itself, without the NAME_V2.edl, NAME_PART2.edl… of the same cut beside it',
};

export const convertCommand: Command = {
  id: 'convert',
  summary: 'turn a cut of any format into another (or a manifest into bins), and say what is lost',
  usage:
    'IN --to FORMAT [--rate RATE] [--start TC] [--alone] [--target premiere|resolve|avid] [--reels 8|32|129] [--fcpxml 1.10] [--whole] [--root NAME=PATH]... [-o FILE [--force]] [--json]',
  needs: ['IN'],
  options: {
    to: {
      type: 'string',
      value: 'FORMAT',
      help: `with commas between: ${EXPORTS.map((each) => each.id).join(', ')}`,
    },
    rate: {
      type: 'string',
      value: 'RATE',
      help: 'for lists that name no rate; drop-frame marks in the list win over a plain one',
    },
    start: { type: 'string', value: 'TC', help: 'timecode the first frame is to have' },
    ...EXPORT_OPTIONS,
    alone: ALONE_OPTION,
    root: ROOT_OPTION,
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'the first file; further lists become FILE_V2… beside it. None that is there is replaced',
    },
    force: { type: 'boolean', help: 'replace what is there under the names that -o gives' },
  },
  async run({ positionals, options }, output) {
    const input = resolve(positionals[0]!);
    const formats = readFormats(options['to'] as string | undefined, '--to');
    const out = options['output'] === undefined ? undefined : resolve(options['output'] as string);
    const where = { input, ...(out === undefined ? {} : { out }), force: options['force'] === true };
    if (where.force && out === undefined)
      throw new CannotDo('--force replaces what -o names; without -o nothing that is there is touched');
    if (await isManifest(input)) return convertHandoff(where, formats, options['root'], output);
    const rate = readRate(options['rate'] as string | undefined);
    const chosen = readExportOptions(options);
    const start = options['start'] as string | undefined;
    const { cuts, format, issues } = await readCuts(input, {
      ...(rate ? { rate } : {}),
      ...(start === undefined ? {} : { start }),
      alone: options['alone'] === true,
    }).catch(notACut);
    for (const issue of issues) output.warn(issueLine(issue));
    const made = render(cuts, formats, chosen);
    // -o names a file of the first format: no other may get that name.
    if (made.files.length === 0 || (out !== undefined && made.files[0]!.format !== formats[0]))
      throw new CannotDo(made.refused.map(refusalLine).join('; '));
    for (const each of made.refused) output.warn(refusalLine(each));
    const files = await writeFiles(made.files, where);
    for (const file of files) output.say(file.path);
    for (const loss of made.losses) output.say(lossLine(loss));
    const counts = countCuts(cuts);
    output.say(
      `${counts.events} events, ${counts.transitions} transitions, ${counts.markers} markers, ${counts.retimes} retimes read as ${format}`,
    );
    const refused = made.refused.length > 0 ? { refused: made.refused } : {};
    output.document({ files, losses: made.losses, counts, issues, format, ...refused });
    return made.refused.length > 0 || issues.some((issue) => issue.severity === 'error') ? 1 : 0;
  },
};

async function isManifest(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() !== '.json') return false;
  const text = await readFile(path, 'utf8').catch(() => '');
  return handoffReader.looksLike(text);
}

/** A handoff on its own: bins by scene and take, or every clip's log line, for an editor without the panel. */
async function convertHandoff(
  where: Where,
  formats: string[],
  roots: unknown,
  output: Output,
): Promise<ExitCode> {
  const opened = await openOrExplain(where.input, roots, output);
  const made = formats.map((format) => {
    const known = EXPORTS.find((each) => each.id === format)!;
    if (known.writeHandoff) return { format, ...known.writeHandoff(opened.handoff, opened.roots) };
    const able = EXPORTS.filter((each) => each.writeHandoff).map((each) => each.id);
    throw new CannotDo(`${format} carries cuts; a handoff on its own can become ${able.join(', ')}`);
  });
  const files = await writeFiles(
    made.flatMap(({ format, files: each }) => each.map((file) => ({ format, ...file }))),
    where,
  );
  const losses = made.flatMap(({ format, losses: each }) => each.map((loss) => ({ ...loss, format })));
  for (const file of files) output.say(file.path);
  for (const loss of losses) output.say(lossLine(loss));
  output.document({ files, losses, counts: { clips: opened.handoff.clips.length } });
  return 0;
}

export function notACut(error: unknown): never {
  throw error instanceof NotACut ? new CannotDo(error.message) : error;
}

export function readRate(text: string | undefined): Rate | undefined {
  if (text === undefined) return undefined;
  const rate = parseRate(text);
  if (!rate) throw new CannotDo(`"${text}" is not a rate; there are ${Object.keys(RATES).join(', ')}`);
  return rate;
}

interface Refused {
  format: string;
  message: string;
}

function refusalLine({ format, message }: Refused): string {
  return `${format}: ${message}`;
}

/**
 * A file of several sequences gives a set of files for each, the second and later with their number. A format that
 * cannot hold a cut is named, and keeps no other from being written.
 */
function render(
  cuts: CutList[],
  formats: string[],
  options: ExportOptions,
): { files: Made[]; losses: Loss[]; refused: Refused[] } {
  const files: Made[] = [];
  const refused: Refused[] = [];
  const losses: Loss[] = [];
  for (const [index, cut] of cuts.entries())
    for (const format of formats) {
      const nests = cuts.filter((each) => each !== cut);
      const made = EXPORTS.find((each) => each.id === format)!.write(cut, { ...options, nests });
      if ('refused' in made) {
        refused.push({ format, message: made.refused });
        continue;
      }
      const nth = index === 0 ? '' : `_SEQ${index + 1}`;
      for (const file of made.files) files.push({ format, suffix: `${nth}${file.suffix}`, text: file.text });
      for (const loss of made.losses) losses.push({ ...loss, format });
    }
  return { files, losses, refused };
}

/** What was read: the other side of every loss. */
function countCuts(cuts: CutList[]): {
  events: number;
  transitions: number;
  markers: number;
  retimes: number;
} {
  const counts = { events: 0, transitions: 0, markers: 0, retimes: 0 };
  for (const cut of cuts) {
    counts.markers += cut.markers.length;
    for (const { events, transitions } of cut.tracks) {
      counts.events += events.length;
      counts.transitions += transitions.length;
      for (const { speed, markers } of events) {
        counts.markers += markers?.length ?? 0;
        if (!speed || speed.num !== speed.den) counts.retimes++;
      }
    }
  }
  return counts;
}
