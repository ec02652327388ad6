/** What cameras write beside the tracks: QuickTime metadata keys (`meta` with `keys` and `ilst`) and user data texts. */
import type { Witness } from '../../../manifest/documents/handoff.ts';
import { decode, type MediaBytes } from './bytes.ts';
import { find, firstBox, fourccs, letters, nextBox, type Box } from './mov-boxes.ts';
import { calendarDate, present } from './prober.ts';

const TYPE = fourccs('meta', 'keys', 'ilst');

export interface MovMetadata {
  witness: Witness;
  recordedOn?: string;
  recorder?: string;
}

const MOST_KEYS = 128;
const LONGEST_VALUE = 256;

/** Reads `meta` and `udta` of a movie header. Sizes are bounded: a log of a whole shoot in here is passed over. */
export function readMetadata(bytes: MediaBytes, places: Box[]): MovMetadata {
  if (places.length === 0) return { witness: {} };
  const values = new Map<string, string>();
  for (const place of places) {
    if (place.type === TYPE.meta) readKeys(bytes, place, values);
    else readUserData(bytes, place, values);
  }
  if (values.size === 0) return { witness: {} };
  const first = (...names: string[]) =>
    names.map((name) => values.get(name)).find((value) => value !== undefined);
  const maker = [first('make', '©mak'), first('model', '©mod')].filter(Boolean).join(' ');
  return {
    witness: present({
      reel: first('reel', 'reelname', 'reel_name'),
      scene: first('scene', 'scenename'),
      // Final Cut Pro keeps the take under the name shot.
      take: first('take', 'takename', 'shot'),
    }),
    ...present({
      // The header's own creation time is left alone: a transcode writes its own, and a wrong day would part sound from picture.
      recordedOn: calendarDate(first('creationdate', '©day')),
      recorder: maker || undefined,
    }),
  };
}

/** `com.apple.proapps.studio.reel`, `com.arri.camera.ReelName`: the last word says what it is, the maker varies. */
function lastWord(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1).toLowerCase();
}

function readKeys(bytes: MediaBytes, meta: Box, values: Map<string, string>): void {
  // ISO files put a version before the contents, QuickTime files do not; no box is 0 bytes long here.
  const body = bytes.u32(meta.body) === 0 ? meta.body + 4 : meta.body;
  const keys = find(bytes, { ...meta, body }, TYPE.keys);
  const list = keys && find(bytes, { ...meta, body }, TYPE.ilst);
  if (!keys || !list) return;
  const names: string[] = [];
  const count = Math.min(bytes.u32(keys.body + 4), MOST_KEYS);
  for (let at = keys.body + 8; names.length < count && at + 8 <= keys.end;) {
    const size = bytes.u32(at);
    if (size < 8) break;
    names.push(lastWord(decode(bytes.copy(at + 8, Math.min(size - 8, LONGEST_VALUE)))));
    at += size;
  }
  // Entries are boxes whose type is the key's number, from 1.
  for (let at = list.body, seen = 0; seen < MOST_KEYS && at + 24 <= list.end; seen++) {
    const size = bytes.u32(at);
    const name = names[bytes.u32(at + 4) - 1];
    if (size < 24) break;
    const length = Math.min(bytes.u32(at + 8) - 16, size - 24, LONGEST_VALUE);
    // Type 1 is UTF-8; numbers and pictures have no part in this.
    if (name && length > 0 && bytes.u32(at + 16) === 1)
      keep(values, name, decode(bytes.copy(at + 24, length)));
    at += size;
  }
}

/** QuickTime's older texts: `©mak`, `©day`… each length, language, text. */
function readUserData(bytes: MediaBytes, udta: Box, values: Map<string, string>): void {
  for (let box = firstBox(bytes, udta.body, udta.end); box; box = nextBox(bytes, box, udta.end)) {
    if (box.type === TYPE.meta) readKeys(bytes, box, values);
    if (box.type >>> 24 !== 0xa9 || box.end - box.body < 5) continue;
    const length = Math.min(bytes.u16(box.body), box.end - box.body - 4, LONGEST_VALUE);
    keep(values, letters(box.type), decode(bytes.copy(box.body + 4, length)));
  }
}

function keep(values: Map<string, string>, name: string, value: string): void {
  if (value && !values.has(name)) values.set(name, value);
}
