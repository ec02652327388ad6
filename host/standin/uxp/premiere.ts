/**
 * A Premiere in memory with its UXP door: the module that `require('premierepro')` gives, over the same project as the stand-in
 * that runs ExtendScript. It plays 25.6, 26.2, 26.3 or 26.5, and is as strict as the strictest of them was seen to be.
 */
import { DialogOpen, Model } from '../premiere/model.ts';
import { emptyState, readState, type MediaFacts, type StandinState } from '../premiere/state.ts';
import { setMetadata, metadataText } from '../premiere/metadata.ts';
import { converter } from './convert.ts';
import { casts, FolderItem, idOf, ProjectItem, TYPES } from './items.ts';
import { watched } from './promise.ts';
import { displayNumbers, markersOf, Sequence, TRACK_ITEM_TYPES } from './sequence.ts';
import { TickTime, ticksOf } from './time.ts';
import { Transactions, type Action, type UndoEntry } from './transactions.ts';
import { World, type UxpMisbehaviour } from './world.ts';

export type { UxpMisbehaviour } from './world.ts';

export interface StandinUxpOptions {
  /** A saved state; a new project where absent. */
  state?: unknown;
  media: (path: string) => MediaFacts | null;
  misbehaviour?: UxpMisbehaviour;
  /** Disorder of the actions in a transaction. */
  seed?: number;
  /** Writing calls it lives through: the next one, and everything after, throws. */
  lives?: number;
}

/** The numbers of its metadata types are nobody's but its own. */
const METADATA_TYPES = { INTEGER: 10, REAL: 11, TEXT: 12, BOOLEAN: 13 };

export class StandinUxp {
  readonly #model: Mortal;
  readonly #world: World;
  readonly #transactions: Transactions;
  readonly #listeners = new Map<string, Set<(event?: object) => void>>();
  /** What the Source Monitor shows, and where: node id and ticks. */
  monitor: { item: string; at: string } | null = null;
  /** What `require('premierepro')` gives. */
  readonly module: Record<string, unknown>;

