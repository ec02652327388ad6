/** Writes new ASC MHL generations of a folder: one for each history in it, the innermost first, each chained and leaned upon. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { Issue } from '../../../manifest/documents/issue.ts';
import {
  writeChain,
  unwritable,
  writeGeneration,
  IGNORED,
  type Generation,
} from '../../../manifest/mhl/write.ts';
import { stampForName } from '../../../manifest/mhl/dates.ts';
import { c4FromSha512, WRITTEN_ALGORITHMS, type HashAlgorithm } from '../../../manifest/mhl/digest.ts';
import { folderHashes, isBelow, type DigestOf, type FolderHash } from '../../../manifest/mhl/folders.ts';
import type { HashAction, MhlFile, MhlFolder, MhlHash, MhlReference } from '../../../manifest/mhl/mhl.ts';
import type { FileVerdict } from '../../../manifest/verify.ts';
import { writeAtomic, writeNew } from '../atomic.ts';
import { makeFolder } from '../state-folder.ts';
import type { History } from './lists.ts';
import { CHAIN, LIST_FOLDER, type TreeFile, type TreeFolder } from './tree.ts';

export interface ReadFile {
  digests: Partial<Record<HashAlgorithm, string>>;
  /** ISO 8601, UTC. */
  at: string;
}

export interface GenerationRequest {
  /** The place's name, for people. */
  name: string;
  /** Absolute. */
  folder: string;
  /** What is part of the copy; the folders without `ascmhl`, the place itself ('') among them. */
  files: readonly TreeFile[];
  folders: readonly TreeFolder[];
  histories: readonly History[];
  verdicts: readonly FileVerdict[];
  /** Every file was read with it. */
  algorithm: HashAlgorithm;
  readOf(path: string): ReadFile | undefined;
  /** Patterns of what was passed over at the top of the place, beside the usual ones. */
  passedOver: readonly string[];
  digestOf: DigestOf;
  tool: { name: string; version: string };
}

export interface GenerationsWritten {
  /** Relative to the place. */
  written: string[];
  issues: Issue[];
}

/** What the system leaves on drives, as patterns; `isLitter` in manifest/kinds.ts knows the same. */
const LITTER =
  '._* .Spotlight-V100 .Trashes .fseventsd .TemporaryItems .DocumentRevisions-V100 .baton Thumbs.db desktop.ini $RECYCLE.BIN RECYCLER @eaDir .AppleDouble *.baton-tmp *.baton-way'
    .split(' ')
    .concat('System Volume Information');

/** Refuses, saying why, where a list would call damage original or could not be whole. Throws StoreError where nothing can be written. */
export async function writeGenerations(request: GenerationRequest): Promise<GenerationsWritten> {
  const refusal = refusalOf(request);
  if (refusal) return { written: [], issues: [refusal] };
  const writer = new Writer(request);
  for (const folder of writer.historyFolders()) await writer.write(folder);
  return { written: writer.written, issues: [] };
}

function refusalOf({ name, histories, verdicts, files, folders }: GenerationRequest): Issue | null {
  const refuse = (why: string, fix: string): Issue => ({
    code: 'mhl-not-written',
    severity: 'error',
    at: name,
    clips: [],
    message: `No list was written for ${name}: ${why}.`,
    fix,
  });
  const unsound = histories.find((history) => !history.sound);
  if (unsound)
    return refuse(
      `the lists in ${unsound.folder || 'it'} do not hold together`,
      'mend or move away that ascmhl folder first',
    );
  const closed = verdicts.find(({ verdict }) => verdict === 'unreadable');
  if (closed)
    return refuse(
      `${closed.path} cannot be read, so the list would not be whole`,
      'make it readable, or take it away',
    );
  const known = new Set(histories.flatMap((history) => [...knownHashes(history).keys()]));
  const altered = verdicts.find(({ verdict, path }) => verdict === 'altered' && !known.has(path));
  if (altered)
    return refuse(
      `${altered.path} ${altered.reason}; a first list would call it original`,
      'replace it from a good copy first',
    );
  const [odd] = unwritable([
    ...files.map((file) => file.spelled),
    ...folders.map((folder) => folder.spelled),
  ]);
  if (odd !== undefined)
    return refuse(`the name ${JSON.stringify(odd)} holds characters that XML cannot`, 'rename it');
  return null;
}

class Writer {
  readonly written: string[] = [];
  private readonly request: GenerationRequest;
  private readonly hashes: ReadonlyMap<string, FolderHash>;
  private readonly renamedFrom: ReadonlyMap<string, string>;
  private readonly known: ReadonlyMap<string, Map<string, MhlHash[]>>;
  private readonly references = new Map<string, MhlReference>();
  private readonly createdAt = new Date().toISOString();

  constructor(request: GenerationRequest) {
    const { files, folders, algorithm, readOf, digestOf, verdicts } = request;
    this.request = request;
    this.known = new Map(request.histories.map((history) => [history.folder, knownHashes(history)]));
    this.renamedFrom = new Map(verdicts.flatMap(({ now, path }) => (now === undefined ? [] : [[now, path]])));
    this.hashes = folderHashes(
      files.map(({ path, spelled }) => ({ path: spelled, digest: readOf(path)!.digests[algorithm]! })),
      folders.map(({ spelled }) => spelled),
      algorithm,
      digestOf,
    );
  }

