/** A project item as a script sees it: bins that may share a name, paths that throw, answers of 0 for "none". */
import { MarkerCollection } from './markers.ts';
import { metadataText, setMetadata } from './metadata.ts';
import type { Model } from './model.ts';
import { allNodes, type StandinNode } from './state.ts';
import { TICKS_PER_SECOND, Time } from './time.ts';

export const ITEM_TYPES = { CLIP: 1, BIN: 2, ROOT: 3, FILE: 4 };

export class ProjectItem {
  readonly #model: Model;
  readonly nodeId: string;
  constructor(model: Model, id: string) {
    this.#model = model;
    this.nodeId = id;
  }
  get #node(): StandinNode {
    return this.#model.node(this.nodeId);
  }
  #isBin(): boolean {
    return this.#node.kind === 'bin' || this.#node.kind === 'root';
  }
  get name(): string {
    return this.#node.name;
  }
  set name(value: string) {
    this.#model.count('name');
    this.#node.name = String(value);
  }
  get type(): number {
    if (this.#node.kind === 'root') return ITEM_TYPES.ROOT;
    return this.#node.kind === 'bin' ? ITEM_TYPES.BIN : ITEM_TYPES.CLIP;
  }
  get children(): Record<string, unknown> | null {
    this.#model.looks++;
    if (!this.#isBin()) return null;
    const { query } = this.#node;
    const held =
      query === undefined
        ? (this.#node.children ?? [])
        : allNodes(this.#model.state.root).filter(
            ({ kind, name }) => kind === 'clip' && name.includes(query),
          );
    this.#model.looks += held.length;
    return this.#model.collection(
      'numItems',
      held.map(({ id }) => new ProjectItem(this.#model, id)),
    );
  }
  get treePath(): string {
    this.#model.looks++;
    const names: string[] = [];
    for (let node: StandinNode | undefined = this.#node; node; node = this.#model.parent(node.id))
      names.unshift(node.name);
    return `\\${names.join('\\')}`;
  }
  /** Never asks whether there is one of that name already. */
  createBin(name: unknown): ProjectItem | 0 | null | undefined {
    this.#model.count('createBin');
    if (!this.#isBin() || String(name) === '') return this.#model.none(0);
    return new ProjectItem(this.#model, this.#model.makeBin(this.#node, String(name)).id);
  }
  createSmartBin(name: unknown, query: unknown): void {
    this.#model.count('createSmartBin');
    if (this.#isBin()) this.#model.makeBin(this.#node, String(name)).query = String(query);
  }
  renameBin(name: unknown): number {
    this.#model.count('renameBin');
    this.#node.name = String(name);
    return 0;
  }
  deleteBin(): number {
    this.#model.count('deleteBin');
    if (this.#node.kind === 'bin') this.#model.remove(this.#node);
    return 0;
  }
  moveBin(bin: ProjectItem): unknown {
    this.#model.count('moveBin');
    const into = this.#model.node(bin.nodeId);
    if (into.kind === 'bin' || into.kind === 'root') this.#model.move(this.#node, into);
    return this.#model.none(0);
  }
  getMediaPath(): string {
    this.#model.looks++;
    const { media, kind } = this.#node;
    if (media) return media.path;
    if (kind === 'synthetic') return '';
    throw new Error('No media');
  }
  findItemsMatchingMediaPath(match: unknown): unknown {
    const found = allNodes(this.#node).filter(({ media }) => media?.path.includes(String(match)));
    if (found.length === 0 || this.#model.options.misbehaviour.findNothing) return this.#model.none(0);
    return found.map(({ id }) => new ProjectItem(this.#model, id));
  }
  isSequence(): boolean {
    return this.#node.kind === 'sequence' || this.#node.kind === 'multicam';
  }
  isMulticamClip(): boolean {
    return this.#node.kind === 'multicam';
  }
  isMergedClip(): boolean {
    return false;
  }
  isOffline(): boolean {
    return this.#node.offline === true;
  }
  getColorLabel(): number {
    return this.#node.label;
  }
  setColorLabel(index: unknown): unknown {
    this.#model.count('setColorLabel');
    if (typeof index === 'number' && index >= 0 && index <= 15) this.#node.label = index;
    return this.#model.none(0);
  }
  getProjectMetadata(): string {
    this.#model.looks++;
    return metadataText(this.#node, this.#model.options.misbehaviour.localised === true);
  }
  /** Both arguments or nothing happens. */
  setProjectMetadata(xmp: unknown, fields: unknown): unknown {
    this.#model.count('setProjectMetadata');
    const listed = textsOf(fields);
    if (typeof xmp !== 'string' || !listed || this.#model.options.misbehaviour.deafMetadata) return 0;
    setMetadata(this.#model.state, this.#node, xmp, listed);
    return this.#model.none(0);
  }
  getMarkers(): MarkerCollection | undefined | null | 0 {
    this.#model.looks++;
    if (this.#node.kind !== 'clip') return this.#model.none(undefined);
    return new MarkerCollection(this.#model, () => this.#node.markers);
  }
  startTime(): Time {
    return new Time(this.#node.startTicks ?? this.#node.media?.startTicks ?? '0');
  }
  setStartTime(value: unknown): number {
    this.#model.count('setStartTime');
    const takes = this.#model.options.misbehaviour.startTime ?? 'time';
    const time = new Time();
    if (takes === 'time' && value instanceof Time) time.ticks = value.ticks;
    else if (takes === 'seconds' && typeof value === 'number') time.seconds = value;
    else if (takes === 'ticks' && typeof value === 'string') time.ticks = value;
    else return 0;
    this.#node.startTicks = time.ticks;
    return 0;
  }
  getFootageInterpretation(): unknown {
    const frame = this.#node.media?.ticksPerFrame;
    if (!frame) return this.#model.none(0);
    return { frameRate: Number(TICKS_PER_SECOND) / Number(frame), pixelAspectRatio: 1, fieldType: 0 };
  }
  getInPoint(): Time {
    return new Time('0');
  }
  getOutPoint(): Time {
    return new Time(this.#node.media?.durationTicks ?? '0');
  }
  select(): void {
    this.#model.count('select');
    // A clip cannot be selected this way, and nothing says so.
    if (this.#node.kind === 'bin') this.#model.shown.bin = this.nodeId;
  }
}

/** The strings of a script's own array; null where it is none. */
export function textsOf(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null || !('length' in value)) return null;
  return Array.from(value as ArrayLike<unknown>, String);
}
