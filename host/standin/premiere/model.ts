/**
 * The stand-in's project while it runs: the state, the ways to find and change its nodes, and the ways in which this
 * Premiere misbehaves. The objects a script sees (item.ts and its neighbours) hold ids only and ask here each time.
 */
import { existsSync } from 'node:fs';
import {
  allNodes,
  newNodeId,
  type MediaFacts,
  type StandinMedia,
  type StandinNode,
  type StandinState,
} from './state.ts';

/** What a real Premiere has been seen to do. Absent = the kind version of it. */
export interface Misbehaviour {
  /** Imported items appear only at the n-th call after the one that imported them. */
  lateImport?: number;
  /** A dialog that blocks the script engine: at every import, or at a file that is not media. */
  modal?: 'import' | 'unsupported';
  /** Names of files that importFiles says yes to and never shows. */
  swallow?: string[];
  /** What setStartTime takes; anything else does nothing. A Time where absent. */
  startTime?: 'time' | 'seconds' | 'ticks';
  /** activeSequence still names a sequence of the project before. */
  staleActiveSequence?: boolean;
  /** Names in another language: tracks, transitions, column values. */
  localised?: boolean;
  /** findItemsMatchingMediaPath finds nothing. */
  findNothing?: boolean;
  /** setProjectMetadata answers 0 and writes nothing. */
  deafMetadata?: boolean;
  /** No way to select in the Project panel, and none to ask what the Source Monitor shows: before 22.0. */
  noViews?: boolean;
  /** The Source Monitor stays as it is. */
  stuckMonitor?: boolean;
  /** A sequence's tracks cannot be read: asking for them throws. */
  brokenSequence?: boolean;
  /** A marker's comment cannot be set: the setter throws. */
  fixedComments?: boolean;
  /** What is answered for "there is none", and by setters: 0 and undefined where absent, as most versions do. */
  none?: 'zero' | 'undefined' | 'null';
  /** Collections have members that a for-in would meet, and whose reading fails. */
  traps?: boolean;
  /** Milliseconds each call takes. */
  delayMs?: number;
}

export interface ModelOptions {
  media: (path: string) => MediaFacts | null;
  misbehaviour: Misbehaviour;
}

/** Raised while a dialog is open: the script that raised it stands still until somebody closes it. */
export class DialogOpen extends Error {
  constructor() {
    super('a dialog is open');
  }
}

/** Ids of nodes. */
export interface Shown {
  source: string | null;
  selection: string[];
  bin: string | null;
}

/** Default labels by kind of thing, as Premiere's preferences ship. */
const LABELS = { bin: 7, movie: 1, video: 0, audio: 2, still: 3 };

export class Model {
  readonly options: ModelOptions;
  /** How often each native call that writes was made. */
  readonly calls: Record<string, number> = {};
  /** How often a script asked for something that costs Premiere a look: a child, a path, a packet, a marker list. */
  looks = 0;
  state: StandinState;
  /** What the person sees: the clip in the Source Monitor, the selection, the bin that takes imports. */
  shown: Shown = { source: null, selection: [], bin: null };
  /** Listeners of Premiere's own events, and the events that wait for the script to end. */
  readonly bound = new Map<string, (() => unknown)[]>();
  readonly waiting: string[] = [];
  dialog = false;
  /** Whether a person has closed the dialog: it does not come back for the same call. */
  answered = false;
  #release: (() => void) | null = null;
  #nodes = new Map<string, StandinNode>();
  #parents = new Map<string, StandinNode>();

  constructor(state: StandinState, options: ModelOptions) {
    this.state = state;
    this.options = options;
    this.load(state);
  }

  /** Takes another state in place of this one. */
  load(state: StandinState): void {
    this.state = state;
    this.#nodes.clear();
    this.#parents.clear();
    for (const node of allNodes(state.root)) {
      this.#nodes.set(node.id, node);
      for (const child of node.children ?? []) this.#parents.set(child.id, node);
    }
  }

  count(call: string): void {
    if (this.dialog) throw new DialogOpen();
    this.calls[call] = (this.calls[call] ?? 0) + 1;
  }

