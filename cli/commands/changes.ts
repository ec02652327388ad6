/** baton changes: what changed between two cuts, in whatever formats they come, as text, a table or a page with a picture. */
import { extname, resolve } from 'node:path';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import { readCuts, type ReadCuts } from '../../bridge/local/cut-files.ts';
import {
  changesCsv,
  changesHtml,
  changesText,
  compareCuts,
  countChanges,
  runningTimes,
  type ChangeList,
} from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { rateLabel, type Rate } from '../../manifest/time/rate.ts';
import { CannotDo, type Command, type OptionValues, type Output } from '../command.ts';
import { issueLine } from '../roots.ts';
import { ALONE_OPTION, notACut, readRate } from './convert.ts';

type Render = (list: ChangeList, before: CutList, after: CutList) => string;

const FORMATS: Record<string, { suffixes: string[]; render: Render }> = {
  text: { suffixes: ['.txt', '.text'], render: changesText },
  csv: { suffixes: ['.csv'], render: changesCsv },
  html: { suffixes: ['.html', '.htm'], render: changesHtml },
};

export const changesCommand: Command = {
  id: 'changes',
  summary: 'say what changed between two cuts, of any formats',
  usage: 'OLD NEW [--as text|csv|html] [-o FILE] [--sequence NAME] [--rate RATE] [--alone] [--json]',
  needs: ['OLD', 'NEW'],
  options: {
    as: {
      type: 'string',
      value: 'FORMAT',
      help: 'text, csv or html; as the suffix of -o says where absent, else text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'file to write; the terminal where absent' },
    sequence: { type: 'string', value: 'NAME', help: 'which sequence, where a file holds several' },
    rate: {
      type: 'string',
      value: 'RATE',
      help: "for lists that name no rate; the other cut's where absent",
    },
    alone: ALONE_OPTION,
  },
  async run({ positionals, options }, output) {
    const [oldFile, newFile] = positionals.map((each) => resolve(each)) as [string, string];
    const out = options['output'] === undefined ? undefined : resolve(options['output'] as string);
    const render = chosen(options['as'] as string | undefined, out);
    if (out === oldFile || out === newFile)
      throw new CannotDo(`${out} is one of the cuts that are compared; name another file with -o`);
    const name = options['sequence'] as string | undefined;
    const { old, now } = await readBoth(oldFile, newFile, options, output);
    for (const issue of [...old.issues, ...now.issues]) output.warn(issueLine(issue));
    const wanted = name ?? shared(old.cuts, now.cuts);
    const from = pick(old.cuts, wanted, name === undefined ? undefined : oldFile);
    const to = pick(now.cuts, wanted, name === undefined ? undefined : newFile);
    if (name === undefined && old.cuts.length + now.cuts.length > 2)
      output.warn(`several sequences; compared are “${from.name}” and “${to.name}” (--sequence NAME picks)`);
    const { list, before, after } = compareCuts({ ...old, cut: from }, { ...now, cut: to });
    const text = render(list, before, after);
    if (out === undefined) output.say(text.replace(/\n$/, ''));
    else {
      await writeAtomic(out, text);
      output.say(out);
    }
    output.document({
      changes: list.changes,
      runningTime: runningTimes(list),
      counts: countChanges(list),
      notCompared: list.notCompared ?? [],
      before: { ...list.before, format: old.format },
      after: { ...list.after, format: now.format },
      issues: [...old.issues, ...now.issues],
      ...(out === undefined ? {} : { file: out }),
    });
    return 0;
  },
};

function chosen(as: string | undefined, out: string | undefined): Render {
  const end = out === undefined ? '' : extname(out).toLowerCase();
  const format = as ?? Object.keys(FORMATS).find((id) => FORMATS[id]!.suffixes.includes(end)) ?? 'text';
  const known = Object.hasOwn(FORMATS, format.toLowerCase()) ? FORMATS[format.toLowerCase()] : undefined;
  if (!known)
    throw new CannotDo(
      `"${format}" is not a form of a change list; there are ${Object.keys(FORMATS).join(', ')}`,
    );
  return known.render;
}

/** A list that names no rate is counted at the other cut's, where that names one. */
async function readBoth(
  oldFile: string,
  newFile: string,
  options: OptionValues,
  output: Output,
): Promise<{ old: ReadCuts; now: ReadCuts }> {
  const given = readRate(options['rate'] as string | undefined);
  const name = options['sequence'] as string | undefined;
  const read = (file: string, rate: Rate | undefined) =>
    readCuts(file, {
      ...(rate ? { rate } : {}),
      alone: options['alone'] === true,
      apart: [oldFile, newFile],
    }).catch(notACut);
  let [old, now] = [await read(oldFile, given), await read(newFile, given)];
  if (given || namesRate(old) === namesRate(now)) return { old, now };
  const [known, file] = namesRate(old) ? [old, newFile] : [now, oldFile];
  const { rate } = pick(known.cuts, name ?? shared(old.cuts, now.cuts), undefined);
  output.warn(
    `${file} names no rate; it is counted at ${rateLabel(rate)}, as the other cut is (--rate RATE says otherwise)`,
  );
  if (known === old) now = await read(newFile, rate);
  else old = await read(oldFile, rate);
  return { old, now };
}

/** Of the formats, only lists of timecodes name none. */
const namesRate = ({ format }: ReadCuts) => format !== 'edl';

/** The first name that both files have a sequence of. */
function shared(old: CutList[], now: CutList[]): string | undefined {
  const names = new Set(now.map((cut) => cut.name));
  return old.find((cut) => names.has(cut.name))?.name;
}

/** `file` where a missing name is a person's mistake; else the first sequence stands in. */
function pick(cuts: CutList[], name: string | undefined, file: string | undefined): CutList {
  const found = cuts.find((cut) => cut.name === name);
  if (!found && file !== undefined) {
    const names = cuts.map((cut) => `“${cut.name}”`).join(', ');
    throw new CannotDo(`${file} holds no sequence “${name}”; it holds ${names}`);
  }
  return found ?? cuts[0]!;
}
