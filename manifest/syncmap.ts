/**
 * The sync map: for each scene a sequence in which every picture stands with its sound where timecode puts it, so that an editor can look
 * and listen before trusting it. Nothing is merged: clips are linked, and what is not in sync is marked or left out, never guessed.
 */
import { cutList } from './cutlist.ts';
import type { CutList } from './documents/cutlist.ts';
import type { Clip, Handoff } from './documents/handoff.ts';
import type { Loss } from './documents/issue.ts';
import { fileName } from './documents/paths.ts';
import type { SequenceItem, SequenceMarker, SequenceSnapshot, SequenceTrack } from './documents/snapshot.ts';
import type { SyncVerdict } from './documents/sync.ts';
import { framesToSeconds, secondsToFrames } from './time/fraction.ts';
import { nominal, sameRate, type Rate } from './time/rate.ts';
import { samplesToFrames, samplesToSeconds } from './time/samples.ts';

export interface SyncMapOptions {
  /** Where each named root lies, absolute. */
  roots: Record<string, string>;
  /** What becomes of pictures whose sound has no place: laid alone under a marker that says why, or left out. */
  unsynced: 'marked' | 'left-out';
}

export interface SyncMap {
  /** One for each scene, in the order of their names; `scene` is '' for pictures of none. */
  scenes: { scene: string; cutList: CutList; losses: Loss[] }[];
  /** What is in no sequence, and why. */
  leftOut: { clip: string; why: string }[];
}

/** A picture that can be laid: its rate and length are known. */
interface Laid {
  verdict: SyncVerdict;
  clip: Clip;
  rate: Rate;
  duration: number;
}

/** Verdicts whose sound has a place beside the picture. */
const PLACED: ReadonlySet<SyncVerdict['verdict']> = new Set(['in-sync', 'partial']);
/** Seconds between two takes. */
const GAP = 1;

export function syncMap(handoff: Handoff, verdicts: SyncVerdict[], options: SyncMapOptions): SyncMap {
  const clips = new Map(handoff.clips.map((clip) => [clip.id, clip]));
  const scenes = new Map<string, Laid[]>();
  const leftOut: SyncMap['leftOut'] = [];
  for (const verdict of verdicts) {
    const clip = clips.get(verdict.clipId)!;
    const why = whyOut(clip, verdict, options);
    if (why !== null) {
      leftOut.push({ clip: clip.path, why });
      continue;
    }
    const laid = { verdict, clip, rate: clip.tech.rate!, duration: clip.tech.durationFrames! };
    const scene = (clip.identity.scene ?? '').trim().toUpperCase();
    scenes.set(scene, [...(scenes.get(scene) ?? []), laid]);
  }
  const order = [...scenes.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    scenes: order.map((scene) => {
      const made = new SceneMap(scene, scenes.get(scene)!, clips);
      const { value, losses } = cutList(made.snapshot(), handoff, options.roots);
      return { scene, cutList: value, losses: [...made.losses, ...losses] };
    }),
    leftOut,
  };
}

function whyOut(clip: Clip, verdict: SyncVerdict, { unsynced }: SyncMapOptions): string | null {
  if (clip.kind !== 'picture') return `No picture goes with it (${verdict.verdict}): ${verdict.reason}`;
  if (!clip.tech.rate || !clip.tech.durationFrames) return 'Its rate or its length is not known.';
  if (unsynced === 'marked' || PLACED.has(verdict.verdict) || verdict.verdict === 'mos') return null;
  return `${verdict.verdict}: ${verdict.reason}`;
}

class SceneMap {
  readonly losses: Loss[] = [];
  private readonly rate: Rate;
  private readonly tracks = new Map<string, SequenceItem[]>();
  private readonly markers: SequenceMarker[] = [];
  private cursor = 0;
  private link = 0;

  private readonly scene: string;
  private readonly clips: ReadonlyMap<string, Clip>;

  constructor(scene: string, laid: Laid[], clips: ReadonlyMap<string, Clip>) {
    this.scene = scene;
    this.clips = clips;
    this.rate = commonest(laid.map(({ rate }) => rate));
    const named = (one: Laid) =>
      `${one.clip.identity.take ?? ''}/${one.clip.identity.camera ?? ''}/${one.clip.path}`;
    for (const one of [...laid].sort((a, b) => natural(named(a), named(b)))) this.lay(one);
  }

