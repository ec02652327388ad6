/** Which clips a log row speaks of: by file name, else by scene + take + camera. */
import type { Clip, Identity, LogEntry } from '../documents/handoff.ts';
import { fileName, stem } from '../documents/paths.ts';
import { comparable, sameLabel, takeKey } from '../identity.ts';

/** A clip as matching sees it: before the log has had its say. */
export interface Matchable {
  id: string;
  kind: Clip['kind'];
  path: string;
  identity: Identity;
  soundKind: Clip['soundKind'];
}

const folded = (name: string) => name.normalize('NFC').toLowerCase();

/** Looks rows up in a set of clips that does not change; made once for all rows. */
export class LogMatcher {
  private readonly byName = new Map<string, Matchable[]>();
  private readonly byTake = new Map<string, Matchable[]>();
  private readonly wildByScene = new Map<string, Matchable[]>();

  constructor(clips: Matchable[]) {
    for (const clip of clips) {
      // A name is logged with its suffix or without.
      for (const name of new Set([folded(fileName(clip.path)), folded(stem(clip.path))]))
        push(this.byName, name, clip);
      const take = takeKey(clip.identity);
      if (take) push(this.byTake, take, clip);
      if (clip.soundKind === 'wild') push(this.wildByScene, comparable(clip.identity.scene), clip);
    }
  }

  /** Ids of the clips a row speaks of; empty where there are none. */
  find(row: Pick<LogEntry, 'file' | 'soundKind'> & Identity): string[] {
    const named = row.file ? this.byName.get(folded(fileName(row.file.replaceAll('\\', '/')))) : undefined;
    if (named) return ids(named);
    if (row.soundKind === 'wild' && row.scene) return ids(this.wildByScene.get(comparable(row.scene)) ?? []);
    const scene = row.scene ?? row.setup;
    const key = takeKey({ ...(scene ? { scene } : {}), ...(row.take ? { take: row.take } : {}) });
    const takes = key ? (this.byTake.get(key) ?? []) : [];
    const pictures = takes.filter(
      (clip) => clip.kind === 'picture' && cameraFits(row.camera, clip.identity.camera),
    );
    return ids(pictures.length > 0 ? pictures : takes.filter((clip) => clip.kind === 'sound' && !row.camera));
  }
}

/** A row or a clip that names no camera speaks of any. */
function cameraFits(logged: string | undefined, camera: string | undefined): boolean {
  return !logged || !camera || sameLabel(cameraLetter(logged), cameraLetter(camera));
}

/** `A`, `Cam A`, `A-Cam` and `A001` are all camera A. */
function cameraLetter(text: string): string {
  const word = text
    .trim()
    .replace(/\b(cam(era)?|kamera)\b/i, '')
    .replace(/[\s_\-.:]+/g, '');
  return /^[A-Za-z]\d{3}/.test(word) ? word[0]! : word;
}

function push<Key>(map: Map<Key, Matchable[]>, key: Key, clip: Matchable): void {
  const list = map.get(key);
  if (list) list.push(clip);
  else map.set(key, [clip]);
}

const ids = (clips: Matchable[]) => clips.map((clip) => clip.id);
