/**
 * P2 recordings past 4 GB or over two cards: clips of their own by name, joined by what their sidecars say of the one before and the one
 * after. The pieces become parts of the first.
 */
import type { SidecarFacts } from '../sidecars/sidecar.ts';
import type { GroupedClip, GroupedPart } from './group.ts';

interface Link<File> {
  clip: GroupedClip<File>;
  previous?: string;
  next?: string;
}

/** `factsOf`: what was read of a sidecar. Clips that nothing joins are given back as they are, in their order. */
export function joinShots<File extends { path: string }>(
  clips: GroupedClip<File>[],
  factsOf: (sidecar: File) => SidecarFacts | undefined,
): GroupedClip<File>[] {
  const byId = new Map<string, Link<File>>();
  for (const clip of clips) {
    const facts = clip.sidecars.map(factsOf).find((each) => each?.globalId !== undefined);
    // A card that was copied twice has every clip twice; which goes on in which nobody can say, so the first stands.
    if (facts && !byId.has(facts.globalId!)) byId.set(facts.globalId!, { clip, ...facts.shot });
  }
  const joined = new Map<GroupedClip<File>, GroupedClip<File> | null>();
  for (const link of byId.values()) {
    if (!link.previous && !link.next) continue;
    if (link.previous !== undefined && byId.has(link.previous)) continue;
    const pieces = piecesFrom(link, byId);
    for (const { clip } of pieces.slice(1)) joined.set(clip, null);
    joined.set(link.clip, shotOf(pieces));
  }
  return clips.flatMap((clip) => (joined.has(clip) ? (joined.get(clip) ?? []) : [clip]));
}

function piecesFrom<File>(first: Link<File>, byId: ReadonlyMap<string, Link<File>>): Link<File>[] {
  const pieces = [first];
  for (
    let next = byId.get(first.next ?? '');
    next && !pieces.includes(next);
    next = byId.get(next.next ?? '')
  )
    pieces.push(next);
  return pieces;
}

/** A first piece that goes on from one that is not here is the second, as far as anybody knows. */
function shotOf<File extends { path: string }>(pieces: Link<File>[]): GroupedClip<File> {
  const [{ clip, previous }] = pieces as [Link<File>];
  const offset = previous === undefined ? 1 : 2;
  const partsOf = (each: GroupedClip<File>): GroupedPart<File>[] =>
    each.parts ?? [{ file: each.file, number: 1 }];
  const all = pieces.map((piece) => partsOf(piece.clip));
  const stretches = all.flatMap((parts, at) =>
    parts.filter(({ essence }) => essence === undefined).map((part) => ({ ...part, number: at + offset })),
  );
  return {
    ...clip,
    parts: [...stretches, ...all.flat().filter(({ essence }) => essence === 'sound')],
    sidecars: pieces.flatMap((piece) => piece.clip.sidecars),
    ...(pieces[pieces.length - 1]!.next === undefined ? {} : { continues: true as const }),
  };
}
