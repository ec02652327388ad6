/** The channel column of an EDL: which tracks an edit goes to, in the spellings of every editor. */

/** Track numbers from 1. */
export interface Channels {
  video: number[];
  audio: number[];
}

/** `V`, `A`, `AA`, `A2`, `B`, `AA/V`, `A2/V`, `NONE`, Avid's `A7` and `A10`, `A1234V`, `VA1A2`; null where it is none of them. */
export function parseChannels(word: string): Channels | null {
  switch (word) {
    case 'V':
      return { video: [1], audio: [] };
    case 'A':
      return { video: [], audio: [1] };
    case 'A2':
      return { video: [], audio: [2] };
    case 'NONE':
      return { video: [], audio: [] };
  }
  const found: Channels = { video: [], audio: [] };
  if (word.length > 40) return null;
  for (const part of word.toUpperCase().split('/')) if (!addPart(part, found)) return null;
  return { video: distinct(found.video), audio: distinct(found.audio) };
}

function addPart(part: string, found: Channels): boolean {
  if (part === 'NONE') return true;
  if (part === 'B') {
    found.video.push(1);
    found.audio.push(1);
    return true;
  }
  // Sound and picture in one word, in either order.
  const match = /^(V\d{0,2})?((?:A\d*)*)(V\d{0,2})?$/.exec(part);
  if (!match || part === '') return false;
  for (const video of [match[1], match[3]]) if (video) found.video.push(Number(video.slice(1) || 1));
  const tracks = match[2]!.match(/A\d*/g) ?? [];
  if (tracks.length === 2 && tracks.every((track) => track === 'A')) found.audio.push(1, 2);
  else
    for (const track of tracks) {
      const digits = track.slice(1);
      // `A10` is track ten; `A1234`, and `A12V`, list their tracks.
      const several = digits.length > 2 || (digits.length === 2 && match[3] !== undefined);
      found.audio.push(...(several ? Array.from(digits, Number) : [Number(digits || 1)]));
    }
  return [...found.video, ...found.audio].every((track) => track >= 1);
}

/** `AUD  3    4`: the sound tracks that the channel column has no letters for. */
export function parseAud(words: readonly string[]): number[] | null {
  const tracks = words.map(Number);
  return tracks.length > 0 && tracks.every((track) => Number.isInteger(track) && track >= 1 && track <= 99)
    ? tracks
    : null;
}

export function distinct(numbers: readonly number[]): number[] {
  if (numbers.length < 2) return [...numbers];
  return [...new Set(numbers)].sort((a, b) => a - b);
}
