/** Markers as a UXP plugin sees them: times are TickTimes, a new one is green, and only actions change anything. */
import { newGuid, type StandinMarker } from '../premiere/state.ts';
import { TickTime, ticksOf } from './time.ts';
import type { Action } from './transactions.ts';
import type { World } from './world.ts';

/** Where the markers lie in the state; asked each time. */
type MarkerList = () => StandinMarker[];

const guids = new WeakMap<object, string>();

const ORDER = (a: StandinMarker, b: StandinMarker) => {
  const difference = BigInt(a.start) - BigInt(b.start);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

class Marker {
  readonly #world: World;
  readonly #list: MarkerList;
  readonly #guid: string;
  constructor(world: World, list: MarkerList, guid: string) {
    this.#world = world;
    this.#list = list;
    this.#guid = guid;
    guids.set(this, guid);
    // Since 26.3.
    if (world.since('26.3')) Object.defineProperty(this, 'guid', { value: { toString: () => guid } });
  }
  get #it(): StandinMarker {
    const marker = this.#list().find(({ guid }) => guid === this.#guid);
    if (!marker) throw new Error('Invalid Object');
    return marker;
  }
  getName(): string {
    return this.#it.name;
  }
  getComments(): string {
    return this.#it.comments;
  }
  getType(): string {
    return this.#it.type;
  }
  getColorIndex(): number {
    return this.#it.colour;
  }
  getStart(): TickTime {
    return TickTime.createWithTicks(this.#it.start);
  }
  getDuration(): TickTime {
    return TickTime.createWithTicks(String(BigInt(this.#it.end) - BigInt(this.#it.start)));
  }
  #set(change: (marker: StandinMarker) => Partial<StandinMarker>): Action {
    void this.#it;
    return this.#world.action(() => {
      const marker = this.#it;
      const before = { ...marker };
      Object.assign(marker, change(marker));
      return () => void Object.assign(marker, before);
    });
  }
  createSetNameAction(name: unknown): Action {
    return this.#set(() => ({ name: String(name) }));
  }
  createSetCommentsAction(comments: unknown): Action {
    return this.#set(() => ({ comments: String(comments) }));
  }
  createSetColorByIndexAction(index: unknown): Action {
    if (!Number.isInteger(index) || !((index as number) >= 0 && (index as number) <= 7))
      throw new Error('Illegal Parameter type');
    return this.#set(() => ({ colour: index as number }));
  }
  createSetDurationAction(duration: unknown): Action {
    const ticks = BigInt(ticksOf(duration));
    return this.#set((marker) => ({ end: String(BigInt(marker.start) + ticks) }));
  }
}

export class Markers {
  readonly #world: World;
  readonly #list: MarkerList;
  constructor(world: World, list: MarkerList) {
    this.#world = world;
    this.#list = list;
  }
  getMarkers(): Marker[] {
    this.#world.asked++;
    return this.#list().map(({ guid }) => new Marker(this.#world, this.#list, guid));
  }
  /** There is no parameter for a colour. */
  createAddMarkerAction(
    name: unknown,
    type: unknown = 'Comment',
    start: unknown = TickTime.createWithTicks('0'),
    duration: unknown = TickTime.createWithTicks('0'),
    comments: unknown = '',
  ): Action {
    if (typeof name !== 'string' || typeof type !== 'string' || typeof comments !== 'string')
      throw new Error('Illegal Parameter type');
    const from = ticksOf(start);
    const end = String(BigInt(from) + BigInt(ticksOf(duration)));
    return this.#world.action(() => {
      const guid = newGuid(this.#world.model.state);
      const made = { guid, name, comments, type, start: from, end, colour: 0 };
      this.#list().push(made);
      this.#list().sort(ORDER);
      return () => this.#drop(guid);
    });
  }
  createRemoveMarkerAction(marker: unknown): Action {
    const guid = guidOf(marker);
    return this.#world.action(() => {
      const gone = this.#drop(guid);
      return () => {
        this.#list().push(gone);
        this.#list().sort(ORDER);
      };
    });
  }
  /** The length stays. */
  createMoveMarkerAction(marker: unknown, time: unknown): Action {
    const guid = guidOf(marker);
    const start = ticksOf(time);
    return this.#world.action(() => {
      const it = this.#list().find((each) => each.guid === guid);
      if (!it) throw new Error('Invalid Object');
      const before = { ...it };
      it.end = String(BigInt(it.end) + BigInt(start) - BigInt(it.start));
      it.start = start;
      this.#list().sort(ORDER);
      return () => {
        Object.assign(it, before);
        this.#list().sort(ORDER);
      };
    });
  }
  #drop(guid: string): StandinMarker {
    const at = this.#list().findIndex((each) => each.guid === guid);
    if (at < 0) throw new Error('Invalid Object');
    return this.#list().splice(at, 1)[0]!;
  }
}

function guidOf(marker: unknown): string {
  const guid = typeof marker === 'object' && marker !== null ? guids.get(marker) : undefined;
  if (guid === undefined) throw new Error('Illegal Parameter type');
  return guid;
}
