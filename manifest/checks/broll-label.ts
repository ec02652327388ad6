/** B-roll that does not say what it shows. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName } from '../documents/paths.ts';
import { fieldsOf } from '../patterns/clip.ts';
import { folderOf } from '../patterns/companions.ts';
import { DEFAULT_NAMING } from '../patterns/defaults.ts';
import type { Check } from './check.ts';

export const brollLabel: Check = {
  id: 'broll-label',
  title: 'B-roll says where it is and how it is framed',
  why: 'Nobody asks for clip 47; they ask for the harbour, wide, at dusk, and somebody has to look through all of it.',
  needs: [],
  run(handoff) {
    const noted = new Set(handoff.log.entries.flatMap(({ notes, clips }) => (notes.length > 0 ? clips : [])));
    const groups = new Map<string, { clips: Clip[]; lacks: string }>();
    for (const clip of handoff.clips) {
      if (!clip.broll || clip.kind !== 'picture' || clip.pick === 'rejected' || noted.has(clip.id)) continue;
      const lacks = lacking(clip, handoff);
      if (lacks === '') continue;
      const key = [clip.root, folderOf(clip.path), lacks].join('\n');
      const group = groups.get(key);
      if (group) group.clips.push(clip);
      else groups.set(key, { clips: [clip], lacks });
    }
    return [...groups.values()].map(({ clips, lacks }) => issueOf(clips, lacks));
  },
};

/** The place is what it is sorted by; a name that has it may do without the rest, and is asked for the size only. */
function lacking(clip: Clip, handoff: Handoff): string {
  const known = fieldsOf(clip, handoff.production.title, DEFAULT_NAMING);
  const not = (['place', 'size', 'time'] as const).filter((field) => !known.has(field));
  if (!not.includes('place') && !not.includes('size')) return '';
  const words = { place: 'place', size: 'shot size', time: 'time of day' };
  return not.map((field) => words[field]).join(', ');
}

function issueOf(clips: Clip[], lacks: string): Issue {
  const [first] = clips;
  const folder = folderOf(first!.path);
  const who =
    clips.length === 1
      ? `${first!.path} is B-roll and does not say its`
      : `${clips.length} B-roll clips in ${folder || 'the top folder'} (${fileName(first!.path)} and on) do not say their`;
  return {
    code: 'broll-unlabelled',
    severity: lacks.includes('place') ? 'warning' : 'note',
    at: folder || '.',
    clips: clips.map(({ path }) => path),
    message: `${who} ${lacks}.`,
    fix: 'name it BROLL_EXT_HARBOUR_DUSK_WS_01, or log what it shows by file name',
  };
}
