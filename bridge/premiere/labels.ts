/** Premiere's sixteen label colours and its eight marker colours, by index, and the ones Baton uses for what. */
import type { LabelName, MarkerColour } from '../../manifest/documents/plan.ts';

/** Premiere's default names in index order; a user may rename them, so only the index is written. */
const PREMIERE = [
  'Violet',
  'Iris',
  'Caribbean',
  'Lavender',
  'Cerulean',
  'Forest',
  'Rose',
  'Mango',
  'Purple',
  'Blue',
  'Teal',
  'Magenta',
  'Tan',
  'Green',
  'Brown',
  'Yellow',
];

const BATON: Record<LabelName, number> = {
  circled: 5,
  alternate: 7,
  rejected: 14,
  unsynced: 6,
  wild: 3,
  broll: 4,
};

/** Baton's word for the colour where it uses it, else Premiere's own name; null = none. */
export function labelName(index: number | null): string | null {
  if (index === null) return null;
  for (const [name, used] of Object.entries(BATON)) if (used === index) return name;
  return PREMIERE[index] ?? `label ${index}`;
}

/** The index of a label name, Baton's or Premiere's (revert puts back what was read); null where there is no such label. */
export function labelIndex(name: string): number | null {
  const used = Object.entries(BATON).find(([word]) => word === name);
  if (used) return used[1];
  const index = PREMIERE.indexOf(name);
  return index < 0 ? null : index;
}

const MARKER_COLOURS: MarkerColour[] = [
  'green',
  'red',
  'purple',
  'orange',
  'yellow',
  'white',
  'blue',
  'cyan',
];

export function markerColourIndex(colour: MarkerColour): number {
  return MARKER_COLOURS.indexOf(colour);
}

/** Green is Premiere's default and stands for what it does not say. */
export function markerColour(index: number | null): MarkerColour {
  return MARKER_COLOURS[index ?? 0] ?? 'green';
}
