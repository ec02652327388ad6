/** Walks the project, and finds bins by path and items by id or media path. Made once per call and kept right while that call writes. */
import type { WireTarget } from '../../bridge/premiere/wire.ts';
import {
  askEach,
  orNull,
  type ClipProjectItem,
  type FolderItem,
  type Host,
  type Project,
  type ProjectItem,
} from './natives.ts';

export interface FoundBin {
  folder: FolderItem;
  id: string;
  path: string[];
}
export interface Found {
  item: ProjectItem;
  id: string;
  /** The bin it lies in. */
  parent: FoundBin;
}

/** Null for what is no clip. */
export function asClip({ ppro }: Host, item: ProjectItem): ClipProjectItem | null {
  return (ppro.ClipProjectItem.cast(item) as ClipProjectItem | null | undefined) ?? null;
}

/** Absolute path of the media; null for sequences, titles and other made things. */
export async function mediaPath(host: Host, item: ProjectItem): Promise<string | null> {
  const clip = asClip(host, item);
  return (clip && (await orNull(() => clip.getMediaFilePath()))) || null;
}

export async function projectMetadata({ ppro }: Host, item: ProjectItem): Promise<string | null> {
  return (await orNull(() => ppro.Metadata.getProjectMetadata(item))) || null;
}

/** Separators, and case where the file system folds it: Windows paths only. */
export function pathKey(path: string): string {
  const windows = /^([A-Za-z]:[\\/]|\\\\)/.test(path);
  return windows ? path.replace(/\\/g, '/').toLowerCase() : path;
}

const binKey = (path: string[]) => JSON.stringify(path);

export class ProjectIndex {
  readonly root: FoundBin;
  readonly items = new Map<string, Found>();
  /** Every bin, those that share a path included; the root is not among them. */
  readonly every: FoundBin[] = [];
  private readonly known = new Set<string>();
  private readonly bins = new Map<string, FoundBin>();
  private readonly host: Host;
  private readonly paths = new Map<string, Promise<string | null>>();
  private byPath: Map<string, Found[]> | null = null;

  private constructor(host: Host, root: FoundBin) {
    this.host = host;
    this.root = root;
  }

  static async read(host: Host, project: Project): Promise<ProjectIndex> {
    const folder = await project.getRootItem();
    const index = new ProjectIndex(host, {
      folder,
      id: host.ppro.ProjectItem.cast(folder).getId(),
      path: [],
    });
    await index.walk();
    return index;
  }

  /** Parents first. A search bin shows items that lie elsewhere; an item's own parent settles where it lies. */
  private async walk(): Promise<void> {
    const { ppro } = this.host;
    this.known.add(this.root.id);
    for (let level = [this.root]; level.length > 0;) {
      const held = await askEach(level, (bin) => bin.folder.getItems());
      const next: FoundBin[] = [];
      for (const [at, bin] of level.entries())
        for (const item of held[at]!) {
          const id = item.getId();
          const twice = this.items.get(id);
          if (twice && ppro.ProjectItem.cast(item.getParentBin()).getId() === bin.id) twice.parent = bin;
          if (this.known.has(id)) continue;
          const inner = this.register(item, id, bin);
          if (inner) next.push(inner);
        }
      level = next;
    }
  }

  /** The bin, where it is one. Of two bins with one path the first is meant. */
  private register(item: ProjectItem, id: string, parent: FoundBin): FoundBin | null {
    const { ProjectItem, FolderItem } = this.host.ppro;
    this.known.add(id);
    if (item.type !== ProjectItem.TYPE_BIN && item.type !== ProjectItem.TYPE_ROOT) {
      this.items.set(id, { item, id, parent });
      return null;
    }
    const bin = { folder: FolderItem.cast(item), id, path: [...parent.path, item.name] };
    this.every.push(bin);
    const key = binKey(bin.path);
    if (!this.bins.has(key)) this.bins.set(key, bin);
    return bin;
  }

  bin(path: string[]): FoundBin | null {
    return path.length === 0 ? this.root : (this.bins.get(binKey(path)) ?? null);
  }

  /** Looks again at what lies directly in these bins: new bins and new items become known. */
  async lookInto(bins: FoundBin[]): Promise<void> {
    const held = await askEach(bins, (bin) => bin.folder.getItems());
    for (const [at, bin] of bins.entries())
      for (const item of held[at]!) {
        const id = item.getId();
        if (this.known.has(id)) continue;
        if (!this.register(item, id, bin)) await this.addPath(this.items.get(id)!);
      }
  }

  forgetBin(path: string[]): void {
    this.bins.delete(binKey(path));
  }

  forgetItem(id: string): void {
    this.items.delete(id);
    this.byPath = null;
  }

  pathOf(found: Found): Promise<string | null> {
    const known = this.paths.get(found.id) ?? mediaPath(this.host, found.item);
    this.paths.set(found.id, known);
    return known;
  }

  /** By the editor's id where it still fits, else by media path; Baton's mark settles between copies. */
  async find(target: WireTarget): Promise<Found | null> {
    const named = target.item === null ? undefined : this.items.get(target.item);
    if (named && ((await this.isAt(named, target.paths)) || (await this.isMarked(named, target.mark))))
      return named;
    const there = await this.candidates(target.paths);
    if (there.length > 1) for (const each of there) if (await this.isMarked(each, target.mark)) return each;
    return there[0] ?? null;
  }

  /** An id alone proves nothing: another project may use the same. */
  private async isAt(found: Found, paths: string[]): Promise<boolean> {
    const path = await this.pathOf(found);
    return path !== null && paths.some((each) => pathKey(each) === pathKey(path));
  }

  private async isMarked(found: Found, mark: string): Promise<boolean> {
    return ((await projectMetadata(this.host, found.item)) ?? '').includes(mark);
  }

  /** Media paths cost a call each, so they are asked for only when an id does not settle it. */
  private async candidates(paths: string[]): Promise<Found[]> {
    if (!this.byPath) {
      const all = [...this.items.values()];
      await askEach(all, (found) => this.pathOf(found));
      this.byPath = new Map();
      for (const found of all) await this.addPath(found);
    }
    for (const path of paths) {
      const there = this.byPath.get(pathKey(path));
      if (there) return there;
    }
    return [];
  }

  private async addPath(found: Found): Promise<void> {
    if (!this.byPath) return;
    const path = await this.pathOf(found);
    if (path === null) return;
    const key = pathKey(path);
    this.byPath.set(key, [...(this.byPath.get(key) ?? []), found]);
  }
}
