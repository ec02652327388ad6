/** What came in since a project was last filled: the clips no import into it has seen, by scene, with the notes about them. */
import type { Clip, Handoff } from './documents/handoff.ts';
import { isUnusable } from './documents/handoff.ts';
import { readReceipt } from './documents/schemas.ts';

export interface SceneNews {
  /** As written; '' where nobody knows the scene. */
  scene: string;
  pictures: number;
  sounds: number;
  /** Graphics, music and documents. */
  others: number;
  /** Notes about these clips. */
  notes: number;
}

export interface News {
  /** When the project was last filled; ISO 8601, UTC. */
  since: string;
  /** By scene, in the order of the manifest; never empty. */
  scenes: SceneNews[];
}

/** Null where nothing is new, and where nothing was imported into this project yet: then everything is. */
export function newsFor(handoff: Handoff, projectId: string): News | null {
  const seen = new Set<string>();
  let since = '';
  for (const record of handoff.history) {
    const receipt = readReceipt(record['receipt']);
    if (!receipt || receipt.project.id !== projectId || receipt.reverts) continue;
    if (receipt.at > since) since = receipt.at;
    for (const { target } of receipt.steps) if ('clip' in target) seen.add(target.clip);
  }
  if (since === '') return null;
  const fresh = handoff.clips.filter((clip) => !seen.has(clip.id) && !isUnusable(clip) && !clip.duplicateOf);
  if (fresh.length === 0) return null;
  return { since, scenes: byScene(fresh, notesByClip(handoff)) };
}

/** A note about a picture and its sound is one note: it counts with the first of its clips. */
function notesByClip(handoff: Handoff): Map<string, number> {
  const notes = new Map<string, number>();
  for (const { clips, notes: said } of handoff.log.entries) {
    const [first] = clips;
    if (first !== undefined) notes.set(first, (notes.get(first) ?? 0) + said.length);
  }
  return notes;
}

function byScene(clips: Clip[], notes: Map<string, number>): SceneNews[] {
  const scenes = new Map<string, SceneNews>();
  for (const clip of clips) {
    const scene = clip.identity.scene ?? '';
    const news = scenes.get(scene) ?? { scene, pictures: 0, sounds: 0, others: 0, notes: 0 };
    scenes.set(scene, news);
    if (clip.kind === 'picture') news.pictures++;
    else if (clip.kind === 'sound') news.sounds++;
    else news.others++;
    news.notes += notes.get(clip.id) ?? 0;
  }
  return [...scenes.values()];
}
