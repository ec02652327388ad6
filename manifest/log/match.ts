/** Which clips a log row speaks of: by the file names in it, else by scene + take + camera. */
import type { Clip, Identity, LogEntry } from '../documents/handoff.ts';
import { fileName, stem } from '../documents/paths.ts';
import { comparable, sameLabel } from '../identity.ts';
import { filesOf, takesOf, takeWord } from './take.ts';

/** A clip as matching sees it: before the log has had its say. */
export interface Matchable {
  id: string;
  kind: Clip['kind'];
  path: string;
  /** File names it had once: a sheet may have been written before it was renamed. */
  formerNames?: string[];
  identity: Identity;
  soundKind: Clip['soundKind'];
}

/** What of a row matching looks at. */
export type Speaking = Pick<LogEntry, 'file' | 'soundFile' | 'soundKind' | 'about'> & Identity;

/**
 * Which column a sheet's takes are counted under. In most of the world takes belong to a scene and its setup, `72A` take 3; in
 * British paperwork to a slate that knows nothing of scenes, `27/7`. Files are named accordingly.
 */
export type Convention = 'scene' | 'slate';

const folded = (name: string) => name.normalize('NFC').toLowerCase();
const nameIn = (text: string) => folded(fileName(text.replaceAll('\\', '/')));

/** A001C003_230614, A001_C003_0614AB, A001_06141234_C003: the part of a camera-made name that people write down. */
const CAMERA_HEAD = /^([a-z]\d{3,4})(?:_\d{8})?_?c(\d{3,4})(?=$|_)/;
/** A channel's file of a set recorded as mono files: the set's name, and its number or letter. */
const MONO = /^(.+)_(\d{1,2})$/;

/** Looks rows up in a set of clips that does not change; made once for all rows. */
export class LogMatcher {
  private readonly byName = new Map<string, Matchable[]>();
  private readonly byFormerName = new Map<string, Matchable[]>();
  private readonly byHead = new Map<string, Matchable[]>();
  private readonly byMonoSet = new Map<string, Matchable[]>();
  private readonly byTake = new Map<string, Matchable[]>();
  private readonly wildByScene = new Map<string, Matchable[]>();

  constructor(clips: Matchable[]) {
    for (const clip of clips) {
      this.addNames(clip, fileName(clip.path), this.byName);
      for (const name of clip.formerNames ?? []) this.addNames(clip, name, this.byFormerName);
      for (const label of new Set(clipLabels(clip.identity)))
        if (clip.identity.take) push(this.byTake, takeKeyOf(label, clip.identity.take), clip);
      if (clip.soundKind === 'wild') push(this.wildByScene, comparable(clip.identity.scene), clip);
    }
  }

  private addNames(clip: Matchable, file: string, byName: Map<string, Matchable[]>): void {
    const bare = folded(stem(file));
    // A name is logged with its suffix or without.
    for (const name of new Set([folded(file), bare])) push(byName, name, clip);
    const head = clip.kind === 'picture' ? cameraHead(bare) : null;
    if (head) push(this.byHead, head, clip);
    const set = clip.kind === 'sound' ? MONO.exec(bare) : null;
    if (set) push(this.byMonoSet, set[1]!, clip);
  }

  /** Ids of the clips a row speaks of; empty where there are none. */
  find(row: Speaking, convention: Convention = 'scene'): string[] {
    if (row.about === 'nothing') return [];
    const sounds = filesOf(row.soundFile).flatMap((name) => this.named(name, row));
    const named = filesOf(row.file).flatMap((name) => this.named(name, row));
    if (named.length > 0 || row.about === 'comment') return ids([...named, ...sounds]);
    return ids([...this.placed(row, convention), ...sounds]);
  }

  /** The way of counting under which most rows of a sheet find a clip; `scene` where both find the same. */
  convention(rows: Speaking[]): Convention {
    const asked = rows.filter((row) => row.scene && row.setup && row.take && !row.file);
    const found = (labelsOf: (row: Speaking) => string[]) =>
      new Set(asked.flatMap((row) => ids(this.taken(row, labelsOf(row))))).size;
    const slates = found(({ setup }) => [setup!]);
    return slates > found(({ scene, setup }) => [withSetup(scene!, setup!), scene!]) ? 'slate' : 'scene';
  }

  private named(text: string, { about, reel }: Speaking): Matchable[] {
    const name = nameIn(text);
    const bare = name.replace(/\.[a-z0-9]{2,4}$/, '');
    // Paper is older than the new names: what two files were called before they changed names is what it means.
    const exact = this.byFormerName.get(name) ?? this.byName.get(name);
    if (exact) return exact;
    // `A101_1_X.WAV` in a sound report stands for A101_1_1.WAV, A101_1_2.WAV and so on.
    if (bare.endsWith('_x')) return this.byMonoSet.get(bare.slice(0, -2)) ?? [];
    if (about === 'sound') return [];
    const head = cameraHead(bare) ?? headWithReel(bare, reel);
    return (head && this.byHead.get(head)) || [];
  }

