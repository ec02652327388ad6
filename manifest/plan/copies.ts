/** Of several copies of one file an editor needs one: which goes in, and which are kept out and why. */
import type { Clip, Handoff, LogEntry } from '../documents/handoff.ts';
import type { KeptOut } from '../documents/plan.ts';
import { copiesIn, PROOF_WORDS, type Copies } from '../duplicates.ts';
import { takeKey } from '../identity.ts';

export interface Chosen {
  /** By clip id. */
  out: Map<string, KeptOut>;
  /** The entries that speak of each clip, with those of the copies it stands for. */
  entries: Map<string, LogEntry[]>;
}

/** `isIn`: the project holds it already; `isReachable`: somebody has said where its root lies. Both go before the manifest's own choice. */
export function chooseCopies(
  handoff: Handoff,
  entries: Map<string, LogEntry[]>,
  { isIn, isReachable }: { isIn(clip: Clip): boolean; isReachable(clip: Clip): boolean },
): Chosen {
  const chosen: Chosen = { out: new Map(), entries };
  for (const copies of copiesIn(handoff))
    for (const clips of byTake(copies)) {
      const rank = (clip: Clip) => (isIn(clip) ? 0 : 2) + (isReachable(clip) ? 0 : 1);
      const best = clips.reduce((one, other) => (rank(other) < rank(one) ? other : one));
      for (const clip of clips) if (clip !== best) chosen.out.set(clip.id, keptOut(clip, best, copies));
      if (clips.length > 1) chosen.entries.set(best.id, joined(clips, entries));
    }
  return chosen;
}

/** Copies that are known as different takes all go in: which name is right is for a person to say. One that knows no take goes with the first. */
function byTake({ clips }: Copies): Clip[][] {
  const takes = new Map<string, Clip[]>();
  const first = clips.map((clip) => takeKey(clip.identity)).find((key) => key !== null) ?? '';
  for (const clip of clips) {
    const key = takeKey(clip.identity) ?? first;
    const same = takes.get(key);
    if (same) same.push(clip);
    else takes.set(key, [clip]);
  }
  return [...takes.values()];
}

function keptOut(clip: Clip, of: Clip, { proof }: Copies): KeptOut {
  const why = `It is a duplicate of ${of.path} (${PROOF_WORDS[proof]}), which stands for it.`;
  return { clip: clip.id, path: clip.path, of: of.id, why };
}

function joined(clips: Clip[], entries: Map<string, LogEntry[]>): LogEntry[] {
  return [...new Set(clips.flatMap((clip) => entries.get(clip.id) ?? []))];
}
