/**
 * Where a clip's witnesses contradict each other: its name, its own metadata, the log. Ways of writing one thing (`07` and `7`, A001 and
 * A001R2EC) are no contradiction, and what a person has set by hand is settled.
 */
import type { Clip, Identity, Witness } from './documents/handoff.ts';
import { comparable, settle } from './identity.ts';
import { placeLabels } from './log/match.ts';
import { takesOf, takeWord } from './log/take.ts';

export const WITNESSES = ['log', 'media', 'name'] as const;
export type WitnessName = (typeof WITNESSES)[number];

export interface Contradiction {
  field: 'scene' | 'take' | 'camera' | 'reel' | 'soundRoll' | 'soundKind' | 'pick';
  /** What each says that says anything, as written. */
  says: Partial<Record<WitnessName, string>>;
  /** What is taken for true. */
  counts: string;
}

type Said = Partial<Record<WitnessName, Witness>>;

interface Judge {
  field: Contradiction['field'];
  /** As it is shown. */
  value(said: Witness): string | undefined;
  agree(a: Witness, b: Witness): boolean;
  /** Whose word on this is asked; absent = everybody's. */
  asks?: WitnessName[];
}

const JUDGES: Judge[] = [
  { field: 'scene', value: sceneLabel, agree: (a, b) => scenesAgree(a, b) },
  {
    field: 'take',
    // A row for several takes says which of them a clip is nowhere.
    value: ({ take }) => (takesOf(take).length === 1 ? take : undefined),
    agree: (a, b) => takeWord(a.take!) === takeWord(b.take!),
  },
  {
    field: 'camera',
    value: ({ camera }) => (letterOf(camera) ? camera : undefined),
    agree: (a, b) => letterOf(a.camera) === letterOf(b.camera),
  },
  { field: 'reel', value: ({ reel }) => reel, agree: (a, b) => reelsAgree(a.reel!, b.reel!) },
  // Folders of sound are named by whoever copied them.
  {
    field: 'soundRoll',
    value: ({ soundRoll }) => soundRoll,
    agree: (a, b) => reelsAgree(a.soundRoll!, b.soundRoll!),
    asks: ['log', 'media'],
  },
  {
    field: 'soundKind',
    value: ({ soundKind }) => (soundKind === 'unknown' ? undefined : soundKind),
    agree: (a, b) => a.soundKind === b.soundKind,
  },
  {
    field: 'pick',
    value: ({ pick }) => (pick === 'unknown' ? undefined : pick),
    agree: (a, b) => !(isWanted(a) && b.pick === 'rejected') && !(isWanted(b) && a.pick === 'rejected'),
  },
];

/** Empty where the witnesses agree, or fewer than two speak. */
export function contradictions(clip: Clip): Contradiction[] {
  const said: Said = clip.witnesses ?? {};
  const settled = settle(clip.witnesses);
  return JUDGES.flatMap(({ field, value, agree, asks = [...WITNESSES] }): Contradiction[] => {
    const speaking = asks.flatMap((name) => {
      const witness = said[name];
      const text = witness && value(witness);
      return witness && text ? [{ name, witness, text }] : [];
    });
    const atOdds = speaking.some(({ witness }, at) =>
      speaking.slice(0, at).some((other) => !agree(witness, other.witness)),
    );
    if (!atOdds || isByHand(clip, settled, field)) return [];
    const says = Object.fromEntries(speaking.map(({ name, text }) => [name, text]));
    return [{ field, says, counts: countsOf(clip, field) }];
  });
}

function isByHand(clip: Clip, settled: ReturnType<typeof settle>, field: Contradiction['field']): boolean {
  if (field === 'pick' || field === 'soundKind')
    return clip[field] !== 'unknown' && clip[field] !== settled[field];
  return clip.identity[field] !== settled.identity[field];
}

function countsOf(clip: Clip, field: Contradiction['field']): string {
  if (field === 'pick' || field === 'soundKind')
    return clip[field] === 'unknown' ? settle(clip.witnesses)[field] : clip[field];
  return field === 'scene' ? (sceneLabel(clip.identity) ?? '') : (clip.identity[field] ?? '');
}

function isWanted({ pick }: Witness): boolean {
  return pick === 'circled' || pick === 'good';
}

function sceneLabel({ scene, setup }: Identity): string | undefined {
  if (!scene || !setup || comparable(scene).endsWith(comparable(setup))) return scene;
  return `${scene}/${setup}`;
}

/** They share a label, or one of them names the scene and the other its setup too. */
function scenesAgree(a: Witness, b: Witness): boolean {
  const [here, there] = [placeLabels(a), placeLabels(b)];
  if (here.some((label) => there.includes(label))) return true;
  const number = (label: string) => /^\d+/.exec(label)?.[0];
  const [one, two] = [comparable(a.scene), comparable(b.scene)];
  return (
    number(one) === number(two) && number(one) !== undefined && (number(one) === one || number(two) === two)
  );
}

/** `A`, `Cam A`, `A-Cam` and `A001` are camera A; null where it is none or several. */
function letterOf(camera: string | undefined): string | null {
  const word = (camera ?? '')
    .toUpperCase()
    .replace(/\b(CAM(ERA)?|KAMERA|CÁMARA|CAMÉRA|CÂMERA)\b/g, '')
    .replace(/[\s_\-.:]+/g, '');
  return /^([A-Z])(\d{3,4}.*)?$/.exec(word)?.[1] ?? null;
}

/** A001, A001R2EC, A1 and 1 are one roll; so are two labels of which one begins with the other. */
function reelsAgree(a: string, b: string): boolean {
  const [one, two] = [a, b].map((reel) => comparable(reel).replace(/[^A-Z0-9]+/g, ''));
  if (one!.startsWith(two!) || two!.startsWith(one!)) return true;
  const [here, there] = [one, two].map((reel) => /^([A-Z]*?)(\d+)/.exec(reel!));
  if (!here || !there || Number(here[2]) !== Number(there[2])) return false;
  return here[1] === there[1] || [here[1]!, there[1]!].some((word) => GENERIC.has(word));
}

/** What people write before a roll's number instead of its letter; '' = nothing. */
const GENERIC = new Set(['', 'SR', 'S', 'R', 'ROLL', 'REEL', 'CARD', 'TAPE']);
