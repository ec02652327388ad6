/**
 * Sony: XAVC and XDCAM cards (XDROOT, M4ROOT), XDCAM EX (BPAV), and their files copied anywhere with the names they had.
 * C0001.MP4, C0001M01.XML (metadata), C0001M02.KLV, C0001R01.BIM, C0001S03.MP4 (proxy, in SUB), C0001T01.JPG (in THMBNL).
 */
import { above, type Card, type Claim, type FilePlace } from './card.ts';

/** A name Sony made from a clip's: its stem, a letter for what it is, two digits. */
const BESIDE = /^(?<clip>.+)(?<what>[MRST])\d\d$/i;
const ESSENCE = new Set(['mp4', 'mxf', 'mov']);

export const sony: Card = {
  id: 'sony',
  label: 'Sony XAVC, XDCAM and XDCAM EX',
  parts: 'whole',
  claim(file) {
    return inBpav(file) ?? inRoot(file, 'xdroot') ?? inRoot(file, 'm4root') ?? anywhere(file);
  },
};

/** XDROOT/Clip, /Sub, /Thmbnl and M4ROOT/CLIP, /SUB, /THMBNL: three folders, one name. */
function inRoot(file: FilePlace, root: string): Claim | null {
  const card = above(file, root);
  if (!card) return null;
  const [folder] = card.below;
  const made = BESIDE.exec(file.stem)?.groups;
  // The folders of a card are spelled by the card; the clips' own is the one its sidecars are looked for in.
  const clips = (name: string) => clipIn(file, root, name);
  if (folder === 'clip') {
    if (ESSENCE.has(file.suffix)) return { as: 'part', clip: `${file.folder}${file.stem}`, number: 1 };
    return made ? { as: 'beside', clip: clips(made['clip']!), orCard: true } : { as: 'card' };
  }
  if ((folder === 'sub' || folder === 'thmbnl') && made)
    return { as: 'beside', clip: clips(made['clip']!), orCard: true };
  return { as: 'card' };
}

function clipIn(file: FilePlace, root: string, name: string): string {
  const at = file.folded.lastIndexOf(root);
  return `${[...file.folders.slice(0, at + 1), 'CLIP', name].join('/')}`;
}

/** BPAV/CLPR/501_0001_01/501_0001_01.MP4: one folder a file, and a recording past 4 GB goes on as 501_0001_02. */
function inBpav(file: FilePlace): Claim | null {
  const card = above(file, 'bpav');
  if (!card) return null;
  if (card.below[0] !== 'clpr' || card.below.length < 2) return { as: 'card' };
  const match = /^(?<clip>.+_\d{4})_(?<number>\d\d)(?:[MRST]\d\d)?$/i.exec(file.stem)?.groups;
  if (!match) return { as: 'card' };
  const clip = `${file.folders.slice(0, -1).join('/')}/${match['clip']!}`;
  return ESSENCE.has(file.suffix)
    ? { as: 'part', clip, number: Number(match['number']) }
    : { as: 'beside', clip, orCard: true };
}

/** Copied off the card: what speaks of a clip still lies beside it. Of films that merely end in S01 only the standard names are believed. */
function anywhere({ folder, stem, suffix }: FilePlace): Claim | null {
  const made = BESIDE.exec(stem)?.groups;
  const what = made?.['what']?.toUpperCase();
  const fits =
    (what === 'M' && /^(xml|klv)$/.test(suffix)) ||
    (what === 'R' && suffix === 'bim') ||
    (what === 'T' && suffix === 'jpg') ||
    (what === 'S' && /^(mp4|mxf)$/.test(suffix) && /^C\d{4}S0\d$/i.test(stem));
  return fits ? { as: 'beside', clip: `${folder}${made!['clip']!}` } : null;
}
