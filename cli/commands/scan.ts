/** baton scan: a folder of media and log sheets becomes a manifest, or the manifest is brought up to date. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readRoots, rememberRoots } from '../../bridge/local/roots.ts';
import { scan, type Scanned, type ScanOptions } from '../../bridge/local/scan.ts';
import { createHandoff, readHandoff, StoreError, updateHandoff } from '../../bridge/local/store.ts';
import { tallyText } from '../../manifest/cards/group/tally.ts';
import { handoffHash } from '../../manifest/canonical.ts';
import type { Facts } from '../../manifest/checks/check.ts';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import type { ColumnChoice } from '../../manifest/documents/log.ts';
import { parseChoice } from '../../manifest/log/mappings.ts';
import { countReceived, received } from '../../manifest/received.ts';
import { naming } from '../../manifest/checks/naming.ts';
import { patternFault, readNaming } from '../../manifest/patterns/defaults.ts';
import { parseRate, RATES, type Rate } from '../../manifest/time/rate.ts';
import { CannotDo, type Command, type Output } from '../command.ts';
import { interruptible, type Interrupt } from '../interrupt.ts';
import { receivedTable } from '../received.ts';
import { issueLine, readRootOptions, ROOT_OPTION } from '../roots.ts';
import { counted } from '../words.ts';

export const MAP_OPTION = {
  type: 'string',
  multiple: true,
  value: 'HEADING=MEANING',
  help: 'what a column of the log sheets is: scene, take, file, note:director, none, … (repeatable; kept for the next scan)',
} as const;

export const scanCommand: Command = {
  id: 'scan',
  summary: 'make or refresh a manifest from a folder of media and log sheets',
  usage:
    'FOLDER [--log FILE]... [--map HEADING=MEANING]... [--rate RATE] [--root NAME=PATH]... [--title TEXT] [--pattern PATTERN]... [--duplicates] [--out FILE] [--json]',
  needs: ['FOLDER'],
  options: {
    log: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'a log sheet; without it, every sheet found that looks like one is read',
    },
    map: MAP_OPTION,
    rate: { type: 'string', value: 'RATE', help: `the project's rate: ${Object.keys(RATES).join(', ')}` },
    root: { ...ROOT_OPTION, help: 'a further place to scan, under its own name (repeatable)' },
    title: { type: 'string', value: 'TEXT', help: "the production's title; the folder's name where absent" },
    pattern: {
      type: 'string',
      multiple: true,
      value: 'PATTERN',
      help: 'how this production names its files (repeatable; kept in the manifest): SCENE_{scene:2}_TAKE_{take:2}_{kind}_{role}',
    },
    duplicates: {
      type: 'boolean',
      help: 'read like files whole, so that copies are proven and not only probable',
    },
    out: { type: 'string', value: 'FILE', help: 'the manifest; FOLDER/handoff.json where absent' },
  },
  async run({ positionals, options }, output) {
    const folder = resolve(positionals[0]!);
    await mustBeFolder(folder);
    const manifest = resolve((options['out'] as string | undefined) ?? join(folder, 'handoff.json'));
    const rate = readRate(options['rate'] as string | undefined);
    const patterns = readPatterns(options['pattern'] as string[] | undefined);
    const previous = await readPrevious(manifest);
    const roots = await rootsToScan(manifest, folder, previous, readRootOptions(options['root']));
    const title = options['title'] as string | undefined;
    const logs = (options['log'] ?? []) as string[];
    await Promise.all(logs.map((log) => mustBeFile(resolve(log))));
    const interrupt = interruptible();
    const result = await stoppable(
      scan({
        manifest,
        roots,
        logs,
        columns: readChoices(options['map']),
        mappings: previous?.log.mappings,
        title: title ?? basename(folder),
        ...(rate ? { rate } : {}),
        ...(patterns ? { naming: patterns } : {}),
        previous,
        proveCopies: options['duplicates'] === true,
        ...progressTo(output),
        signal: interrupt.signal,
      }),
      interrupt,
    );
    if (!result) {
      output.warn('stopped before anything was read; nothing was written');
      return 1;
    }
    const merge = (now: Handoff | null) => withTitle(result.merge(now), title);
    const written = previous
      ? await updateHandoff(manifest, merge)
      : await createHandoff(manifest, merge(null)).catch((error: unknown) => {
          // Another scan made it first; this one goes on from there.
          if (error instanceof StoreError && error.code === 'exists') return updateHandoff(manifest, merge);
          throw error;
        });
    await rememberRoots(manifest, roots);
    for (const issue of result.issues) output.warn(issueLine(issue));
    tell(manifest, written, previous, output);
    output.say(tallyText(result.tally));
    const counts = countReceived(
      received(written, receivedFacts(result, written, previous, Object.keys(roots))),
    );
    output.say(receivedTable(counts));
    output.document({
      manifest,
      revision: written.revision,
      hash: handoffHash(written),
      counts: countClips(written),
      files: result.tally,
      received: counts,
      issues: result.issues,
    });
    return result.unread > 0 ? 1 : 0;
  },
};

/** Null where Ctrl-C came before there was anything to keep. */
async function stoppable(scanning: Promise<Scanned>, interrupt: Interrupt): Promise<Scanned | null> {
  try {
    return await scanning;
  } catch (error) {
    if (interrupt.signal.aborted) return null;
    throw error;
  } finally {
    interrupt.over();
  }
}

