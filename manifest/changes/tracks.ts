/** Which track of the new cut is which of the old one: by what lies on them, so that a track slid in below moves none of the others. */

export interface TrackSide {
  /** `V1`, in order. */
  keys: string[];
  types: string[];
  /** Tokens of each track's events, equal for the same material. */
  tokens: number[][];
}

/** More tracks than this with one and the same event say nothing about which is which. */
const MOST_ALIKE = 8;

/** For every old track the new one it became, or −1. */
export function matchTracks(before: TrackSide, after: TrackSide): number[] {
  const becomes = before.keys.map(() => -1);
  const taken = new Set<number>();
  const join = (a: number, b: number) => {
    if (becomes[a]! >= 0 || taken.has(b) || before.types[a] !== after.types[b]) return;
    becomes[a] = b;
    taken.add(b);
  };
  const alike = (a: number, b: number) => Number(before.keys[a] === after.keys[b]);
  const votes = [...votesOf(before, after)].map(([pair, count]) => ({
    a: Math.floor(pair / after.keys.length),
    b: pair % after.keys.length,
    count,
  }));
  votes.sort((x, y) => y.count - x.count || alike(y.a, y.b) - alike(x.a, x.b) || x.a - y.a || x.b - y.b);
  for (const { a, b } of votes) join(a, b);
  const byKey = new Map(after.keys.map((key, b) => [key, b]));
  before.keys.forEach((key, a) => {
    const b = byKey.get(key);
    if (b !== undefined) join(a, b);
  });
  return becomes;
}

function votesOf(before: TrackSide, after: TrackSide): Map<number, number> {
  const on = new Map<number, Map<number, number>>();
  before.tokens.forEach((tokens, a) => {
    for (const token of tokens) {
      const tracks = on.get(token) ?? new Map<number, number>();
      tracks.set(a, (tracks.get(a) ?? 0) + 1);
      on.set(token, tracks);
    }
  });
  const votes = new Map<number, number>();
  after.tokens.forEach((tokens, b) => {
    const used = new Map<string, number>();
    for (const token of tokens) {
      const tracks = on.get(token);
      if (!tracks || tracks.size > MOST_ALIKE) continue;
      for (const [a, count] of tracks) {
        // No more votes than there are events of it on the old track.
        const name = `${a} ${token}`;
        const before_ = used.get(name) ?? 0;
        if (before_ >= count || before.types[a] !== after.types[b]) continue;
        used.set(name, before_ + 1);
        const pair = a * after.keys.length + b;
        votes.set(pair, (votes.get(pair) ?? 0) + 1);
      }
    }
  });
  return votes;
}