  /** Throws what a script gets for an object whose item is gone. */
  node(id: string): StandinNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error('Invalid Object');
    return node;
  }
  has(id: string): boolean {
    return this.#nodes.has(id);
  }
  parent(id: string): StandinNode | undefined {
    return this.#parents.get(id);
  }

  add(parent: StandinNode, node: StandinNode): void {
    (parent.children ??= []).push(node);
    this.#nodes.set(node.id, node);
    this.#parents.set(node.id, parent);
  }
  remove(node: StandinNode): void {
    const parent = this.parent(node.id);
    if (parent?.children) parent.children = parent.children.filter((child) => child !== node);
    for (const gone of allNodes(node)) {
      this.#nodes.delete(gone.id);
      this.#parents.delete(gone.id);
    }
  }
  /** False where it would put a bin into itself. */
  move(node: StandinNode, into: StandinNode): boolean {
    if (allNodes(node).includes(into)) return false;
    const parent = this.parent(node.id);
    if (parent?.children) parent.children = parent.children.filter((child) => child !== node);
    this.add(into, node);
    return true;
  }

  makeBin(parent: StandinNode, name: string): StandinNode {
    const bin: StandinNode = {
      id: newNodeId(this.state),
      kind: 'bin',
      name,
      label: LABELS.bin,
      children: [],
      metadata: [],
      markers: [],
    };
    this.add(parent, bin);
    return bin;
  }

  /** A collection of Premiere's: a count and the things by number. No array, no length. */
  collection(name: string, things: unknown[]): Record<string, unknown> {
    const made: Record<string, unknown> = { [name]: things.length };
    for (const [index, thing] of things.entries()) made[index] = thing;
    if (this.options.misbehaviour.traps)
      Object.defineProperty(made, 'reflect', {
        enumerable: true,
        get: () => {
          throw new Error('Internal error');
        },
      });
    return made;
  }

  /** The answer where there is nothing; `usual` is what most versions give. */
  none<Usual>(usual: Usual): Usual | 0 | null | undefined {
    const { none } = this.options.misbehaviour;
    return none === 'zero' ? 0 : none === 'null' ? null : none === 'undefined' ? undefined : usual;
  }

  exists(path: string): boolean {
    return this.options.media(path) !== null || existsSync(path);
  }

  /** Premiere's answer is yes whatever happens; a dialog, a delay or nothing at all may follow. */
  importFiles(paths: string[], bin: StandinNode, stills: boolean): true {
    this.count('importFiles');
    const { misbehaviour, media } = this.options;
    if (misbehaviour.modal === 'import') this.openDialog();
    for (const path of paths) {
      const facts = media(path);
      if (!facts && existsSync(path) && misbehaviour.modal === 'unsupported') this.openDialog();
      if (!facts || (misbehaviour.swallow ?? []).includes(fileName(path))) continue;
      const known: StandinMedia = { path, ...facts, ...(stills ? { stills } : {}) };
      if (misbehaviour.lateImport) {
        this.state.late.push({ bin: bin.id, media: known, calls: misbehaviour.lateImport });
      } else this.addClip(bin, known);
    }
    return true;
  }

  openDialog(): void {
    if (this.answered) return;
    this.dialog = true;
    throw new DialogOpen();
  }

  /** Until the person closes the dialog. */
  closed(): Promise<void> {
    return new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  /** The person closes the dialog; what stood still behind it goes on. */
  closeDialog(): void {
    this.dialog = false;
    this.answered = true;
    this.#release?.();
    this.#release = null;
  }

  addClip(bin: StandinNode, media: StandinMedia): StandinNode {
    const clip: StandinNode = {
      id: newNodeId(this.state),
      kind: 'clip',
      name: fileName(media.path),
      label: labelFor(media),
      media,
      metadata: [],
      markers: [],
    };
    this.add(bin, clip);
    this.fire('onItemsAddedToProjectSuccess');
    return clip;
  }

  /** An event; its listeners run once the script that caused it has ended. */
  fire(event: string): void {
    this.waiting.push(event);
  }

  /** A call begins: what was late may be there now. */
  tick(): void {
    for (const late of this.state.late) late.calls--;
    for (const late of this.state.late.filter(({ calls }) => calls <= 0)) {
      if (this.has(late.bin)) this.addClip(this.node(late.bin), late.media);
    }
    this.state.late = this.state.late.filter(({ calls }) => calls > 0);
  }
}

export function fileName(path: string): string {
  return path.split(path.includes('/') ? '/' : '\\').pop() ?? path;
}

function labelFor(media: MediaFacts): number {
  if (!media.hasVideo) return LABELS.audio;
  if (media.hasAudio) return LABELS.movie;
  return BigInt(media.durationTicks) === 0n ? LABELS.still : LABELS.video;
}