  private placed(row: Speaking, convention: Convention): Matchable[] {
    if (row.soundKind === 'wild' && row.scene) {
      const wild = this.wildByScene.get(comparable(row.scene)) ?? [];
      const number = wildNumber(row.take);
      const same = wild.filter((clip) => number !== null && wildNumber(clip.identity.take) === number);
      return same.length > 0 ? same : wild;
    }
    return this.taken(row, rowLabels(row, convention));
  }

  /** The clips of a row's takes, under the first label that has any. */
  private taken(row: Speaking, labels: string[]): Matchable[] {
    const takes = takesOf(row.take);
    for (const label of labels) {
      const found = takes.flatMap((take) => this.byTake.get(takeKeyOf(label, take)) ?? []);
      const fitting = fittingKind(found, row);
      if (fitting.length > 0) return fitting;
    }
    return [];
  }
}

/** Pictures, or sounds where there are none; a row about one of the two finds only those. */
function fittingKind(found: Matchable[], row: Speaking): Matchable[] {
  const sounds = found.filter((clip) => clip.kind === 'sound');
  if (row.about === 'sound') return sounds;
  const pictures = found.filter(
    (clip) => clip.kind === 'picture' && cameraFits(row.camera, clip.identity.camera),
  );
  return pictures.length > 0 || row.about === 'picture' || row.camera ? pictures : sounds;
}

const takeKeyOf = (label: string, take: string) => `${comparable(label)}\n${takeWord(take)}`;

/** What a clip's takes may be counted under: its scene, and its scene with the setup where that is told apart. */
function clipLabels({ scene, setup }: Identity): string[] {
  return [scene, scene && setup ? withSetup(scene, setup) : undefined].filter((each) => each !== undefined);
}

/** Every label a row's or a clip's takes may be counted under, for comparing. */
export function placeLabels({ scene, setup }: Identity): string[] {
  const whole = scene && setup ? [withSetup(scene, setup)] : [];
  return [scene, setup, ...whole].flatMap((label) => (label ? [comparable(label)] : []));
}

function rowLabels({ scene, setup }: Identity, convention: Convention): string[] {
  if (!scene || !setup) return [scene ?? setup].filter((each) => each !== undefined);
  const whole = withSetup(scene, setup);
  return convention === 'slate' ? [setup, whole, scene] : [whole, scene, setup];
}

/** `72` and `A`, or `72` and `72A`: both are 72A. */
function withSetup(scene: string, setup: string): string {
  const [bare, letter] = [comparable(scene), comparable(setup)];
  return letter.startsWith(bare) && /^[A-Z]/.test(letter.slice(bare.length)) ? letter : `${bare}${letter}`;
}

const wildNumber = (take: string | undefined): string | null => {
  const digits = /\d+/.exec(take ?? '')?.[0];
  return digits === undefined ? null : String(Number(digits));
};

function cameraHead(bare: string): string | null {
  const match = CAMERA_HEAD.exec(bare);
  return match && `${match[1]}c${match[2]}`;
}

/** Clip `C003` or `3` of reel A001. */
function headWithReel(bare: string, reel: string | undefined): string | null {
  const clip = /^c?(\d{1,4})$/.exec(bare);
  const roll = /^([a-z]\d{3,4})(?=$|[_\s])/.exec(folded(reel ?? ''));
  return clip && roll && `${roll[1]}c${clip[1]!.padStart(3, '0')}`;
}

/** A row or a clip that names no camera speaks of any; a row may name several. */
function cameraFits(logged: string | undefined, camera: string | undefined): boolean {
  if (!logged || !camera || /^(all|both|alle|beide|toutes|todas|tutte)$/i.test(logged.trim())) return true;
  return logged
    .split(/\s*[,;+&/]\s*|\s+(?:and|und|et|y|e)\s+/i)
    .some((one) => sameLabel(cameraLetter(one), cameraLetter(camera)));
}

/** `A`, `Cam A`, `A-Cam` and `A001` are all camera A. */
function cameraLetter(text: string): string {
  const word = text
    .trim()
    .replace(/\b(cam(era)?|kamera|cámara|caméra|câmera)\b/i, '')
    .replace(/[\s_\-.:]+/g, '');
  return /^[A-Za-z]\d{3}/.test(word) ? word[0]! : word;
}

function push<Key>(map: Map<Key, Matchable[]>, key: Key, clip: Matchable): void {
  const list = map.get(key);
  if (list) list.push(clip);
  else map.set(key, [clip]);
}

const ids = (clips: Matchable[]) => [...new Set(clips.map((clip) => clip.id))];
