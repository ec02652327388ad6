/**
 * Panasonic P2: CONTENTS/VIDEO/0001AB.MXF (picture, OP-Atom), AUDIO/0001AB00.MXF … (one file a channel), CLIP/0001AB.XML (metadata),
 * ICON/0001AB.BMP, PROXY/0001AB.MP4 and .BIN, VOICE/0001AB00.WAV (a spoken memo). One name, one clip.
 */
import { above, type Card } from './card.ts';

export const p2: Card = {
  id: 'p2',
  label: 'Panasonic P2',
  parts: 'whole',
  claim(file) {
    if (file.name.toUpperCase() === 'LASTCLIP.TXT') return { as: 'card' };
    const card = above(file, 'contents');
    const [folder, deeper] = card?.below ?? [];
    if (!card || folder === undefined || deeper !== undefined) return null;
    const clip = `${card.base}CONTENTS/${file.stem.slice(0, 6).toUpperCase()}`;
    const plain = /^[0-9A-Z]{6}$/i.test(file.stem);
    const channel = /^[0-9A-Z]{6}(\d\d)$/i.exec(file.stem)?.[1];
    if (folder === 'video' && plain && file.suffix === 'mxf') return { as: 'part', clip, number: 1 };
    if (folder === 'audio' && channel && file.suffix === 'mxf')
      return { as: 'part', clip, number: Number(channel) + 1, essence: 'sound' };
    const known = /^(clip|icon|proxy|voice|video|audio)$/.test(folder);
    return known && (plain || channel) ? { as: 'beside', clip, orCard: true } : null;
  },
};
