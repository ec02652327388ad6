/**
 * ARRI: A001C003_230614_R1AB.mov or .mxf, or a folder of that name with one .ari or .arx file a frame (an image sequence). Sheets of a
 * whole roll, A001R1AB.ale and .xml, speak of no one clip.
 */
import type { Card } from './card.ts';

const CLIP = /^[A-Z]\d{3}C\d{3}_\d{6}_[A-Z0-9]{4}/i;

export const arri: Card = {
  id: 'arri',
  label: 'ARRI',
  parts: 'whole',
  claim({ folder, stem, suffix }) {
    if (/^[A-Z]\d{3}[A-Z][A-Z0-9]{3}$/i.test(stem) && /^(xml|ale)$/.test(suffix)) return { as: 'card' };
    const clip = CLIP.exec(stem)?.[0];
    if (clip === stem && /^(mov|mxf)$/.test(suffix))
      return { as: 'part', clip: `${folder}${clip}`, number: 1 };
    if (clip === undefined || !/^(xml|ale|cdl|cube|look|aml|alf4?|jpg|tiff?)$/.test(suffix)) return null;
    // Frames lie in a folder of the clip's name; what speaks of them lies in it or above it.
    return { as: 'beside', clip: `${folder}${clip}`, or: `${folder}${clip}/${clip}` };
  },
};