  /** The innermost first, the whole place last. */
  historyFolders(): string[] {
    const folders = new Set(['', ...this.request.histories.map(({ folder }) => folder)]);
    return [...folders].sort((a, b) => b.split('/').length - a.split('/').length || (a < b ? 1 : -1));
  }

  async write(folder: string): Promise<void> {
    const history = this.request.histories.find((each) => each.folder === folder);
    const spelled = this.request.folders.find((each) => each.path === folder)!.spelled;
    const number = (history?.latest ?? 0) + 1;
    const name = `${String(number).padStart(4, '0')}_${basename(join(this.request.folder, spelled)) || 'volume'}_${stampForName(this.createdAt)}.mhl`;
    const text = writeGeneration(this.generation(folder, spelled, history));
    const place = join(this.request.folder, spelled, LIST_FOLDER);
    await makeFolder(place);
    await writeNew(join(place, name), text);
    const c4 = c4FromSha512(createHash('sha512').update(text, 'utf8').digest('hex'));
    const chain = [...(history?.chain ?? []), { sequence: number, path: name, c4 }];
    await writeAtomic(join(place, CHAIN), writeChain(chain));
    const path = [spelled, LIST_FOLDER, name].filter(Boolean).join('/');
    this.references.set(folder, { path, c4 });
    this.written.push(path);
  }

  private generation(folder: string, spelled: string, history: History | undefined): Generation {
    const inner = this.request.histories
      .map((each) => each.folder)
      .filter((each) => isBelow(each, folder) && each !== folder);
    const own = (path: string) => isBelow(path, folder) && !inner.some((each) => isBelow(path, each));
    const from = (full: string) => (spelled === '' ? full : full.slice(spelled.length + 1));
    const latest = history?.lists.reduce<string[]>((_, { document }) => document.ignore, []) ?? [];
    const files = this.request.files
      .filter((file) => own(file.path))
      .map((file) => this.fileEntry(file, from, folder));
    const folders = this.request.folders
      .filter((each) => own(each.path))
      .map((each): MhlFolder => ({
        path: from(each.spelled),
        ...this.folderHash(each.spelled),
        ...modified(each.mtime),
      }));
    return {
      createdAt: this.createdAt,
      hostname: hostname(),
      tool: this.request.tool,
      process: 'in-place',
      ignore: [
        ...new Set([...latest, ...IGNORED, ...LITTER, ...(folder === '' ? this.request.passedOver : [])]),
      ],
      root: this.folderHash(spelled),
      entries: [...files, ...folders].sort((a, b) => (a.path < b.path ? -1 : 1)),
      references: inner
        .filter((each) => !inner.some((other) => isBelow(each, other)))
        .map((each) => this.references.get(each)!)
        .map(({ path, c4 }) => ({ path: from(path), c4 })),
    };
  }

  private folderHash(spelled: string): Pick<MhlFolder, 'content' | 'structure'> {
    const { algorithm } = this.request;
    const { content, structure } = this.hashes.get(spelled)!;
    const one = (digest: string): MhlHash[] => [{ algorithm, digest, date: this.createdAt }];
    return { content: one(content), structure: one(structure) };
  }

  private fileEntry(
    file: TreeFile,
    from: (spelled: string) => string,
    folder: string,
  ): Omit<MhlFile, 'unknown'> {
    const before = this.renamedFrom.get(file.path);
    const old = before !== undefined && isBelow(before, folder) ? before : undefined;
    const known = this.known.get(folder)?.get(old ?? file.path) ?? [];
    const { digests, at } = this.request.readOf(file.path)!;
    const said = WRITTEN_ALGORITHMS.flatMap((algorithm) => {
      const digest = digests[algorithm];
      return digest === undefined ? [] : [{ algorithm, digest, date: at }];
    });
    const failed = said.some((hash) =>
      known.some((each) => each.algorithm === hash.algorithm && each.digest !== hash.digest),
    );
    const action: HashAction = failed ? 'failed' : known.length > 0 ? 'verified' : 'original';
    const previous = old !== undefined && known.length > 0 ? { previousPath: from(old) } : {};
    return {
      path: from(file.spelled),
      size: file.size,
      ...modified(file.mtime),
      hashes: said.map((hash) => ({ ...hash, action })),
      ...previous,
    };
  }
}

/** What a history's generations say of each file, by path in the place, but for what failed. */
function knownHashes({ folder, lists }: History): Map<string, MhlHash[]> {
  const known = new Map<string, MhlHash[]>();
  for (const { document } of lists)
    for (const file of document.files) {
      const path = folder === '' ? file.path : `${folder}/${file.path}`;
      const hashes = file.hashes.filter((hash) => hash.action !== 'failed');
      known.set(path, [...(known.get(path) ?? []), ...hashes]);
    }
  return known;
}

/** Nothing for a time no calendar has. */
function modified(mtime: bigint): { modified?: string } {
  const date = new Date(Number(mtime / 1_000_000n));
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? { modified: date.toISOString() } : {};
}
