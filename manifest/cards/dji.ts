/** DJI: DJI_0001.MP4 with its telemetry in DJI_0001.SRT (no subtitles of anyone's words) and its proxy in DJI_0001.LRF. */
import type { Card } from './card.ts';

export const dji: Card = {
  id: 'dji',
  label: 'DJI',
  parts: 'each',
  claim({ folder, stem, suffix }) {
    return /^DJI_\d/i.test(stem) && /^(srt|lrf|lrv|thm|json)$/.test(suffix)
      ? { as: 'beside', clip: `${folder}${stem}` }
      : null;
  },
};