  constructor(options: StandinUxpOptions) {
    const state = options.state === undefined ? emptyState() : readState(structuredClone(options.state));
    const misbehaviour = options.misbehaviour ?? {};
    this.#model = new Mortal(state, { media: options.media, misbehaviour }, options.lives ?? Infinity);
    const strict = Number.parseFloat(state.appVersion) >= 26.3;
    this.#transactions = new Transactions(this.#model, {
      strict,
      seed: options.seed ?? 1,
      changed: () => this.fire('ProjectEvent.DIRTY'),
    });
    this.#world = new World(this.#model, this.#transactions, state.appVersion, misbehaviour);
    this.module = this.#premierepro();
  }

  state(): StandinState {
    return structuredClone(this.#model.state);
  }
  /** How often each native call that writes was made. */
  get calls(): Readonly<Record<string, number>> {
    return this.#model.calls;
  }
  /** Native calls that only ask. */
  get asked(): number {
    return this.#world.asked;
  }
  /** The undo history, oldest first. */
  get history(): UndoEntry[] {
    return this.#transactions.history;
  }
  undo(): boolean {
    return this.#transactions.undo();
  }
  /** Whether it was killed: it writes nothing any more. */
  get dead(): boolean {
    return this.#model.dead;
  }
  exists(path: string): boolean {
    return this.#model.exists(path);
  }
  get waiting(): boolean {
    return this.#model.dialog;
  }
  /** The person closes the dialog; the import that raised it goes on. */
  closeDialog(): void {
    this.#model.closeDialog();
  }
  fire(event: string): void {
    for (const hear of this.#listeners.get(event) ?? []) queueMicrotask(() => hear({}));
  }

  #premierepro(): Record<string, unknown> {
    const world = this.#world;
    const cast = casts(world);
    const types = Object.fromEntries(Object.entries(TYPES).map(([name, value]) => [`TYPE_${name}`, value]));
    const listen = (event: unknown, hear: (event?: object) => void) => {
      const there = this.#listeners.get(String(event)) ?? new Set();
      this.#listeners.set(String(event), there.add(hear));
    };
    const made: Record<string, unknown> = {
      Project: { getActiveProject: () => world.ask(() => this.#project()) },
      ProjectItem: { cast: cast.ProjectItem, ...types },
      FolderItem: { cast: cast.FolderItem },
      ClipProjectItem: { cast: cast.ClipProjectItem },
      Marker: { MARKER_TYPE_COMMENT: 'Comment', MARKER_TYPE_CHAPTER: 'Chapter' },
      Markers: { getMarkers: (owner: unknown) => markersOf(world, owner, idOf) },
      Metadata: this.#metadata(),
      TickTime,
      Guid: { fromString: (text: unknown) => ({ toString: () => String(text) }) },
      SequenceSettings: displayNumbers(world),
      SourceMonitor: this.#sourceMonitor(),
      EventManager: {
        addGlobalEventListener: listen,
        removeGlobalEventListener: (event: unknown, hear: (event?: object) => void) =>
          this.#listeners.get(String(event))?.delete(hear),
      },
      Constants: {
        TrackItemType: TRACK_ITEM_TYPES,
        ProjectEvent: events('ProjectEvent', 'OPENED CLOSED DIRTY ACTIVATED'),
        SequenceEvent: events('SequenceEvent', 'ACTIVATED CLOSED SELECTION_CHANGED'),
        OperationCompleteEvent: events('OperationCompleteEvent', 'IMPORT_MEDIA_COMPLETE'),
      },
    };
    const conversions = converter(world);
    if (conversions) made['ProjectConverter'] = conversions;
    return made;
  }

  #metadata(): Record<string, unknown> {
    const world = this.#world;
    const nodeOf = (item: unknown) => {
      if (!(item instanceof ProjectItem)) throw new Error('Illegal Parameter type');
      return world.node(idOf(item));
    };
    const constants = Object.entries(METADATA_TYPES).map(([name, value]) => [`METADATA_TYPE_${name}`, value]);
    return {
      ...Object.fromEntries(constants),
      getProjectMetadata: (item: unknown) =>
        world.ask(() => metadataText(nodeOf(item), world.misbehaviour.localised === true)),
      getProjectColumnsMetadata: (item: unknown) =>
        world.ask(() => {
          const { media, startTicks } = nodeOf(item);
          const ColumnName = world.misbehaviour.localised ? 'D\u00e9but du m\u00e9dia' : 'Media Start';
          const ColumnValue = startTicks ?? media?.startTicks ?? '0';
          const start = { ColumnName, ColumnID: 'Column.Intrinsic.MediaStart', ColumnPath: '', ColumnValue };
          return JSON.stringify(media && !world.misbehaviour.hiddenColumns ? [start] : []);
        }),
      createSetProjectMetadataAction: (item: unknown, xmp: unknown, fields: unknown): Action => {
        if (typeof xmp !== 'string' || !Array.isArray(fields)) throw new Error('Illegal Parameter type');
        return world.change(nodeOf(item).id, (node) => {
          const before = structuredClone(node.metadata);
          if (!world.misbehaviour.deafMetadata) setMetadata(world.model.state, node, xmp, fields.map(String));
          return () => (node.metadata = before);
        });
      },
      addPropertyToProjectMetadataSchema: (name: unknown, label: unknown, type: unknown) =>
        world.ask(() => {
          if (!Object.values(METADATA_TYPES).includes(type as number))
            throw new Error('Illegal Parameter type');
          const { schema } = world.model.state;
          if (schema.some((known) => known.name === name)) return true;
          world.model.count('addPropertyToProjectMetadataSchema');
          schema.push({
            name: String(name),
            label: String(label),
            type: (type as number) - METADATA_TYPES.INTEGER,
          });
          return true;
        }),
    };
  }

  /** The playhead can be moved from 26.2 on. */
  #sourceMonitor(): Record<string, unknown> {
    const world = this.#world;
    const monitor: Record<string, unknown> = {
      openProjectItem: (item: unknown) =>
        world.ask(() => {
          if (!(item instanceof ProjectItem)) throw new Error('Illegal Parameter type');
          this.monitor = { item: idOf(item), at: '0' };
          return true;
        }),
    };
    if (world.since('26.2'))
      monitor['setPosition'] = (time: unknown) =>
        world.ask(() => {
          const at = ticksOf(time);
          if (!this.monitor) return false;
          this.monitor.at = at;
          return true;
        });
    return monitor;
  }

  #project(): Record<string, unknown> {
    const world = this.#world;
    const model = this.#model;
    const { project } = model.state;
    const stale = world.misbehaviour.staleActiveSequence;
    return {
      guid: { toString: () => project.documentID },
      name: project.name,
      path: project.path,
      getRootItem: () =>
        world.ask(() => {
          model.tick();
          return new FolderItem(world, model.state.root.id);
        }),
      importFiles: (paths: unknown, _suppressUI: unknown, bin: unknown, stills: unknown) =>
        watched(this.#import(paths, bin, stills === true)),
      getSequences: () => world.ask(() => model.state.sequences.map(({ id }) => new Sequence(world, id))),
      getActiveSequence: () =>
        world.ask(() => {
          const id = stale ? 'of-the-project-before' : model.state.activeSequence;
          return id === null ? null : new Sequence(world, id);
        }),
      getSequence: (guid: unknown) => new Sequence(world, String(guid)),
      lockedAccess: (callback: () => void) => this.#transactions.lockedAccess(callback),
      executeTransaction: (callback: (compound: unknown) => void, name?: string) =>
        this.#transactions.executeTransaction(callback, name),
    };
  }

  /** Yes whatever happens to the files; a dialog holds the answer until it is closed. In no undo history. */
  async #import(paths: unknown, bin: unknown, stills: boolean): Promise<boolean> {
    if (!Array.isArray(paths) || bin === undefined) throw new Error('Illegal Parameter type');
    const into = bin === null ? this.#model.state.root : this.#model.node(idOf(bin));
    const target = into.id;
    if (into.kind !== 'bin' && into.kind !== 'root') throw new Error('Illegal Parameter type');
    await Promise.resolve();
    this.#model.answered = false;
    // What a dialog stopped half way is taken back and done again once it is closed.
    const before = this.#world.misbehaviour.modal ? structuredClone(this.#model.state) : null;
    try {
      this.#model.importFiles(paths.map(String), this.#model.node(target), stills);
    } catch (error) {
      if (!(error instanceof DialogOpen)) throw error;
      if (before) this.#model.load(before);
      await this.#model.closed();
      this.#model.importFiles(paths.map(String), this.#model.node(target), stills);
    }
    this.fire('OperationCompleteEvent.IMPORT_MEDIA_COMPLETE');
    return true;
  }
}

function events(of: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, `${of}.${name}`]));
}

/** A Premiere that is killed after so many writes. */
class Mortal extends Model {
  #lives: number;
  dead = false;
  constructor(state: StandinState, options: ConstructorParameters<typeof Model>[1], lives: number) {
    super(state, options);
    this.#lives = lives;
  }
  /** A panel is not killed inside a lock, which it never leaves to wait; a Premiere that dies there keeps nothing of it. */
  override count(call: string): void {
    if (call !== 'executeTransaction') this.dead ||= this.#lives-- <= 0;
    if (this.dead) throw new Error('Premiere is gone');
    super.count(call);
  }
}
