/** baton verify: every file of the handoff and of its copies proven by hash, or said why not. */
import { basename, dirname, resolve } from 'node:path';
import {
  CannotVerify,
  verifyCopies,
  type CopyAt,
  type PlaceOutcome,
  type Verified,
} from '../../bridge/local/verify.ts';
import { WRITTEN_ALGORITHMS, type WrittenAlgorithm } from '../../manifest/mhl/digest.ts';
import { VERDICTS, type Counts } from '../../manifest/verify.ts';
import { version } from '../../package.json';
import { CannotDo, type Command, type Output } from '../command.ts';
import { issueLine, openOrExplain, ROOT_OPTION } from '../roots.ts';

/** Findings told in words; --json has all. */
const MOST_LINES = 200;

export const verifyCommand: Command = {
  id: 'verify',
  summary: 'prove every file and its copies by hash; say what is missing, altered, extra or renamed',
  usage:
    'MANIFEST [--copy [ROOT=]FOLDER]... [--root NAME=PATH]... [--hash ALGORITHM] [--write] [--fresh] [--json]',
  needs: ['MANIFEST'],
  options: {
    copy: {
      type: 'string',
      multiple: true,
      value: '[ROOT=]FOLDER',
      help: 'a further copy of a root, or the name of a place given with --root (repeatable)',
    },
    root: ROOT_OPTION,
    hash: {
      type: 'string',
      value: 'ALGORITHM',
      help: `where no list says which: ${WRITTEN_ALGORITHMS.join(', ')}; xxh64 where absent`,
    },
    write: { type: 'boolean', help: 'write an ASC MHL generation into the ascmhl folder of every place' },
    fresh: { type: 'boolean', help: 'read again what an interrupted run had read' },
  },
  async run({ positionals, options }, output) {
    const opened = await openOrExplain(positionals[0]!, options['root'], output);
    const { handoff, path: manifest, roots } = opened;
    const names = handoff.roots.map((root) => root.name);
    const stopping = stopOnInterrupt();
    try {
      const verified = await verifyCopies({
        manifest,
        handoff,
        roots,
        copies: readCopies((options['copy'] ?? []) as string[], names, roots),
        algorithm: readAlgorithm(options['hash'] as string | undefined),
        write: options['write'] === true,
        fresh: options['fresh'] === true,
        signal: stopping.signal,
        tool: { name: 'Baton', version },
        ...(process.stderr.isTTY ? { onProgress: progressTo(output) } : {}),
      });
      tell(verified, output);
      const { verdicts: files, places, counts, issues, bytes, resumed, algorithms, duplicates } = verified;
      output.document({ manifest, algorithms, places, counts, files, duplicates, issues, bytes, resumed });
      return isProven(verified) ? 0 : 1;
    } catch (error) {
      throw error instanceof CannotVerify ? new CannotDo(error.message) : error;
    } finally {
      stopping.end();
    }
  },
};

/** Everything proven, something at all, and nothing wrong with the lists. */
function isProven({ counts, verdicts, issues }: Verified): boolean {
  return (
    counts.proven > 0 &&
    counts.proven === verdicts.length &&
    !issues.some((issue) => issue.severity === 'error')
  );
}

/** The first Ctrl-C stops the reading and keeps what was read; the second is the system's own. */
function stopOnInterrupt() {
  const controller = new AbortController();
  const stop = () =>
    controller.abort(
      new CannotDo('stopped; what was read is kept, and the next baton verify goes on from there'),
    );
  process.once('SIGINT', stop);
  return { signal: controller.signal, end: () => void process.off('SIGINT', stop) };
}

function readAlgorithm(text: string | undefined): WrittenAlgorithm {
  if (text === undefined) return 'xxh64';
  const known = WRITTEN_ALGORITHMS.find((each) => each === text.toLowerCase());
  if (!known) throw new CannotDo(`--hash is one of ${WRITTEN_ALGORITHMS.join(', ')}; it was given "${text}"`);
  return known;
}

