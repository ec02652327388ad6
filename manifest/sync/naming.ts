/**
 * Which sounds a verdict names. All of them, unless they are a crowd that other verdicts have named already: ten thousand copies of a picture
 * beside ten thousand copies of its sound would be a list of a hundred million.
 */
import type { SyncVerdict } from '../documents/sync.ts';
import type { Sound } from './candidates.ts';

/** Sounds that a verdict names though another has named them; those that none has named yet it names however many they are. */
export const NAMED_AGAIN = 200;

export class Naming {
  private readonly named = new Set<Sound>();
  private readonly sounds: number;

  /** `sounds`: how many there are to name. */
  constructor(sounds: number) {
    this.sounds = sounds;
  }

  name(sounds: readonly Sound[]): Pick<SyncVerdict, 'sound' | 'soundIds' | 'more'> {
    const [sound, soundIds]: string[][] = [[], []];
    let more = 0;
    for (const each of sounds) {
      const again = this.named.size === this.sounds || this.named.has(each);
      const room = again ? Math.max(0, NAMED_AGAIN - sound!.length) : each.files.length;
      const end = Math.min(room, each.files.length);
      for (let at = 0; at < end; at++) {
        sound!.push(each.files[at]!.path);
        soundIds!.push(each.files[at]!.id);
      }
      more += each.files.length - end;
      if (!again) this.named.add(each);
    }
    return { sound: sound!, soundIds: soundIds!, ...(more > 0 ? { more } : {}) };
  }
}
