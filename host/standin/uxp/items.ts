/**
 * Project items, folders and clips as a UXP plugin sees them. Each holds an id and asks the project anew; a folder has no id of its
 * own, and what is no folder or no clip casts to null.
 */
import { allNodes, type StandinNode } from '../premiere/state.ts';
import { TICKS_PER_SECOND, TickTime, ticksOf } from './time.ts';
import type { Action } from './transactions.ts';
import { takeOut, type World } from './world.ts';

export const TYPES = { CLIP: 1, BIN: 2, ROOT: 3, FILE: 4, STYLE: 5, COMPOUND: 6 };

/** The nodes behind the objects that plugins hold. */
const ids = new WeakMap<object, string>();

/** Throws for anything that is not one of these objects. */
export function idOf(thing: unknown): string {
  const id = typeof thing === 'object' && thing !== null ? ids.get(thing) : undefined;
  if (id === undefined) throw new Error('Illegal Parameter type');
  return id;
}

const isBin = (node: StandinNode) => node.kind === 'bin' || node.kind === 'root';

class Item {
  readonly world: World;
  constructor(world: World, id: string) {
    Object.defineProperty(this, 'world', { value: world, enumerable: false });
    this.world = world;
    ids.set(this, id);
  }
  protected get node(): StandinNode {
    return this.world.node(ids.get(this)!);
  }
  get name(): string {
    return this.node.name;
  }
  get type(): number {
    if (this.node.kind === 'root') return TYPES.ROOT;
    return this.node.kind === 'bin' ? TYPES.BIN : TYPES.CLIP;
  }
  getColorLabelIndex(): Promise<number> {
    return this.world.ask(() => this.node.label);
  }
  createSetColorLabelAction(index: unknown): Action {
    if (typeof index !== 'number' || !(index >= 0 && index <= 15)) throw new Error('Illegal Parameter type');
    return this.world.change(ids.get(this)!, (node) => {
      const before = node.label;
      node.label = index;
      return () => (node.label = before);
    });
  }
  createSetNameAction(name: unknown): Action {
    return this.world.change(ids.get(this)!, (node) => {
      const before = node.name;
      node.name = String(name);
      return () => (node.name = before);
    });
  }
}

export class ProjectItem extends Item {
  getId(): string {
    return this.node.id;
  }
  getParentBin(): FolderItem | null {
    const parent = this.world.model.parent(this.node.id);
    return parent ? new FolderItem(this.world, parent.id) : null;
  }
}

export class FolderItem extends Item {
  getItems(): Promise<ProjectItem[]> {
    return this.world.ask(() => {
      const { query, children } = this.node;
      const held =
        query === undefined
          ? (children ?? [])
          : allNodes(this.world.model.state.root).filter(
              ({ kind, name }) => kind === 'clip' && name.includes(query),
            );
      return held.map(({ id }) => new ProjectItem(this.world, id));
    });
  }
  /** Asked not to make the name unique, it makes a second bin of the same name. */
  createBinAction(name: unknown, makeUnique: unknown): Action {
    if (typeof name !== 'string' || typeof makeUnique !== 'boolean')
      throw new Error('Illegal Parameter type');
    return this.world.change(idOf(this), (node) => {
      const taken = new Set(makeUnique ? (node.children ?? []).map((child) => child.name) : []);
      let free = name;
      for (let nth = 1; taken.has(free); nth++) free = `${name} ${nth}`;
      if (name === '') throw new Error('A bin needs a name');
      const made = this.world.model.makeBin(node, free);
      return () => takeOut(this.world.model, made);
    });
  }
  createMoveItemAction(item: unknown, into: unknown): Action {
    if (!(into instanceof FolderItem) || !(item instanceof ProjectItem))
      throw new Error('Illegal Parameter type');
    return this.#held(item, (node) => {
      const { model } = this.world;
      const target = model.node(idOf(into));
      if (allNodes(node).includes(target)) throw new Error('A bin cannot go into itself');
      const back = takeOut(model, node);
      model.add(target, node);
      model.load(model.state);
      return () => {
        model.remove(node);
        back();
      };
    });
  }
  /** With everything in it. Sequences keep the cut without its source. */
  createRemoveItemAction(item: unknown): Action {
    return this.#held(item, (node) => takeOut(this.world.model, node));
  }
  /** A change of something that lies in this very bin by the time it is carried out. */
  #held(item: unknown, run: (node: StandinNode) => () => void): Action {
    const id = idOf(item);
    const folder = idOf(this);
    return this.world.change(id, (node) => {
      if (this.world.model.parent(id)?.id !== folder) throw new Error('It is not in this bin');
      return run(node);
    });
  }
}

export class ClipProjectItem extends Item {
  getMediaFilePath(): Promise<string> {
    return this.world.ask(() => {
      const { media, kind } = this.node;
      if (media) return media.path;
      if (kind === 'synthetic') return '';
      throw new Error('No media');
    });
  }
  isSequence(): Promise<boolean> {
    return this.world.ask(() => this.node.kind === 'sequence' || this.node.kind === 'multicam');
  }
  isMulticamClip(): Promise<boolean> {
    return this.world.ask(() => this.node.kind === 'multicam');
  }
  isMergedClip(): Promise<boolean> {
    return this.world.ask(() => false);
  }
  isOffline(): Promise<boolean> {
    return this.world.ask(() => this.node.offline === true);
  }
  getFootageInterpretation(): Promise<{ getFrameRate(): number }> {
    return this.world.ask(() => {
      const frame = this.node.media?.ticksPerFrame;
      if (!this.node.media) throw new Error('No media');
      const rate = frame ? TICKS_PER_SECOND / Number(frame) : 0;
      return { getFrameRate: () => rate };
    });
  }
  /** 26.5 tells the start by a method; 26.3 by a property that is sometimes a promise; before, not at all. */
  getMedia(): Promise<unknown> {
    return this.world.ask(() => {
      const { media, startTicks } = this.node;
      if (!media) throw new Error('No media');
      const start = TickTime.createWithTicks(startTicks ?? media.startTicks ?? '0');
      const { world } = this;
      const made: Record<string, unknown> = { createSetStartAction: (time: unknown) => this.#setStart(time) };
      if (world.since('26.5')) made['getStart'] = () => world.ask(() => start);
      else if (world.since('26.3')) made['start'] = world.asked % 2 === 0 ? start : world.ask(() => start);
      return made;
    });
  }
  #setStart(time: unknown): Action {
    const ticks = ticksOf(time);
    return this.world.change(idOf(this), (node) => {
      const before = node.startTicks;
      node.startTicks = ticks;
      return () => (node.startTicks = before);
    });
  }
  getSequence(): Promise<unknown> {
    return this.world.ask(() => {
      const sequence = this.world.model.state.sequences.find(({ node }) => node === this.node.id);
      if (!sequence) throw new Error('No sequence');
      return this.world.sequence(sequence.id);
    });
  }
}

/** `cast`, with null for what it is not. */
export function casts(world: World) {
  return {
    ProjectItem: (item: unknown) => new ProjectItem(world, idOf(item)),
    FolderItem: (item: unknown) => {
      const node = world.node(idOf(item));
      return isBin(node) ? new FolderItem(world, node.id) : null;
    },
    ClipProjectItem: (item: unknown) => {
      const node = world.node(idOf(item));
      return isBin(node) ? null : new ClipProjectItem(world, node.id);
    },
  };
}
