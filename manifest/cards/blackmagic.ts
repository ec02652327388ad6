/**
 * Blackmagic: A001_06141234_C003.braw with its settings in A001_06141234_C003.sidecar, and the H.264 proxy of the same name in a folder
 * Proxy beside it, which is also where Resolve puts the proxies it makes.
 */
import type { Card } from './card.ts';

export const blackmagic: Card = {
  id: 'blackmagic',
  label: 'Blackmagic RAW, and proxies in a Proxy folder',
  parts: 'each',
  claim({ folder, folders, stem, suffix }) {
    if (suffix === 'braw') return { as: 'part', clip: `${folder}${stem}`, number: 1 };
    if (suffix === 'sidecar') return { as: 'beside', clip: `${folder}${stem}` };
    const inside = folders[folders.length - 1] ?? '';
    if (!/^prox(y|ies)$/i.test(inside) || !/^(mp4|mov|mxf)$/.test(suffix)) return null;
    const clip = folder.slice(0, -inside.length - 1) + stem;
    return { as: 'beside', clip, or: clip.replace(/[_ -]proxy$/i, '') };
  },
};
