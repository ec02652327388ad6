/** What a clip's metadata, keywords and ratings say about its take, under the keys Final Cut uses. */
import type { XmlElement } from '../../xml/read.ts';
import type { Tally } from './tally.ts';

export interface About {
  reel?: string;
  scene?: string;
  take?: string;
  camera?: string;
  tags?: string[];
}

/** What an element says that says nothing: most of a long timeline's do. */
const NOTHING: About = {};

/** `shot` is Final Cut's Take field; the camera's angle stands in for its name where that is missing. */
export function aboutOf(element: XmlElement, tally: Tally): About {
  let about: About = NOTHING;
  let angle: string | undefined;
  for (const child of element.children) {
    if (child.name !== 'metadata' && child.name !== 'keyword' && child.name !== 'rating') continue;
    if (about === NOTHING) about = {};
    if (child.name === 'metadata')
      for (const { name, attributes, line } of child.children) {
        if (name !== 'md') {
          tally.say('fcpxml-unknown-element', line, `<${name}> in metadata is not known`, name);
          continue;
        }
        const { key, value } = attributes;
        if (!value) continue;
        // A file has thousands of keys that say something else.
        if (!key?.startsWith('com.apple.proapps.')) continue;
        switch (key.slice('com.apple.proapps.'.length)) {
          case 'studio.reel':
            about.reel = value;
            break;
          case 'studio.scene':
            about.scene = value;
            break;
          case 'studio.shot':
            about.take = value;
            break;
          case 'studio.angle':
            angle = value;
            break;
          case 'mio.cameraName':
            about.camera = value;
        }
      }
    else if (child.name === 'keyword') tag(about, (child.attributes['value'] ?? '').split(','));
    else if (child.name === 'rating') tag(about, [child.attributes['value'] ?? '']);
  }
  if (about.camera === undefined && angle !== undefined) about.camera = angle;
  return about;
}

function tag(about: About, words: string[]): void {
  const trimmed = words.map((word) => word.trim()).filter((word) => word !== '');
  if (trimmed.length) about.tags = [...new Set([...(about.tags ?? []), ...trimmed])];
}

/** The nearer word counts, item by item; tags add up. */
export function merged(near: About, far: About | null): About {
  if (!far || far === NOTHING) return near;
  if (near === NOTHING) return far;
  const both = { ...far, ...near };
  if (far.tags && near.tags) both.tags = [...new Set([...far.tags, ...near.tags])];
  return both;
}