/** `FOLDER`, `ROOT=FOLDER`, or the name of a place that --root gave and the manifest does not have. */
function readCopies(
  given: readonly string[],
  names: readonly string[],
  roots: Record<string, string>,
): CopyAt[] {
  const copies: CopyAt[] = [];
  for (const text of given) {
    const named = names.find((name) => text.startsWith(`${name}=`));
    const root = named ?? names[0];
    if (root === undefined) continue;
    if (named === undefined && names.length > 1)
      throw new CannotDo(
        `--copy ${text} does not say which root it is a copy of: --copy ROOT=${text}, with ROOT one of ${names.join(', ')}`,
      );
    const word = named === undefined ? text : text.slice(named.length + 1);
    const place = names.includes(word) ? undefined : roots[word];
    const folder = resolve(place ?? word);
    const name = place === undefined ? placeName(folder, roots[root]!) : word;
    copies.push({ name: unused(name, [...names, ...copies.map((copy) => copy.name)]), root, folder });
  }
  return copies;
}

/** The folder's own name, with the one above it where the root's folder has the same. */
function placeName(folder: string, root: string): string {
  const name = basename(folder) || folder;
  const above = basename(dirname(folder));
  return name === basename(root) && above ? `${above}/${name}` : name;
}

/** `BACKUP`, `BACKUP-2`…: every place has a name of its own. */
function unused(name: string, taken: readonly string[]): string {
  for (let nth = 1; ; nth++) {
    const each = nth === 1 ? name : `${name}-${nth}`;
    if (!taken.includes(each)) return each;
  }
}

function progressTo(output: Output) {
  const start = Date.now();
  let last = 0;
  return ({ done, total, current }: { done: number; total: number; current: string }) => {
    const now = Date.now();
    if (now - last < 200) return;
    last = now;
    const rate = done / Math.max(1, now - start) / 1e6;
    output.warn(`${gigabytes(done)} of ${gigabytes(total)}  ${rate.toFixed(2)} GB/s  ${basename(current)}`);
  };
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 2 : 1)} GB`;

const countsLine = (counts: Counts) =>
  VERDICTS.filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ') || 'nothing there';

function tell(verified: Verified, output: Output): void {
  const { verdicts, places, issues, resumed, bytes, algorithms } = verified;
  for (const issue of issues) output.warn(issueLine(issue));
  const findings = verdicts.filter(({ verdict }) => verdict !== 'proven');
  const width = Math.max(...VERDICTS.map((verdict) => verdict.length));
  for (const { verdict, place, path, reason } of findings.slice(0, MOST_LINES))
    output.say(`${verdict.padEnd(width)}  ${place}: ${path} ${reason}`);
  if (findings.length > MOST_LINES) output.say(`and ${findings.length - MOST_LINES} more; --json has all`);
  tellDuplicates(verified, output);
  for (const place of places) output.say(placeLine(place));
  if (resumed)
    output.say(
      `${resumed.files === 1 ? '1 file was' : `${resumed.files} files were`} read on ${resumed.since.slice(0, 16).replace('T', ' ')} UTC, before an interruption`,
    );
  output.say(`${gigabytes(bytes)} read${algorithms.length > 0 ? `, ${algorithms.join(', ')}` : ''}`);
  const alone = places.length === 1 && places[0]!.lists.length === 0 && verified.counts.unverified > 0;
  if (alone && places[0]!.written.length > 0)
    output.say('There was nothing to compare with; from now on the list that was written proves these files');
  else if (alone)
    output.say(
      'There is no list and no other copy to compare with: name one with --copy, or make a first list with --write',
    );
}

function tellDuplicates({ duplicates }: Verified, output: Output): void {
  for (const { place, paths } of duplicates.slice(0, MOST_LINES))
    output.say(`same        ${place}: ${paths.join(' = ')}`);
  if (duplicates.length > MOST_LINES)
    output.say(`and ${duplicates.length - MOST_LINES} more files that are there twice; --json has all`);
}

function placeLine({ name, counts, lists, passedOver, written }: PlaceOutcome): string {
  const by = lists.length === 0 ? 'no list' : `${lists.length} list${lists.length === 1 ? '' : 's'}`;
  const over = passedOver === 0 ? '' : `, ${passedOver} passed over`;
  return [
    `${name}: ${countsLine(counts)} (${by}${over})`,
    ...written.map((path) => `${name}: wrote ${path}`),
  ].join('\n');
}
