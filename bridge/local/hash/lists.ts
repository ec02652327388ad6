/** Finds and reads the media hash lists of a folder: ASC MHL histories with their chains, and legacy lists beside the media. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { Issue } from '../../../manifest/documents/issue.ts';
import { fileName } from '../../../manifest/documents/paths.ts';
import { readChain, type ChainEntry } from '../../../manifest/mhl/chain.ts';
import { c4FromSha512 } from '../../../manifest/mhl/digest.ts';
import { xmlEncoding } from '../../../manifest/mhl/encoding.ts';
import type { FoundList } from '../../../manifest/mhl/evidence.ts';
import { unfitFolders, type DigestOf } from '../../../manifest/mhl/folders.ts';
import { MhlReader, type MhlRead } from '../../../manifest/mhl/read.ts';
import { CHAIN, LIST_FOLDER, type TreeFile } from './tree.ts';

/** A chain has a few hundred bytes a generation. */
const LARGEST_CHAIN = 16 * 1024 * 1024;

/** What of a list's file matters here. */
export type ListFile = Pick<TreeFile, 'path' | 'file' | 'size'>;

/** The ASC MHL history of one folder. */
export interface History {
  /** Relative to the root, manifest form; '' = the root. */
  folder: string;
  chain: ChainEntry[];
  lists: FoundList[];
  /** Highest number a generation has by name or chain. */
  latest: number;
  /** Chain and lists fit each other: another generation may be added. */
  sound: boolean;
}

export interface Lists {
  histories: History[];
  /** Every list that can be leaned on, legacy ones too. */
  lists: FoundList[];
  issues: Issue[];
}

/** Reads a list of any size and encoding, and its C4 id. Throws where the file cannot be read. */
export async function readListFile(file: string, name: string): Promise<MhlRead & { c4: string }> {
  const head = await open(file, 'r').then(async (handle) => {
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  });
  const label = xmlEncoding(head);
  const reader = new MhlReader(name);
  const sha512 = createHash('sha512');
  const { decoder, issue } = decoderFor(label, name);
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    sha512.update(piece as Buffer);
    reader.write(decoder.decode(piece as Buffer, { stream: true }));
  }
  reader.write(decoder.decode());
  const { value, issues } = reader.close();
  return { value, issues: [...issue, ...issues], c4: c4FromSha512(sha512.digest('hex')) };
}

function decoderFor(label: string, name: string): { decoder: TextDecoder; issue: Issue[] } {
  try {
    return { decoder: new TextDecoder(label), issue: [] };
  } catch {
    const message = `${name} says it is in "${label.slice(0, 40)}", which is no encoding known here; it is read as UTF-8.`;
    return {
      decoder: new TextDecoder(),
      issue: [{ code: 'mhl-encoding', severity: 'error', at: name, clips: [], message }],
    };
  }
}

/** `files`: what the tree put aside as lists. Lists that cannot be trusted are said and left out. */
export async function readLists(files: readonly ListFile[], digestOf: DigestOf): Promise<Lists> {
  const found: Lists = { histories: [], lists: [], issues: [] };
  const folders = new Map<string, ListFile[]>();
  for (const file of files) {
    const parts = file.path.split('/');
    if (parts[parts.length - 2] !== LIST_FOLDER) {
      await addLegacy(file, found);
      continue;
    }
    const folder = parts.slice(0, -2).join('/');
    const known = folders.get(folder);
    if (known) known.push(file);
    else folders.set(folder, [file]);
  }
  const c4s = new Map<string, string>();
  for (const [folder, list] of folders) await addHistory(folder, list, digestOf, found, c4s);
  checkReferences(found, c4s);
  found.lists.push(...found.histories.flatMap((history) => history.lists));
  return found;
}

async function addLegacy(file: ListFile, found: Lists): Promise<void> {
  const read = await readSafely(file, found);
  if (!read?.value) return;
  const folder = file.path.split('/').slice(0, -1).join('/');
  found.lists.push({ name: file.path, folder, generation: 0, c4: read.c4, document: read.value });
}

async function readSafely(file: ListFile, found: Lists): Promise<(MhlRead & { c4: string }) | null> {
  try {
    const read = await readListFile(file.file, file.path);
    found.issues.push(...read.issues);
    return read;
  } catch (error) {
    say(found, 'mhl-unreadable', file.path, `${file.path} cannot be read: ${(error as Error).message}`);
    return null;
  }
}