async function mustBeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new CannotDo(`${folder} is not there`);
  if (!found.isDirectory()) throw new CannotDo(`${folder} is a file; baton scan wants the folder it lies in`);
}

async function mustBeFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new CannotDo(`the log sheet ${file} is not there`);
}

function readRate(text: string | undefined): Rate | null {
  if (text === undefined) return null;
  const rate = parseRate(text);
  if (!rate) throw new CannotDo(`"${text}" is not a rate; there are ${Object.keys(RATES).join(', ')}`);
  return rate;
}

/** Patterns as given, each of them one; null where none was given. */
function readPatterns(given: string[] | undefined): string[] | null {
  if (!given) return null;
  const [fault] = readNaming(given.map((pattern) => ({ pattern }))).faults;
  if (fault) throw new CannotDo(patternFault(fault));
  return given;
}

export function readChoices(given: unknown): ColumnChoice[] {
  return ((given ?? []) as string[]).map((text) => {
    const choice = parseChoice(text);
    if (typeof choice === 'string') throw new CannotDo(`--map: ${choice}`);
    return choice;
  });
}

/** Null where there is none yet. A manifest that cannot be read is not scanned over: it may be someone's work. */
async function readPrevious(manifest: string): Promise<Handoff | null> {
  const { handoff, issues } = await readHandoff(manifest);
  if (handoff || issues.some((issue) => issue.code === 'manifest-missing')) return handoff;
  throw new CannotDo(
    `${manifest} is there and cannot be refreshed: ${issues[0]!.message} Move it away to start anew.`,
  );
}

/** The folder under the name it has already, else `media`; and every root given or known. */
async function rootsToScan(
  manifest: string,
  folder: string,
  previous: Handoff | null,
  given: Record<string, string>,
): Promise<Record<string, string>> {
  const known = await readRoots(manifest, previous?.roots.map((root) => root.name) ?? [], given);
  const named = Object.entries({ ...known, ...given }).find(([, place]) => place === folder)?.[0];
  if (named) return { ...given, [named]: folder };
  if (known['media'] !== undefined && known['media'] !== folder && dirname(manifest) !== folder)
    throw new CannotDo(
      `the manifest's root "media" lies at ${known['media']}; scan that, or name this folder with --root NAME=${folder}`,
    );
  return { media: folder, ...given };
}

/** At most five lines a second. */
function progressTo(output: Output): Pick<ScanOptions, 'onProgress' | 'onHash'> {
  if (!process.stderr.isTTY) return {};
  let last = 0;
  const say = (line: () => string) => {
    if (Date.now() - last < 200) return;
    last = Date.now();
    output.warn(line());
  };
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2);
  return {
    onProgress: ({ done, total, current, perSecond, secondsLeft }) =>
      say(() => {
        const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
        return `${done} of ${total} (${Math.round(perSecond)} files/s${left})  ${current}`;
      }),
    onHash: ({ done, total, current }) =>
      say(() => `comparing ${gigabytes(done)} of ${gigabytes(total)} GB  ${basename(current)}`),
  };
}

/** What was expected is what the manifest held before; of roots that were not walked nothing is said. */
function receivedFacts(result: Scanned, now: Handoff, previous: Handoff | null, walked: string[]): Facts {
  const disk = now.clips.flatMap((clip) =>
    walked.includes(clip.root) ? [[clip.id, { size: result.isHere(clip) ? clip.size : null }] as const] : [],
  );
  return {
    disk: Object.fromEntries(disk),
    drive: result.drive,
    before: {
      revision: previous?.revision ?? 0,
      clips: new Set(previous?.clips.map((clip) => clip.id)),
    },
  };
}

function withTitle(handoff: Handoff, title: string | undefined): Handoff {
  if (title === undefined || title === handoff.production.title) return handoff;
  return { ...handoff, production: { ...handoff.production, title } };
}

function countClips(handoff: Handoff): Record<string, number> {
  const counts: Record<string, number> = { clips: handoff.clips.length };
  for (const clip of handoff.clips) counts[clip.kind] = (counts[clip.kind] ?? 0) + 1;
  return { ...counts, transcripts: handoff.transcripts.length, logRows: handoff.log.entries.length };
}

function tell(manifest: string, handoff: Handoff, previous: Handoff | null, output: Output): void {
  const counts = countClips(handoff);
  const known = new Set(previous?.clips.map((clip) => clip.id));
  const added = handoff.clips.filter((clip) => !known.has(clip.id)).length;
  const kinds = ['picture', 'sound', 'graphic', 'music', 'document']
    .filter((kind) => counts[kind])
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(', ');
  output.say(
    `${handoff.production.title}: ${counted(counts['clips']!, 'clip')} (${kinds || 'none'}), ${counted(counts['logRows']!, 'log row')}`,
  );
  if (previous) output.say(`${added} new since revision ${previous.revision}`);
  output.say(`${manifest} (revision ${handoff.revision})`);
  const wrong = naming.run(handoff, {}).length;
  if (wrong > 0)
    output.say(
      `${counted(wrong, 'remark')} on names that do not follow the production's patterns; baton check has ${wrong === 1 ? 'it' : 'them'}`,
    );
  if (!counts['picture'] && !counts['sound'])
    output.say(
      `No picture and no sound was found: copy the cards into ${dirname(manifest)} (baton init lays out folders for them), then scan again`,
    );
}