  private lay({ verdict, clip, rate, duration }: Laid): void {
    const sounds = PLACED.has(verdict.verdict) ? this.soundsOf(verdict) : [];
    // Sound that rolled first pushes its picture to the right.
    const lead = Math.max(0, ...sounds.map(({ offset }) => -offset));
    const start = this.cursor + lead;
    const link = ++this.link;
    const length = this.recordFrames(framesToSeconds(duration, rate));
    const picture = { clip, in: start, out: start + length, source: { rate, out: duration }, link };
    this.put('V', 1, picture);
    if (hasSound(clip)) this.put('A', 1, picture);
    let end = start + length;
    for (const [at, { sound, offset, length: samples }] of sounds.entries()) {
      const sampleRate: Rate = { num: sound.tech.sampleRate!, den: 1, drop: false };
      const frames = this.recordFrames(samplesToSeconds(samples, sampleRate.num));
      const source = { rate: sampleRate, out: samples };
      this.put('A', at + 2, { clip: sound, in: start + offset, out: start + offset + frames, source, link });
      end = Math.max(end, start + offset + frames);
    }
    if (sounds.length === 0 ? verdict.verdict !== 'mos' : verdict.verdict !== 'in-sync')
      this.mark(start, verdict);
    this.cursor = end + GAP * nominal(this.rate);
  }

  private soundsOf({ soundIds, offsetSamples, clip }: SyncVerdict) {
    const first = this.clips.get(soundIds[0]!)!;
    return soundIds.flatMap((id) => {
      const sound = this.clips.get(id)!;
      const { sampleRate, durationSamples, startSamples } = sound.tech;
      if (!sampleRate || !durationSamples || offsetSamples === undefined) return [];
      // The verdict speaks of the first; another recorder's file has a start of its own.
      const apart =
        startSamples !== undefined &&
        first.tech.startSamples !== undefined &&
        first.tech.sampleRate === sampleRate
          ? startSamples - first.tech.startSamples
          : 0;
      const samples = offsetSamples + apart;
      const offset = samplesToFrames(samples, sampleRate, this.rate);
      const exact = this.samplesOf(offset, sampleRate);
      if (exact !== samples)
        this.losses.push({
          what: 'sync-map-frame',
          where: clip,
          count: 1,
          message: `${fileName(sound.path)} begins ${samples - exact} samples from the frame it is laid on; a sequence places clips on frames`,
        });
      return [{ sound, offset, length: durationSamples }];
    });
  }

  private samplesOf(frames: number, sampleRate: number): number {
    return secondsToFrames(framesToSeconds(frames, this.rate), { num: sampleRate, den: 1 });
  }

  private recordFrames(seconds: ReturnType<typeof framesToSeconds>): number {
    return Math.max(1, secondsToFrames(seconds, this.rate));
  }

  private put(
    type: 'V' | 'A',
    index: number,
    {
      clip,
      link,
      source,
      ...span
    }: { clip: Clip; in: number; out: number; source: { rate: Rate; out: number }; link: number },
  ): void {
    const key = `${type}${index}`;
    const items = this.tracks.get(key) ?? [];
    this.tracks.set(key, items);
    const name = fileName(clip.path);
    items.push({
      id: `${key}-${items.length + 1}`,
      kind: 'clip',
      name,
      ...span,
      source: {
        file: null,
        name,
        clip: clip.id,
        rate: source.rate,
        in: 0,
        out: source.out,
        start: null,
        duration: source.out,
      },
      speed: { num: 1, den: 1 },
      enabled: true,
      link,
    });
  }

  private mark(frame: number, { verdict, reason, sound }: SyncVerdict): void {
    const names = sound.length > 0 ? `\n${sound.map((path) => fileName(path)).join(', ')}` : '';
    this.markers.push({
      frame,
      duration: 1,
      name: `Unsynced: ${verdict}`,
      comment: `${reason}${names}`,
      colour: 'red',
    });
  }

  snapshot(): SequenceSnapshot {
    const track = (key: string): SequenceTrack => ({
      type: key.startsWith('V') ? 'video' : 'audio',
      index: Number(key.slice(1)),
      name: key,
      enabled: true,
      items: this.tracks.get(key)!,
      transitions: [],
    });
    const first = this.tracks.get('V1')?.[0]?.source?.clip;
    const size = first === undefined ? undefined : this.clips.get(first)!.tech.picture;
    return {
      kind: 'sequence',
      version: 1,
      editor: 'premiere',
      editorVersion: '',
      id: `sync-map-${this.scene}`,
      name: this.scene === '' ? 'Sync map, no scene' : `Sync map, scene ${this.scene}`,
      rate: this.rate,
      start: nominal(this.rate) * 3600,
      size: size ? { width: size.width, height: size.height } : null,
      tracks: [...this.tracks.keys()].sort(byTrack).map(track),
      markers: this.markers,
    };
  }
}

/** V1, then A1 upwards. */
function byTrack(a: string, b: string): number {
  return a[0] === b[0] ? Number(a.slice(1)) - Number(b.slice(1)) : a[0] === 'V' ? -1 : 1;
}

const natural = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

function hasSound(clip: Clip): boolean {
  return (clip.tech.channels ?? 0) > 0;
}

function commonest(rates: Rate[]): Rate {
  const count = (rate: Rate) => rates.filter((each) => sameRate(each, rate)).length;
  return rates.reduce((best, rate) => (count(rate) > count(best) ? rate : best), rates[0]!);
}
