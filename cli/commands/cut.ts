/** baton cut: a sequence, as an editor holds it, becomes cut lists beside the manifest and a record in it. */
import { readFile } from 'node:fs/promises';
import type { Editor } from '../../bridge/contract.ts';
import { writeCut } from '../../bridge/local/cuts.ts';
import type { Witnessed } from '../../bridge/desk.ts';
import { localDesk } from '../../bridge/local/desk.ts';
import { exportWitness } from '../../bridge/witness.ts';
import { documentsIn } from '../../bridge/local/resolve-answers.ts';
import { cutList } from '../../manifest/cutlist.ts';
import { rejectedInCut } from '../../manifest/cutpicks.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { SequenceSnapshotSchema } from '../../manifest/documents/schemas.ts';
import type { SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { CannotDo, type Command } from '../command.ts';
import { chosenHost, HOST_OPTION, isStandinState, standinFrom, type StandinHost } from '../project.ts';
import { EXPORT_OPTIONS, readExportOptions } from '../export-options.ts';
import { issueLine, openOrExplain, ROOT_OPTION, type Opened } from '../roots.ts';

const formats = () => EXPORTS.map((each) => each.id).join(', ');

export const cutCommand: Command = {
  id: 'cut',
  summary: 'write the cut as EDL, FCPXML and more, and record it in the manifest',
  usage:
    'MANIFEST --sequence FILE --as edl,fcpxml [--host HOST] [--name NAME] [--lock] [--witness] [--out DIR] [--target PROGRAM] [--reels N] [--fcpxml VERSION] [--whole] [--root NAME=PATH]... [--json]',
  needs: ['MANIFEST'],
  options: {
    sequence: {
      type: 'string',
      value: 'FILE',
      help: "a sequence snapshot, or a stand-in's saved state (its active sequence)",
    },
    host: { ...HOST_OPTION, help: `which reads a stand-in's state. ${HOST_OPTION.help}` },
    as: { type: 'string', value: 'FORMATS', help: `with commas between: ${formats()}` },
    name: { type: 'string', value: 'NAME', help: "name of the files; the sequence's name where absent" },
    lock: { type: 'boolean', help: 'record it as picture lock' },
    witness: {
      type: 'boolean',
      help: "also the editor's own interchange file beside ours, compared with it (a stand-in's state as --sequence)",
    },
    out: { type: 'string', value: 'DIR', help: 'folder to write to; cuts/ beside the manifest where absent' },
    ...EXPORT_OPTIONS,
    root: ROOT_OPTION,
  },
  async run({ positionals, options }, output) {
    const wanted = readFormats(options['as'] as string | undefined);
    const sequence = options['sequence'] as string | undefined;
    if (sequence === undefined)
      throw new CannotDo('baton cut needs --sequence FILE: a sequence snapshot (see examples/sequence.json)');
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const host = options['host'] === undefined ? undefined : chosenHost(options['host'], 'cut');
    const { snapshot, editor } = await readSequence(sequence, opened, host);
    const list = cutList(snapshot, opened.handoff, opened.roots);
    const name = options['name'] as string | undefined;
    const out = options['out'] as string | undefined;
    const written = await writeCut(opened.path, {
      cutList: list.value,
      formats: wanted,
      losses: list.losses,
      lock: options['lock'] === true,
      options: readExportOptions(options),
      ...(name === undefined ? {} : { name }),
      ...(out === undefined ? {} : { out }),
    });
    const { files, losses, refused } = written;
    const issues = rejectedInCut(list.value, opened.handoff);
    for (const issue of issues) output.warn(issueLine(issue));
    for (const { format, message } of refused) output.warn(`${format}: ${message}`);
    if (files.length === 0)
      throw new CannotDo(`no file was written: ${refused.map((each) => each.message).join('; ')}`);
    let witness: Witnessed | undefined;
    if (options['witness'] === true) {
      if (!editor)
        throw new CannotDo("--witness needs an editor to ask: give a stand-in's state to --sequence");
      const about = { manifest: opened.path, sequence: snapshot, cut: list.value, written };
      const own = await exportWitness(editor, localDesk(), about);
      if ('path' in own) witness = own;
      else output.warn(`the editor's own file: ${own.refused}`);
      for (const issue of witness?.differs ?? []) output.warn(issueLine(issue));
    }
    for (const file of witness ? [...files, witness] : files)
      output.say(`${file.path}\n  sha256 ${file.hash}`);
    if (witness?.differs.length === 0) output.say("the editor's own file agrees with them");
    for (const loss of losses) output.say(lossLine(loss));
    output.document({
      files,
      losses,
      issues,
      ...(witness ? { witness } : {}),
      ...(refused.length > 0 ? { refused } : {}),
    });
    return 0;
  },
};

/** `edl loses V1 at 01:00:01:06: …`; what no format could carry says so. */
export function lossLine(loss: Loss): string {
  return `${loss.format ?? 'the cut list'} loses ${loss.where}: ${loss.message}`;
}

/** Ids of formats Baton writes, from a list with commas; `option` is what the person wrote it under. */
export function readFormats(text: string | undefined, option = '--as'): string[] {
  const wanted = (text ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  if (wanted.length === 0) throw new CannotDo(`${option} wants one format or more: ${formats()}`);
  const unknown = wanted.find((each) => !EXPORTS.some((known) => known.id === each));
  if (unknown) throw new CannotDo(`"${unknown}" is not a format Baton writes; there are ${formats()}`);
  return [...new Set(wanted)];
}

/** `editor`: the stand-in that the sequence was read from. */
async function readSequence(
  file: string,
  opened: Opened,
  host: StandinHost | undefined,
): Promise<{ snapshot: SequenceSnapshot; editor?: Editor }> {
  const document = await readJson(file);
  if (isStandinState(document)) {
    const { editor } = standinFrom(document, opened, host);
    const sequence = await editor.sequence();
    if (!sequence) throw new CannotDo(`${file} holds no sequence yet`);
    return { snapshot: sequence, editor };
  }
  const read = SequenceSnapshotSchema.safeParse(document);
  if (read.success) return { snapshot: read.data };
  const [first] = read.error.issues;
  throw new CannotDo(
    `${file} is not a sequence snapshot: ${first!.path.join('.') || 'document'}: ${first!.message}`,
  );
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EISDIR')
      throw new CannotDo(`${file} is a folder; --sequence wants the sequence snapshot in it`);
    throw new CannotDo(
      error.code === 'ENOENT' ? `${file} is not there` : `${file} cannot be read (${error.code})`,
    );
  });
  // Free 21.1 leaves a timeline as digits in a preferences file.
  const [document] = documentsIn(text);
  if (document === undefined) throw new CannotDo(`${file} is not JSON`);
  return document;
}
