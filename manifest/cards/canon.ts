/**
 * Canon XF cards: CONTENTS/CLIPS001/NZ0001/ holds NZ0001.CIF, .XML, .CPF, .THM and NZ000101.MXF, NZ000102.MXF …, the streams of one
 * recording, each with its .SIF. Later XF-AVC cards name the files like the folder. DCIM clips have a THM of their name.
 */
import { above, type Card, type Claim, type FilePlace } from './card.ts';

const ESSENCE = new Set(['mxf', 'mp4', 'crm', 'mov']);

export const canon: Card = {
  id: 'canon',
  label: 'Canon XF, XF-AVC and Cinema RAW',
  parts: 'whole',
  claim(file) {
    return inContents(file) ?? proxy(file);
  },
};

function inContents(file: FilePlace): Claim | null {
  const card = above(file, 'contents');
  if (!card || !/^clips\d{3}$/.test(card.below[0] ?? '')) return null;
  const own = file.folders[file.folders.length - 1]!;
  if (card.below.length < 2) return { as: 'card' };
  const clip = `${file.folder}${own}`;
  if (!file.stem.toLowerCase().startsWith(own.toLowerCase())) return proxy(file) ?? null;
  const stream = /^\d\d$/.exec(file.stem.slice(own.length))?.[0];
  if (ESSENCE.has(file.suffix)) {
    if (stream) return { as: 'part', clip, number: Number(stream) };
    return proxy(file) ?? { as: 'part', clip, number: 1 };
  }
  return { as: 'beside', clip, orCard: true };
}

/** …_CANON_Proxy.MP4 beside …_CANON.MXF or .CRM. */
function proxy({ folder, stem, suffix }: FilePlace): Claim | null {
  const clip = /^(?<clip>.+)_Proxy$/i.exec(stem)?.groups?.['clip'];
  return clip !== undefined && /^(mp4|mxf|mov)$/.test(suffix)
    ? { as: 'beside', clip: `${folder}${clip}` }
    : null;
}
