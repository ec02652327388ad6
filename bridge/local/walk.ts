/** Lists a drive: every file that could be part of a handoff, as manifest paths, with what could not be read or was passed over. */
import { stat as statThen, type Dirent, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { isLitter } from '../../manifest/kinds.ts';
import { caseTwins, linkIssue, noFile, sameName, unreadable } from './walk-issues.ts';

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

/** Half of what the promise of node:fs/promises costs. */
const statOf = (file: string) =>
  new Promise<Stats>((found, failed) =>
    statThen(file, (error, stats) => (error ? failed(error) : found(stats))),
  );

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
      let next = 0;
      const worker = async () => {
        for (let at = next++; at < entries.length; at = next++) {
          this.signal?.throwIfAborted();
          await this.look(entries[at]!);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, entries.length) }, worker));
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

  private async readFolder(folder: string): Promise<{ below: string[]; entries: Entry[] }> {
    const found: { below: string[]; entries: Entry[] } = { below: [], entries: [] };
    try {
      if (await this.readBefore(folder)) {
        this.issues.push(linkIssue(this.pathOf(folder), 'folder-again'));
        return found;
      }
      for (const entry of await readdir(folder, { withFileTypes: true })) this.sort(folder, entry, found);
      this.signal?.throwIfAborted();
    } catch (error) {
      this.signal?.throwIfAborted();
      this.issues.push(unreadable(this.pathOf(folder), error));
    }
    return found;
  }

  private sort(folder: string, entry: Dirent, into: { below: string[]; entries: Entry[] }): void {
    const file = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
    if (isLitter(entry.name) || this.skip.has(file)) return;
    if (entry.isDirectory()) into.below.push(file);
    else into.entries.push({ file, link: entry.isSymbolicLink() });
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
      const found = await statOf(file);
      if (link && found.isDirectory()) this.issues.push(linkIssue(this.pathOf(file), 'folder'));
      else if (!found.isFile()) this.issues.push(noFile(this.pathOf(file)));
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
    return toManifestPath(this.below(file) || '.', sep === '\\' ? '\\' : '/');
  }

  /** Everything found is spelled from the base on, so that nothing needs to be resolved again. */
  private below(file: string): string {
    return file.slice(this.base.endsWith(sep) ? this.base.length : this.base.length + 1);
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
      const spelled = ({ file }: WalkedFile) => this.below(file).split(sep).join('/');
      const first = twins.find((twin) => spelled(twin) === path) ?? twins[0]!;
      const others = twins.filter((twin) => twin !== first);
      return [first, ...others.map((twin) => ({ ...twin, path: spelled(twin) }))];
    });
  }
}