async function addHistory(
  folder: string,
  files: ListFile[],
  digestOf: DigestOf,
  found: Lists,
  c4s: Map<string, string>,
): Promise<void> {
  const before = errorsIn(found);
  const chainFile = files.find((file) => fileName(file.path) === CHAIN);
  const chain = chainFile ? await readChainFile(chainFile, found) : null;
  const generations = files.filter((file) => /\.mhl$/i.test(file.path));
  const where = folder === '' ? LIST_FOLDER : `${folder}/${LIST_FOLDER}`;
  if (!chain && generations.length > 0)
    say(
      found,
      'mhl-no-chain',
      where,
      `${where} has no ${CHAIN}; nothing says whether a list was changed or taken away`,
    );
  const history: History = { folder, chain: chain ?? [], lists: [], latest: 0, sound: true };
  const names = new Set(generations.map((file) => fileName(file.path).normalize('NFC')));
  for (const { path } of history.chain)
    if (!names.has(path))
      say(found, 'mhl-generation-missing', where, `${where}: the chain names ${path}, which is not there`);
  for (const file of generations) {
    const name = fileName(file.path);
    history.latest = Math.max(history.latest, Number(/^\d+/.exec(name)?.[0] ?? 0));
    const read = await readSafely(file, found);
    if (!read) continue;
    c4s.set(file.path, read.c4);
    if (!read.value || !isTrusted(name, read.c4, chain, file.path, found)) continue;
    const unfit = unfitFolders(read.value, digestOf);
    for (const each of unfit)
      say(
        found,
        'mhl-incomplete',
        file.path,
        `${file.path}: the hash of ${each === '' ? 'the whole folder' : `folder ${each}`} does not fit the entries below it; one was taken out, added or changed`,
      );
    const generation = Number(/^\d+/.exec(name)?.[0] ?? 0);
    history.lists.push({ name: file.path, folder, generation, c4: read.c4, document: read.value });
  }
  history.latest = Math.max(history.latest, ...history.chain.map((entry) => entry.sequence), 0);
  history.sound = errorsIn(found) === before;
  found.histories.push(history);
}

async function readChainFile(file: ListFile, found: Lists): Promise<ChainEntry[] | null> {
  if (file.size > LARGEST_CHAIN) {
    say(
      found,
      'mhl-chain',
      file.path,
      `${file.path} has ${file.size} bytes; a chain has at most ${LARGEST_CHAIN}`,
    );
    return null;
  }
  try {
    const { entries, issues } = readChain(await readFile(file.file, 'utf8'), file.path);
    found.issues.push(...issues);
    return entries;
  } catch (error) {
    say(found, 'mhl-unreadable', file.path, `${file.path} cannot be read: ${(error as Error).message}`);
    return null;
  }
}

/** A list that is not what its chain says proves nothing. One that the chain does not name is used, and said. */
function isTrusted(
  name: string,
  c4: string,
  chain: ChainEntry[] | null,
  path: string,
  found: Lists,
): boolean {
  if (!chain) return true;
  const entry = chain.find((each) => each.path === name.normalize('NFC'));
  if (entry && entry.c4 === c4) return true;
  if (entry) {
    say(
      found,
      'mhl-altered',
      path,
      `${path} is not the list its chain was made for (c4 ${c4.slice(0, 14)}…, the chain says ${entry.c4.slice(0, 14)}…); nothing in it is believed`,
    );
    return false;
  }
  say(found, 'mhl-not-in-chain', path, `${path} is not named by its chain`, 'warning');
  return true;
}

/** Lists of folders further in, as the list above them knew them. */
function checkReferences(found: Lists, c4s: ReadonlyMap<string, string>): void {
  for (const { lists } of found.histories)
    for (const { name, folder, document } of lists)
      for (const { path, c4 } of document.references) {
        const full = folder === '' ? path : `${folder}/${path}`;
        const there = c4s.get(full);
        if (there === undefined)
          say(found, 'mhl-generation-missing', name, `${name} leans on ${full}, which is not there`);
        else if (there !== c4)
          say(found, 'mhl-altered', name, `${name} leans on ${full}, which was changed since`);
      }
}

function errorsIn({ issues }: Lists): number {
  return issues.filter((issue) => issue.severity === 'error').length;
}

function say(
  found: Lists,
  code: string,
  at: string,
  message: string,
  severity: Issue['severity'] = 'error',
): void {
  found.issues.push({ code, severity, at, clips: [], message: `${message}.` });
}
