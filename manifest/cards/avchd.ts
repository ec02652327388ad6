/** AVCHD: PRIVATE/AVCHD/BDMV/STREAM/00001.MTS with CLIPINF/00001.CPI; playlists and indexes are the card's own. */
import { above, type Card } from './card.ts';

export const avchd: Card = {
  id: 'avchd',
  label: 'AVCHD',
  parts: 'each',
  claim(file) {
    const card = above(file, 'bdmv');
    if (!card) return above(file, 'avchdtn') ? { as: 'card' } : null;
    if (/^(mts|m2ts)$/.test(file.suffix))
      return { as: 'part', clip: `${file.folder}${file.stem}`, number: 1 };
    if (card.below[0] !== 'clipinf') return { as: 'card' };
    const top = file.folders.slice(0, file.folders.length - card.below.length).join('/');
    return { as: 'beside', clip: `${top}/STREAM/${file.stem}`, orCard: true };
  },
};
