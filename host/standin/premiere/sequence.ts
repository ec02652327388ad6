/** Sequences, tracks and track items as a script sees them: Time copies, strings for ticks, rates as durations. */
import { writeFileSync } from 'node:fs';
import { ProjectItem } from './item.ts';
import { MarkerCollection } from './markers.ts';
import type { Model } from './model.ts';
import type { StandinSequence, StandinTrack, StandinTrackItem } from './state.ts';
import { Time } from './time.ts';
import { xmeml } from './xmeml.ts';

export class TrackItem {
  readonly #model: Model;
  readonly #sequence: StandinSequence;
  readonly #it: StandinTrackItem;
  readonly mediaType: string;
  readonly type = 1;
  constructor(model: Model, sequence: StandinSequence, item: StandinTrackItem, mediaType: string) {
    this.#model = model;
    this.#sequence = sequence;
    this.#it = item;
    this.mediaType = mediaType;
  }
  get nodeId(): string {
    return this.#it.id;
  }
  get name(): string {
    return this.#it.name;
  }
  get start(): Time {
    return new Time(this.#it.start);
  }
  get end(): Time {
    return new Time(this.#it.end);
  }
  get duration(): Time {
    return new Time(String(BigInt(this.#it.end) - BigInt(this.#it.start)));
  }
  get inPoint(): Time {
    return new Time(this.#it.in);
  }
  get outPoint(): Time {
    return new Time(this.#it.out);
  }
  get projectItem(): ProjectItem | 0 | null | undefined {
    const { node } = this.#it;
    return node !== null && this.#model.has(node)
      ? new ProjectItem(this.#model, node)
      : this.#model.none(null);
  }
  /** Came with 22.0. */
  get disabled(): boolean | undefined {
    return Number.parseFloat(this.#model.state.appVersion) < 22 ? undefined : this.#it.disabled;
  }
  getSpeed(): number {
    return this.#it.speed;
  }
  isSpeedReversed(): number {
    return this.#it.reversed ? 1 : 0;
  }
  isAdjustmentLayer(): boolean {
    return this.#it.adjustment;
  }
  isMGT(): boolean {
    return false;
  }
  isSelected(): boolean {
    return false;
  }
  getLinkedItems(): unknown {
    const { link } = this.#it;
    if (link === null) return this.#model.none(undefined);
    const both = [
      ...this.#sequence.videoTracks.map((track) => ({ track, mediaType: 'Video' })),
      ...this.#sequence.audioTracks.map((track) => ({ track, mediaType: 'Audio' })),
    ];
    const linked = both.flatMap(({ track, mediaType }) =>
      track.items
        .filter((item) => item.link === link)
        .map((item) => new TrackItem(this.#model, this.#sequence, item, mediaType)),
    );
    return this.#model.collection('numItems', linked);
  }
}

class Track {
  readonly #model: Model;
  readonly #sequence: StandinSequence;
  readonly #it: StandinTrack;
  readonly mediaType: string;
  constructor(model: Model, sequence: StandinSequence, track: StandinTrack, mediaType: string) {
    this.#model = model;
    this.#sequence = sequence;
    this.#it = track;
    this.mediaType = mediaType;
  }
  get id(): number {
    return this.#it.id;
  }
  get name(): string {
    if (!this.#model.options.misbehaviour.localised) return this.#it.name;
    return this.#it.name.replace('Video', 'Vid\u00e9o').replace('Audio', 'Son');
  }
  get clips(): unknown {
    const items = this.#it.items.map(
      (item) => new TrackItem(this.#model, this.#sequence, item, this.mediaType),
    );
    return this.#model.collection('numItems', items);
  }
  get transitions(): unknown {
    const { localised } = this.#model.options.misbehaviour;
    const made = this.#it.transitions.map(({ name, start, end }) => ({
      type: 2,
      name: localised ? 'Fondu encha\u00een\u00e9' : name,
      start: new Time(start),
      end: new Time(end),
    }));
    return this.#model.collection('numItems', made);
  }
  isMuted(): boolean {
    return this.#it.muted;
  }
  isLocked(): boolean {
    return false;
  }
  isTargeted(): boolean {
    return true;
  }
}

export class Sequence {
  readonly #model: Model;
  readonly sequenceID: string;
  constructor(model: Model, id: string) {
    this.#model = model;
    this.sequenceID = id;
  }
  get #it(): StandinSequence {
    const sequence = this.#model.state.sequences.find(({ id }) => id === this.sequenceID);
    if (!sequence) throw new Error('Invalid Object');
    return sequence;
  }
  get name(): string {
    return this.#it.name;
  }
  get timebase(): string {
    return this.#it.timebase;
  }
  get zeroPoint(): string {
    return this.#it.zeroPoint;
  }
  setZeroPoint(ticks: unknown): void {
    this.#model.count('setZeroPoint');
    this.#it.zeroPoint = String(BigInt(String(ticks)));
  }
  get end(): string {
    const ends = [...this.#it.videoTracks, ...this.#it.audioTracks].flatMap(({ items }) =>
      items.map(({ end }) => BigInt(end)),
    );
    return String(ends.reduce((a, b) => (a > b ? a : b), 0n));
  }
  get videoDisplayFormat(): number {
    return this.#it.displayFormat;
  }
  get frameSizeHorizontal(): number {
    return this.#it.width;
  }
  get frameSizeVertical(): number {
    return this.#it.height;
  }
  get projectItem(): ProjectItem {
    return new ProjectItem(this.#model, this.#it.node);
  }
  get videoTracks(): unknown {
    if (this.#model.options.misbehaviour.brokenSequence) throw new Error('Internal error');
    return this.#model.collection(
      'numTracks',
      this.#it.videoTracks.map((track) => new Track(this.#model, this.#it, track, 'Video')),
    );
  }
  get audioTracks(): unknown {
    return this.#model.collection(
      'numTracks',
      this.#it.audioTracks.map((track) => new Track(this.#model, this.#it, track, 'Audio')),
    );
  }
  get markers(): MarkerCollection {
    return new MarkerCollection(this.#model, () => this.#it.markers);
  }
  /** Seconds as text; this number means that none is set. */
  getInPoint(): string {
    return '-400000';
  }
  getOutPoint(): string {
    return '-400000';
  }
  /** Rates are durations here. */
  getSettings(): unknown {
    return {
      videoFrameRate: new Time(this.#it.timebase),
      audioSampleRate: new Time('5292000'),
      videoDisplayFormat: this.#it.displayFormat,
      videoFrameWidth: this.#it.width,
      videoFrameHeight: this.#it.height,
    };
  }
  /** False where the file cannot be written. */
  exportAsFinalCutProXML(path: unknown): boolean {
    this.#model.count('exportAsFinalCutProXML');
    try {
      writeFileSync(
        String(path),
        xmeml(this.#it, (id) => this.#model.node(id)),
      );
      return true;
    } catch {
      return false;
    }
  }
}
