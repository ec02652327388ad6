/** Sequences, tracks and track items as a UXP plugin sees them: the items of a track at once, all that is in them later. */
import { ClipProjectItem, ProjectItem } from './items.ts';
import type { StandinSequence, StandinTrack, StandinTrackItem } from '../premiere/state.ts';
import { Markers } from './markers.ts';
import { TickTime } from './time.ts';
import type { World } from './world.ts';

export const TRACK_ITEM_TYPES = { EMPTY: 0, CLIP: 1, TRANSITION: 2, PREVIEW: 3, FEEDBACK: 4 };
/** Numbers of time displays of its own, for a Premiere that has such. */
const OWN_DISPLAYS: Record<number, number> = { 102: 2, 103: 3 };

class TrackItem {
  readonly #world: World;
  readonly #it: StandinTrackItem;
  constructor(world: World, item: StandinTrackItem) {
    this.#world = world;
    this.#it = item;
  }
  #tell<T>(answer: T): Promise<T> {
    return this.#world.ask(() => answer);
  }
  getName(): Promise<string> {
    return this.#tell(this.#it.name);
  }
  getStartTime(): Promise<TickTime> {
    return this.#tell(TickTime.createWithTicks(this.#it.start));
  }
  getEndTime(): Promise<TickTime> {
    return this.#tell(TickTime.createWithTicks(this.#it.end));
  }
  getInPoint(): Promise<TickTime> {
    return this.#tell(TickTime.createWithTicks(this.#it.in));
  }
  getOutPoint(): Promise<TickTime> {
    return this.#tell(TickTime.createWithTicks(this.#it.out));
  }
  getSpeed(): Promise<number> {
    return this.#tell(this.#it.speed);
  }
  isSpeedReversed(): Promise<number> {
    return this.#tell(this.#it.reversed ? 1 : 0);
  }
  isDisabled(): Promise<boolean> {
    return this.#tell(this.#it.disabled);
  }
  isAdjustmentLayer(): Promise<boolean> {
    return this.#tell(this.#it.adjustment);
  }
  getProjectItem(): Promise<ProjectItem | null> {
    const { node } = this.#it;
    return this.#world.ask(() =>
      node !== null && this.#world.model.has(node) ? new ProjectItem(this.#world, node) : null,
    );
  }
}

class Track {
  readonly #world: World;
  readonly #it: StandinTrack;
  constructor(world: World, track: StandinTrack) {
    this.#world = world;
    this.#it = track;
  }
  get id(): number {
    return this.#it.id;
  }
  get name(): string {
    if (!this.#world.misbehaviour.localised) return this.#it.name;
    return this.#it.name.replace('Video', 'Vid\u00e9o').replace('Audio', 'Son');
  }
  isMuted(): Promise<boolean> {
    return this.#world.ask(() => this.#it.muted);
  }
  getTrackItems(type: unknown, includeEmpty: unknown): unknown[] {
    if (typeof type !== 'number' || typeof includeEmpty !== 'boolean')
      throw new Error('Illegal Parameter type');
    const world = this.#world;
    if (type === TRACK_ITEM_TYPES.CLIP) return this.#it.items.map((item) => new TrackItem(world, item));
    if (type !== TRACK_ITEM_TYPES.TRANSITION) return [];
    return this.#it.transitions.map(({ name, start, end }) => ({
      getName: () => world.ask(() => (world.misbehaviour.localised ? 'Fondu encha\u00een\u00e9' : name)),
      getStartTime: () => world.ask(() => TickTime.createWithTicks(start)),
      getEndTime: () => world.ask(() => TickTime.createWithTicks(end)),
    }));
  }
}

export class Sequence {
  readonly #world: World;
  readonly #id: string;
  constructor(world: World, id: string) {
    this.#world = world;
    this.#id = id;
  }
  get it(): StandinSequence {
    const sequence = this.#world.model.state.sequences.find(({ id }) => id === this.#id);
    if (!sequence) throw new Error('Invalid Object');
    return sequence;
  }
  get guid(): { toString(): string } {
    const id = this.#id;
    return { toString: () => id };
  }
  get name(): string {
    return this.it.name;
  }
  #tell<T>(answer: (it: StandinSequence) => T): Promise<T> {
    return this.#world.ask(() => answer(this.it));
  }
  getTimebase(): Promise<string> {
    return this.#tell((it) => it.timebase);
  }
  getZeroPoint(): Promise<TickTime> {
    return this.#tell((it) => TickTime.createWithTicks(it.zeroPoint));
  }
  getFrameSize(): Promise<{ width: number; height: number }> {
    return this.#tell(({ width, height }) => ({ width, height }));
  }
  getProjectItem(): Promise<ProjectItem> {
    return this.#tell((it) => new ProjectItem(this.#world, it.node));
  }
  /** The frame rate is told at once from 26.2; before, later. */
  getSettings(): Promise<unknown> {
    return this.#tell((it) => ({
      getVideoDisplayFormat: () =>
        this.#world.ask(() => ({
          type:
            (this.#world.misbehaviour.ownDisplayNumbers ? OWN_DISPLAYS[it.displayFormat] : undefined) ??
            it.displayFormat,
        })),
    }));
  }
  #tracks(of: 'videoTracks' | 'audioTracks'): StandinTrack[] {
    if (this.#world.misbehaviour.brokenSequence) throw new Error('Internal error');
    return this.it[of];
  }
  getVideoTrackCount(): Promise<number> {
    return this.#world.ask(() => this.#tracks('videoTracks').length);
  }
  getAudioTrackCount(): Promise<number> {
    return this.#world.ask(() => this.#tracks('audioTracks').length);
  }
  getVideoTrack(index: number): Promise<Track> {
    return this.#world.ask(() => this.#track('videoTracks', index));
  }
  getAudioTrack(index: number): Promise<Track> {
    return this.#world.ask(() => this.#track('audioTracks', index));
  }
  #track(of: 'videoTracks' | 'audioTracks', index: number): Track {
    const track = this.#tracks(of)[index];
    if (!track) throw new Error('Invalid index');
    return new Track(this.#world, track);
  }
}

/** Of a clip or a sequence; anything else is an illegal parameter. */
export function markersOf(world: World, owner: unknown, clipId: (owner: object) => string): Promise<Markers> {
  return world.ask(() => {
    if (owner instanceof Sequence) return new Markers(world, () => owner.it.markers);
    if (!(owner instanceof ClipProjectItem)) throw new Error('Illegal Parameter type');
    const id = clipId(owner);
    const { kind } = world.node(id);
    if (kind === 'sequence' || kind === 'multicam') {
      const sequence = world.model.state.sequences.find(({ node }) => node === id);
      return new Markers(world, () => sequence?.markers ?? []);
    }
    if (kind !== 'clip') throw new Error('No markers');
    return new Markers(world, () => world.node(id).markers);
  });
}

/** The numbers by which this Premiere knows drop-frame and non-drop at 29.97. */
export function displayNumbers(world: World): Record<string, number> {
  const own = world.misbehaviour.ownDisplayNumbers;
  return {
    VIDEO_DISPLAY_FORMAT_2997: own ? OWN_DISPLAYS[102]! : 102,
    VIDEO_DISPLAY_FORMAT_2997_NON_DROP: own ? OWN_DISPLAYS[103]! : 103,
  };
}
