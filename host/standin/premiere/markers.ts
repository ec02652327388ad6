/** Markers as a script sees them: read as Time, written as seconds, sorted by time, and nothing said about mistakes. */
import type { Model } from './model.ts';
import { newGuid, type StandinMarker } from './state.ts';
import { secondsToTicks, Time } from './time.ts';

/** Where a collection's markers lie in the state; asked each time, as the state may be replaced. */
export type MarkerList = () => StandinMarker[];

function wantSeconds(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('Illegal Parameter type');
  return value;
}

const ORDER = (a: StandinMarker, b: StandinMarker) => {
  const difference = BigInt(a.start) - BigInt(b.start);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export class Marker {
  readonly #model: Model;
  readonly #list: MarkerList;
  readonly guid: string;
  constructor(model: Model, list: MarkerList, guid: string) {
    this.#model = model;
    this.#list = list;
    this.guid = guid;
  }
  get #it(): StandinMarker {
    const marker = this.#list().find(({ guid }) => guid === this.guid);
    if (!marker) throw new Error('Invalid Object');
    return marker;
  }
  get name(): string {
    return this.#it.name;
  }
  set name(value: string) {
    this.#model.count('marker.name');
    this.#it.name = String(value);
  }
  get comments(): string {
    return this.#it.comments;
  }
  set comments(value: string) {
    this.#model.count('marker.comments');
    if (this.#model.options.misbehaviour.fixedComments) throw new Error('read only');
    this.#it.comments = String(value);
  }
  get type(): string {
    return this.#it.type;
  }
  get start(): Time {
    return new Time(this.#it.start);
  }
  /** Moves the end along. */
  set start(value: unknown) {
    this.#model.count('marker.start');
    const marker = this.#it;
    const start = secondsToTicks(wantSeconds(value));
    marker.end = String(BigInt(marker.end) + start - BigInt(marker.start));
    marker.start = String(start);
    this.#list().sort(ORDER);
  }
  get end(): Time {
    return new Time(this.#it.end);
  }
  set end(value: unknown) {
    this.#model.count('marker.end');
    this.#it.end = String(secondsToTicks(wantSeconds(value)));
  }
  getColorByIndex(): number {
    return this.#it.colour;
  }
  setColorByIndex(index: number): void {
    this.#model.count('setColorByIndex');
    if (Number.isInteger(index) && index >= 0 && index <= 7) this.#it.colour = index;
  }
  setTypeAsComment(): number {
    this.#it.type = 'Comment';
    return 0;
  }
  setTypeAsChapter(): number {
    this.#it.type = 'Chapter';
    return 0;
  }
}

export class MarkerCollection {
  readonly #model: Model;
  readonly #list: MarkerList;
  constructor(model: Model, list: MarkerList) {
    this.#model = model;
    this.#list = list;
  }
  #at(index: number): Marker | undefined {
    const marker = this.#list()[index];
    return marker && new Marker(this.#model, this.#list, marker.guid);
  }
  get numMarkers(): number {
    return this.#list().length;
  }
  /** Takes the seconds and ignores whatever else is given. */
  createMarker(seconds: unknown): Marker {
    this.#model.count('createMarker');
    const start = String(secondsToTicks(wantSeconds(seconds)));
    const guid = newGuid(this.#model.state);
    this.#list().push({ guid, name: '', comments: '', type: 'Comment', start, end: start, colour: 0 });
    this.#list().sort(ORDER);
    return new Marker(this.#model, this.#list, guid);
  }
  deleteMarker(marker: Marker): void {
    this.#model.count('deleteMarker');
    const at = this.#list().findIndex(({ guid }) => guid === marker.guid);
    if (at >= 0) this.#list().splice(at, 1);
  }
  getFirstMarker(): Marker | undefined {
    return this.#at(0);
  }
  getLastMarker(): Marker | undefined {
    return this.#at(this.#list().length - 1);
  }
  getNextMarker(marker: Marker): Marker | undefined {
    const at = this.#list().findIndex(({ guid }) => guid === marker.guid);
    return at < 0 ? undefined : this.#at(at + 1);
  }
  getPrevMarker(marker: Marker): Marker | undefined {
    return this.#at(this.#list().findIndex(({ guid }) => guid === marker.guid) - 1);
  }
}
