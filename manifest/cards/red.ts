/**
 * RED: A001_0614AB.RDM/A001_C003_0614AB.RDC/ holds A001_C003_0614AB_001.R3D, _002.R3D … of one recording, cut at 4 GB, and the
 * look in A001_C003_0614AB.RMD.
 */
import type { Card } from './card.ts';

export const red: Card = {
  id: 'red',
  label: 'RED',
  parts: 'whole',
  claim({ folder, folders, stem, suffix }) {
    const number = /^(?<clip>.+)_(?<number>\d{3})$/.exec(stem)?.groups;
    if (suffix === 'r3d' && number && Number(number['number']) > 0)
      return { as: 'part', clip: `${folder}${number['clip']!}`, number: Number(number['number']) };
    if (suffix === 'rmd') return { as: 'beside', clip: `${folder}${stem}` };
    const inside = folders[folders.length - 1] ?? '';
    // Stills and looks that the camera or REDCINE put beside the frames.
    if (/\.rdc$/i.test(inside) && !/^(r3d|wav|mov|mp4|mxf)$/.test(suffix))
      return { as: 'beside', clip: `${folder}${inside.slice(0, -4)}`, orCard: true };
    return /\.rdm$/i.test(inside) && /^(bin|txt|dat|)$/.test(suffix) ? { as: 'card' } : null;
  },
};
