/**
 * Reads a media hash list of any kind piece by piece: time and memory grow with the number of entries, never with more. Nothing
 * outside the text is fetched, entities a document declares are not expanded, and every limit that is reached is said.
 */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Issue } from '../documents/issue.ts';
import { readDate } from './dates.ts';
import { readDigest } from './digest.ts';
import type { HashAction, MhlDocument, MhlFile, MhlFolder, MhlHash } from './mhl.ts';
import { Faults } from './faults.ts';
import { listPath, type ListPath } from './path.ts';

/** Deeper than any list; a document that goes on is hostile or broken. */
const DEEPEST = 32;
/** Characters of one element that are kept. */
const LONGEST = 65_536;
/** Entries of one list; beyond it something is wrong with the list, and memory should not pay for it. */
const MOST_ENTRIES = 5_000_000;
/** Dates remembered at a time. */
const MOST_DATES = 1000;

export interface MhlRead {
  /** Null where it is no media hash list. */
  value: MhlDocument | null;
  issues: Issue[];
}

class Stop extends Error {}

/** `write` any number of pieces, then `close`. Never throws for what the text holds. */
export class MhlReader {
  private readonly parser = new SaxesParser({ position: true });
  private readonly open: { name: string; attributes: Record<string, string> }[] = [];
  private readonly faults: Faults;
  private document: MhlDocument | null = null;
  private text = '';
  private file: MhlFile | null = null;
  private folder: MhlFolder | null = null;
  private reference = { path: '', c4: '' };
  private entries = 0;
  private stopped = false;
  private readonly dates = new Map<string, string | null>();
  private first = true;
  /** The entry's path was told already. */
  private refusedPath = false;

  constructor(name: string) {
    this.faults = new Faults(name);
    this.parser.on('opentag', (tag) => this.begin(tag as SaxesTagPlain));
    this.parser.on('closetag', () => this.end());
    this.parser.on('text', (text) => this.add(text));
    this.parser.on('cdata', (text) => this.add(text));
    this.parser.on('error', (error) => this.say('mhl-broken', error.message.replace(/^\d+:\d+: /, '')));
  }

  write(text: string): void {
    const whole = this.first ? text.replace(/^\uFEFF/, '') : text;
    if (text !== '') this.first = false;
    this.run(() => this.parser.write(whole));
  }

  close(): MhlRead {
    this.run(() => this.parser.close());
    if (!this.document && !this.faults.has('mhl-not-a-list'))
      this.say('mhl-not-a-list', 'there is no hashlist in it');
    return { value: this.document, issues: this.faults.issues() };
  }

