/** Which parts of a story element are read, which a cut list has no place for, and which say nothing about the cut. */
import type { XmlElement } from '../../xml/read.ts';
import type { Tally } from './tally.ts';

const ITEMS = new Set([
  'asset-clip',
  'clip',
  'video',
  'audio',
  'title',
  'live-drawing',
  'ref-clip',
  'sync-clip',
  'mc-clip',
  'audition',
  'gap',
  'spine',
]);

const READ = new Set([
  'marker',
  'chapter-marker',
  'keyword',
  'rating',
  'metadata',
  'conform-rate',
  'timeMap',
  'audio-channel-source',
  'sync-source',
  'mc-source',
]);

/** What changes the look or sound of a clip, or says something about it, and has no place in a cut list. */
const LOST =
  /^(adjust-.*|filter-.*|note|text|text-style-def|param|caption|object-tracker|analysis-marker|hidden-clip-marker|audio-source|audio-aux-source|audio-role-source|reserved|data)$/;

/** Clips, gaps and storylines: what lies on the record. */
export function isItem(element: XmlElement): boolean {
  return ITEMS.has(element.name);
}

/** Says what of `child` is not read; nothing where it is read elsewhere. */
export function sayLost(child: XmlElement, parent: string, tally: Tally): void {
  const { name, line, attributes } = child;
  if (READ.has(name)) return;
  // It lists what is heard; only what it mutes is missing afterwards.
  if (name === 'audio-role-source' && attributes['active'] !== '0' && attributes['enabled'] !== '0') return;
  if (LOST.test(name)) tally.say('fcpxml-not-kept', line, `<${name}>: a cut list has no place for it`, name);
  else
    tally.say(
      'fcpxml-unknown-element',
      line,
      `<${name}> in <${parent}> is not known and not read`,
      name.slice(0, 60),
    );
}
