/** baton changes: what changed between two cuts, in whatever formats they come, as text, a table or a page with a picture. */
import { extname, resolve } from 'node:path';
import { writeAtomic } from '../../bridge/local/atomic.ts';
import { readCuts, type ReadCuts } from '../../bridge/local/cut-files.ts';
import {
  changes,
  changesCsv,
  changesHtml,
  changesText,
  countChanges,
  runningTimes,
  type ChangeList,
} from '../../manifest/changes.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { issueLine } from '../roots.ts';
import { notACut, readRate } from './convert.ts';

type Render = (list: ChangeList, before: CutList, after: CutList) => string;

const FORMATS: Record<string, { suffixes: string[]; render: Render }> = {
  text: { suffixes: ['.txt', '.text'], render: changesText },
  csv: { suffixes: ['.csv'], render: changesCsv },
  html: { suffixes: ['.html', '.htm'], render: changesHtml },
};

export const changesCommand: Command = {
  id: 'changes',
  summary: 'say what changed between two cuts, of any formats',
  usage: 'OLD NEW [--as text|csv|html] [-o FILE] [--sequence NAME] [--rate RATE] [--json]',
  needs: ['OLD', 'NEW'],
  options: {
    as: {
      type: 'string',
      value: 'FORMAT',
      help: 'text, csv or html; as the suffix of -o says where absent, else text',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'file to write; the terminal where absent' },
    sequence: { type: 'string', value: 'NAME', help: 'which sequence, where a file holds several' },
    rate: { type: 'string', value: 'RATE', help: 'for lists that name no rate' },
  },
  async run({ positionals, options }, output) {
    const [oldFile, newFile] = positionals.map((each) => resolve(each)) as [string, string];
    const out = options['output'] === undefined ? undefined : resolve(options['output'] as string);
    const render = chosen(options['as'] as string | undefined, out);
    if (out === oldFile || out === newFile)
      throw new CannotDo(`${out} is one of the cuts that are compared; name another file with -o`);
    const rate = readRate(options['rate'] as string | undefined);
    const [old, now] = [await read(oldFile, rate, output), await read(newFile, rate, output)];
    const name = options['sequence'] as string | undefined;
    const wanted = name ?? shared(old.cuts, now.cuts);
    const before = pick(old.cuts, wanted, name === undefined ? undefined : oldFile);
    const after = pick(now.cuts, wanted, name === undefined ? undefined : newFile);
    if (name === undefined && old.cuts.length + now.cuts.length > 2)
      output.warn(
        `several sequences; compared are “${before.name}” and “${after.name}” (--sequence NAME picks)`,
      );
    const list = changes(before, after);
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

async function read(file: string, rate: ReturnType<typeof readRate>, output: Output): Promise<ReadCuts> {
  const cuts = await readCuts(file, rate ? { rate } : {}).catch(notACut);
  for (const issue of cuts.issues) output.warn(issueLine(issue));
  return cuts;
}

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