  private run(step: () => void): void {
    if (this.stopped) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.stopped = true;
    }
  }

  private begin(tag: SaxesTagPlain): void {
    const name = localName(tag.name);
    if (this.open.length >= DEEPEST) this.stop('mhl-broken', `elements lie more than ${DEEPEST} deep`);
    if (this.open.length === 0) this.beginDocument(name, tag.attributes);
    this.open.push({ name, attributes: tag.attributes });
    this.text = '';
    if (this.inside('metadata')) return;
    if (name === 'hash' || name === 'directoryhash' || name === 'roothash') this.beginEntry(name);
    else if (name === 'hashlistreference') this.reference = { path: '', c4: '' };
  }

  private beginDocument(name: string, attributes: Record<string, string>): void {
    if (this.document) this.stop('mhl-broken', 'a second document begins');
    if (name !== 'hashlist')
      this.stop('mhl-not-a-list', `it begins with <${name.slice(0, 60)}>, a list with <hashlist>`);
    const version = (attributes['version'] ?? '').trim();
    if (!/^[12]\.\d+$/.test(version))
      this.say(
        'mhl-version',
        `its version is "${version.slice(0, 20)}"; lists have 1.0, 1.1 or 2.0. It is read all the same`,
      );
    const legacy = !version.startsWith('2');
    this.document = { version, legacy, creator: {}, ignore: [], files: [], folders: [], references: [] };
  }

  private beginEntry(name: string): void {
    if (++this.entries > MOST_ENTRIES)
      this.stop('mhl-too-large', `it has more than ${MOST_ENTRIES} entries; the rest was not read`);
    if (name === 'hash') this.file = { path: '', hashes: [], unknown: [] };
    else this.folder = { path: '', content: [], structure: [] };
  }

  private add(text: string): void {
    if (this.text.length < LONGEST) this.text += text;
  }

  private end(): void {
    const element = this.open.pop()!;
    const text = this.text.trim();
    this.text = '';
    if (!this.document || this.inside('metadata') || element.name === 'metadata') return;
    const parent = this.open[this.open.length - 1]?.name;
    if (element.name === 'hash' && this.file) this.endFile(this.file);
    else if ((element.name === 'directoryhash' || element.name === 'roothash') && this.folder)
      this.endFolder(this.folder, element.name);
    else if (element.name === 'hashlistreference') this.endReference();
    else if (this.file && parent === 'hash') this.inFile(this.file, element, text);
    else if (this.folder) this.inFolder(this.folder, element, text, parent);
    else if (parent === 'hashlistreference') {
      if (element.name === 'path' || element.name === 'c4') this.reference[element.name] = text;
    } else if (parent === 'ignore' && element.name === 'pattern') this.document.ignore.push(text);
    else if (parent === 'creatorinfo' && text) this.document.creator[element.name] = text;
    else if (parent === 'processinfo' && element.name === 'process') this.document.process = text;
  }

  private inFile(
    file: MhlFile,
    { name, attributes }: { name: string; attributes: Record<string, string> },
    text: string,
  ): void {
    if (name === 'path' || name === 'file') {
      this.place(file, text);
      this.size(file, attributes['size']);
      this.modified(file, attributes['lastmodificationdate']);
    } else if (name === 'size') this.size(file, text);
    else if (name === 'lastmodificationdate') this.modified(file, text);
    else if (name === 'previousPath') {
      const previous = this.path(text);
      if (previous) file.previousPath = previous.path;
    } else if (name === 'hashdate') {
      // Legacy lists give one date for the hash beside it.
      const date = this.date(text);
      if (date) for (const hash of file.hashes) hash.date ??= date;
    } else if (name !== 'creationdate') {
      const hash = this.hash(name, attributes, text);
      if (hash) file.hashes.push(hash);
      else if (hash === null) file.unknown.push(name);
    }
  }

  private inFolder(
    folder: MhlFolder,
    { name, attributes }: { name: string; attributes: Record<string, string> },
    text: string,
    parent: string | undefined,
  ): void {
    if (name === 'path') {
      this.place(folder, text);
      this.modified(folder, attributes['lastmodificationdate']);
    } else if (parent === 'content' || parent === 'structure') {
      const hash = this.hash(name, attributes, text);
      if (hash) folder[parent].push(hash);
    }
  }

  private endFile(file: MhlFile): void {
    this.file = null;
    if (file.path !== '') this.document!.files.push(file);
    else if (!this.refusedPath) this.say('mhl-path', 'a hash names no file');
    this.refusedPath = false;
  }

  private endFolder(folder: MhlFolder, name: string): void {
    this.folder = null;
    if (name === 'roothash') folder.path = '';
    else if (folder.path === '') {
      this.refusedPath = false;
      return;
    }
    if (folder.content.length + folder.structure.length > 0) this.document!.folders.push(folder);
  }

  private endReference(): void {
    const path = listPath(this.reference.path, false);
    if ('problem' in path) this.say('mhl-path', path.problem);
    else this.document!.references.push({ path: path.path, c4: this.reference.c4 });
  }

  private place(entry: { path: string; spelled?: string }, text: string): void {
    const read = this.path(text);
    if (!read) return;
    entry.path = read.path;
    if (read.spelled !== undefined) entry.spelled = read.spelled;
  }

  private path(text: string): ListPath | null {
    const read = listPath(text, this.document!.legacy);
    if ('path' in read) {
      if (text.includes('\ufffd'))
        this.say(
          'mhl-encoding',
          `"${text.slice(0, 200)}" holds bytes that are not of the encoding the list names`,
        );
      return read;
    }
    this.refusedPath = true;
    this.say('mhl-path', `${read.problem}; the entry proves nothing`);
    return null;
  }

  /** Null where the element is no hash Baton can compute, undefined where its text is no hash. */
  private hash(name: string, attributes: Record<string, string>, text: string): MhlHash | null | undefined {
    const read = readDigest(name, text);
    if (!read) return null;
    if ('problem' in read) {
      this.say('mhl-digest', `${read.problem}; it proves nothing`);
      return undefined;
    }
    const hash: MhlHash = read;
    const action = attributes['action'];
    if (isAction(action)) hash.action = action;
    const date = this.date(attributes['hashdate']);
    if (date) hash.date = date;
    return hash;
  }

  /** One list gives few dates many times: each is read, and kept, once. */
  private date(text: string | undefined): string | null {
    if (text === undefined) return null;
    const known = this.dates.get(text);
    if (known !== undefined) return known;
    if (this.dates.size >= MOST_DATES) this.dates.clear();
    const date = readDate(text);
    this.dates.set(text, date);
    return date;
  }

  private size(file: MhlFile, text: string | undefined): void {
    if (text === undefined) return;
    const size = Number(text);
    if (/^\d+$/.test(text.trim()) && Number.isSafeInteger(size)) file.size = size;
    else this.say('mhl-size', `"${text.slice(0, 40)}" is no size in bytes; the entry counts as having none`);
  }

  private modified(entry: { modified?: string }, text: string | undefined): void {
    const date = this.date(text);
    if (date) entry.modified = date;
  }

  private inside(name: string): boolean {
    return this.open.some((each) => each.name === name);
  }

  private stop(code: string, message: string): never {
    this.say(code, message);
    throw new Stop();
  }

  private say(code: string, message: string): void {
    this.faults.say(code, message, this.parser.line);
  }
}

function isAction(word: string | undefined): word is HashAction {
  return word === 'original' || word === 'verified' || word === 'failed';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
