/**
 * A person's change to a manifest: made against whatever the manifest holds by then, so that two people's changes both
 * stand, and giving the edit that takes it back. A refusal is a sentence.
 */
import { handoffHash } from './canonical.ts';
import type { Edit } from './documents/edit.ts';
import type { Clip, Handoff } from './documents/handoff.ts';
import { sameIssue } from './waivers.ts';

type Edited = { handoff: Handoff; undo: Edit } | { refused: string };

type EditedAll = { handoff: Handoff; undo: Edit[] } | { refused: string };

/**
 * All or none, and the list of clips copied once. `undo` takes them back in the order to do it. `at` is the time of the change,
 * ISO 8601 UTC: this room has no clock.
 */
export function applyEdits(handoff: Handoff, edits: readonly Edit[], at: string): EditedAll {
  const clips = new Clips(handoff.clips);
  const undo: Edit[] = [];
  let now = handoff;
  for (const edit of edits) {
    const edited = applyTo(now, edit, at, clips);
    if ('refused' in edited) return edited;
    now = edited.handoff;
    undo.push(edited.undo);
  }
  return { handoff: now, undo: undo.reverse() };
}

/** The clips while they are edited: the given list is left as it is, and its copy is nobody else's until the edits are done. */
class Clips {
  private readonly given: Clip[];
  private copy: Clip[] | null = null;
  private searched = false;
  private places: Map<string, number> | null = null;

  constructor(given: Clip[]) {
    this.given = given;
  }

  /** Below 0 where there is none. One search is quicker than an index, a thousand are not. */
  placeOf(id: string): number {
    const clips = this.copy ?? this.given;
    if (!this.searched) {
      this.searched = true;
      return clips.findIndex((clip) => clip.id === id);
    }
    // An edit moves no clip and changes no id.
    this.places ??= new Map(clips.map((clip, at) => [clip.id, at] as const).reverse());
    return this.places.get(id) ?? -1;
  }

  at(place: number): Clip {
    return (this.copy ?? this.given)[place]!;
  }

  replace(place: number, clip: Clip): Clip[] {
    this.copy ??= this.given.slice();
    this.copy[place] = clip;
    return this.copy;
  }
}

function applyTo(handoff: Handoff, edit: Edit, at: string, clips: Clips): Edited {
  switch (edit.edit) {
    case 'sound-kind':
      return onClip(handoff, clips, edit.clip, (clip) => ({
        clip: { ...clip, soundKind: edit.to },
        undo: { ...edit, to: clip.soundKind },
      }));
    case 'pick':
      return onClip(handoff, clips, edit.clip, (clip) => ({
        clip: { ...clip, pick: edit.to },
        undo: { ...edit, to: clip.pick },
      }));
    case 'identity':
      return onClip(handoff, clips, edit.clip, (clip) => {
        const { [edit.field]: was, ...rest } = clip.identity;
        const identity = edit.to === null ? rest : { ...clip.identity, [edit.field]: edit.to };
        return { clip: { ...clip, identity }, undo: { ...edit, to: was ?? null } };
      });
    case 'pair':
      return pair(handoff, clips, edit);
    case 'waive':
      return waive(handoff, edit, at);
    case 'sign':
      return sign(handoff, edit, at);
  }
}

type Of<Name extends Edit['edit']> = Extract<Edit, { edit: Name }>;

function onClip(
  handoff: Handoff,
  clips: Clips,
  id: string,
  change: (clip: Clip) => { clip: Clip; undo: Edit },
): Edited {
  const place = clips.placeOf(id);
  if (place < 0) return { refused: `The manifest has no clip ${id}; it may have been scanned anew since.` };
  const { clip, undo } = change(clips.at(place));
  return { handoff: { ...handoff, clips: clips.replace(place, clip) }, undo };
}

function pair(handoff: Handoff, clips: Clips, edit: Of<'pair'>): Edited {
  for (const id of edit.sound ?? []) {
    const place = clips.placeOf(id);
    const sound = place < 0 ? null : clips.at(place);
    if (!sound) return { refused: `The manifest has no sound ${id}; it may have been scanned anew since.` };
    if (sound.kind !== 'sound') return { refused: `${sound.path} is no sound file.` };
  }
  return onClip(handoff, clips, edit.clip, (clip) => {
    const undo: Edit = { ...edit, sound: clip.pairedSound ?? null };
    if (edit.sound !== null) return { clip: { ...clip, pairedSound: edit.sound }, undo };
    const { pairedSound: _was, ...rest } = clip;
    return { clip: rest as Clip, undo };
  });
}

function waive(handoff: Handoff, edit: Of<'waive'>, at: string): Edited {
  const all = handoff.waivers ?? [];
  const was = all.find((waiver) => sameIssue(waiver.issue, edit.issue));
  const others = all.filter((waiver) => waiver !== was);
  const undo: Edit = {
    edit: 'waive',
    issue: edit.issue,
    reason: was?.reason ?? null,
    ...(was?.by ? { by: was.by } : {}),
  };
  const made =
    edit.reason === null
      ? []
      : [{ issue: edit.issue, reason: edit.reason, at, ...(edit.by ? { by: edit.by } : {}) }];
  const { waivers: _were, ...rest } = handoff;
  const waivers = [...others, ...made];
  // An empty list would be another delivery to the hash, and break the signature of one that never had any.
  return { handoff: waivers.length > 0 ? { ...handoff, waivers } : rest, undo };
}

/** The signature is of the delivery as it stands: any later change shows. */
function sign(handoff: Handoff, edit: Of<'sign'>, at: string): Edited {
  const { signOff: was, ...rest } = handoff;
  const undo: Edit = { edit: 'sign', by: was?.by ?? null, ...(was ? { restore: was } : {}) };
  // As it was signed then: taking a change back is not signing anew.
  if (edit.restore) return { handoff: { ...rest, signOff: edit.restore }, undo };
  if (edit.by === null) return { handoff: rest as Handoff, undo };
  const role = edit.role === undefined ? {} : { role: edit.role };
  return { handoff: { ...rest, signOff: { by: edit.by, ...role, at, hash: handoffHash(handoff) } }, undo };
}
