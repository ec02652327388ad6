/** Every camera-card structure, in the order in which they are asked: the first that claims a file has it. */
import { arri } from './arri.ts';
import { avchd } from './avchd.ts';
import { blackmagic } from './blackmagic.ts';
import { canon } from './canon.ts';
import type { Card } from './card.ts';
import { dji } from './dji.ts';
import { gopro } from './gopro.ts';
import { p2 } from './p2.ts';
import { red } from './red.ts';
import { sony } from './sony.ts';

/** P2 and Canon both say CONTENTS; what lies below tells them apart. */
export const CARDS: Card[] = [canon, p2, sony, red, avchd, arri, gopro, dji, blackmagic];

const BY_ID = new Map(CARDS.map((card) => [card.id, card]));

/** Whether an editor that is given a clip's first file shows all of it. A structure this version does not know is taken for one that it does not. */
export function showsWhole(clip: { card?: string | undefined }): boolean {
  return BY_ID.get(clip.card ?? '')?.parts === 'whole';
}
