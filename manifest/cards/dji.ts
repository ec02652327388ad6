/** DJI: DJI_0001.MP4 with its telemetry in DJI_0001.SRT (no subtitles of anyone's words) and its proxy in DJI_0001.LRF. */
import type { Card } from './card.ts';

export const dji: Card = {
  id: 'dji',
  label: 'DJI',
  parts: 'each',
  claim({ folder, stem, suffix }) {
    if (!/^DJI_\d/i.test(stem)) return null;
    const clip = `${folder}${stem}`;
    if (/^(mp4|mov)$/.test(suffix)) return { as: 'part', clip, number: 1 };
    return /^(srt|lrf|lrv|thm|json)$/.test(suffix) ? { as: 'beside', clip } : null;
  },
};
