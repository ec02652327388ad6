/**
 * GoPro: GX010123.MP4, GX020123.MP4 … are chapters 1, 2 … of file 0123 (GH in H.264, GS .360 in 360°); until 2017 GOPR0123.MP4, then
 * GP010123.MP4. The proxy is GL010123.LRV, the thumbnail GX010123.THM. No editor joins chapters.
 */
import type { Card } from './card.ts';

export const gopro: Card = {
  id: 'gopro',
  label: 'GoPro',
  parts: 'each',
  claim({ folder, stem, suffix }) {
    const newer = /^(?<kind>G[HXSL])(?<chapter>\d\d)(?<file>\d{4})$/i.exec(stem)?.groups;
    const older = /^(?:GOPR|GP(?<chapter>\d\d))(?<file>\d{4})$/i.exec(stem)?.groups;
    const file = newer?.['file'] ?? older?.['file'];
    if (file === undefined) return null;
    const kind = newer?.['kind']?.toUpperCase() ?? 'GOPR';
    const number = newer ? Number(newer['chapter']) : Number(older!['chapter'] ?? 0) + 1;
    const clip = (of: string) => `${folder}${of} ${file}`;
    if (/^(mp4|360)$/.test(suffix) && kind !== 'GL' && number > 0)
      return { as: 'part', clip: clip(kind), number };
    if (!/^(lrv|thm)$/.test(suffix)) return null;
    // The proxy of an H.264 and of an HEVC recording is called GL alike.
    return kind === 'GL'
      ? { as: 'beside', clip: clip('GX'), or: clip('GH') }
      : { as: 'beside', clip: clip(kind), or: clip('GX') };
  },
};
