/** Lists a drive: every file that could be part of a handoff, as manifest paths, with what could not be read or was passed over. */
import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { isLitter } from '../../manifest/kinds.ts';
import { caseTwins, linkIssue, sameName, unreadable } from './walk-issues.ts';

export interface WalkedFile {
  /** As the drive spells it, absolute. */
  file: string;
  /** Manifest form. */
  path: string;
  size: number;
  /** When it was last written, in milliseconds. */
  modified: number;
}

export interface Walked {
  files: WalkedFile[];
  issues: Issue[];
}

/** Files looked at together: a drive on a network answers each after a while. */
const AT_ONCE = 64;

/**
 * Links are not followed into folders, nor to files that are found anyway, so that neither a loop nor a second name makes two of one
 * recording; a folder reached twice by other ways (a mount in itself) is read once. `skip` holds absolute paths to pass over. Rejects
 * with the signal's reason once it is aborted: half a list would make the other half look gone.
 */
export async function walk(root: string, skip: ReadonlySet<string>, signal?: AbortSignal): Promise<Walked> {
  const walker = new Walker(resolve(root), skip, signal);
  await walker.run();
  return walker.result();
}

interface Entry {
  file: string;
  link: boolean;
}

class Walker {
  private readonly files: WalkedFile[] = [];
  private readonly issues: Issue[] = [];
  private readonly seen = new Set<string>();
  private readonly base: string;
  private readonly skip: ReadonlySet<string>;
  private readonly signal: AbortSignal | undefined;
  /** The root without links on the way to it. */
  private real = '';

  constructor(base: string, skip: ReadonlySet<string>, signal: AbortSignal | undefined) {
    this.base = base;
    this.skip = skip;
    this.signal = signal;
  }

  async run(): Promise<void> {
    this.real = await realpath(this.base).catch(() => this.base);
    const folders = [this.base];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      const { below, entries } = await this.readFolder(folder);
      folders.push(...below.reverse());
      for (let from = 0; from < entries.length; from += AT_ONCE) {
        this.signal?.throwIfAborted();
        await Promise.all(entries.slice(from, from + AT_ONCE).map((entry) => this.look(entry)));
      }
    }
  }

  result(): Walked {
    // Folders and files answer in whatever order they like; a manifest should not depend on it.
    this.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.file < b.file ? -1 : 1));
    this.issues.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const files = this.apart();
    this.issues.push(...caseTwins(files.map(({ path }) => path)));
    return { files, issues: this.issues };
  }

  /** What could be listed of a folder that breaks off is kept. */
  private async readFolder(folder: string): Promise<{ below: string[]; entries: Entry[] }> {
    const found: { below: string[]; entries: Entry[] } = { below: [], entries: [] };
    try {
      if (await this.readBefore(folder)) {
        this.issues.push(linkIssue(this.pathOf(folder), 'folder-again'));
        return found;
      }
      for await (const entry of await opendir(folder)) {
        this.signal?.throwIfAborted();
        this.sort(folder, entry, found);
      }
    } catch (error) {
      this.signal?.throwIfAborted();
      this.issues.push(unreadable(this.pathOf(folder), error));
    }
    return found;
  }

  private sort(folder: string, entry: Dirent, into: { below: string[]; entries: Entry[] }): void {
    const file = join(folder, entry.name);
    if (isLitter(entry.name) || this.skip.has(file)) return;
    if (entry.isDirectory()) into.below.push(file);
    else if (entry.isFile() || entry.isSymbolicLink()) into.entries.push({ file, link: entry.isSymbolicLink() });
  }

  /** Some network drives number nothing: there only links can make a loop, and they are not followed. */
  private async readBefore(folder: string): Promise<boolean> {
    const { dev, ino } = await stat(folder, { bigint: true });
    if (ino === 0n) return false;
    const identity = `${dev}:${ino}`;
    if (this.seen.has(identity)) return true;
    this.seen.add(identity);
    return false;
  }

  private async look({ file, link }: Entry): Promise<void> {
    try {
      const found = await stat(file);
      if (link && found.isDirectory()) this.issues.push(linkIssue(this.pathOf(file), 'folder'));
      if (!found.isFile()) return;
      if (link && (await this.isInside(file))) {
        this.issues.push(linkIssue(this.pathOf(file), 'file-again'));
        return;
      }
      this.files.push({ file, path: this.pathOf(file), size: found.size, modified: found.mtimeMs });
    } catch (error) {
      this.issues.push(unreadable(this.pathOf(file), error, link));
    }
  }

  private async isInside(file: string): Promise<boolean> {
    const target = await realpath(file);
    return target.startsWith(this.real.endsWith(sep) ? this.real : this.real + sep);
  }

  private pathOf(file: string): string {
    return toManifestPath(relative(this.base, file) || '.', sep === '\\' ? '\\' : '/');
  }

  /**
   * Two names that differ only in Unicode form are two files on a drive: the one that is spelled in the manifest's form has it, the
   * other keeps the drive's own spelling, and both are clips.
   */
  private apart(): WalkedFile[] {
    const byPath = new Map<string, WalkedFile[]>();
    for (const file of this.files) {
      const twins = byPath.get(file.path);
      if (twins) twins.push(file);
      else byPath.set(file.path, [file]);
    }
    if (byPath.size === this.files.length) return this.files;
    return [...byPath].flatMap(([path, twins]) => {
      if (twins.length === 1) return twins;
      this.issues.push(sameName(path, twins.length));
      const spelled = ({ file }: WalkedFile) =>
        relative(this.base, file).split(sep).join('/');
      const first = twins.find((twin) => spelled(twin) === path) ?? twins[0]!;
      return twins.map((twin) => (twin === first ? twin : { ...twin, path: spelled(twin) }));
    });
  }
}
