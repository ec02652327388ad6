/** Links between the items of a sequence: every member of a group names all of them, itself included, as Premiere does. */
import type { Loss } from '../../documents/issue.ts';
import { isCrossing, type Placed, type PlacedTrack } from './place.ts';

interface Member {
  id: string;
  type: 'video' | 'audio';
  track: number;
  /** Place among all items of its track, transitions included. */
  place: number;
}

/** Beyond it a group is no take but a mistake, and its file would grow with the square of it. */
const MOST_MEMBERS = 64;

export interface Numbered {
  /** Ids by item, `clipitem-1` and up in the order of the file. */
  id(item: Placed): string;
  /** The item's link elements; '' where it is linked to nothing. */
  links(item: Placed): string;
}

/** `next` gives the number of the next item: one count for all sequences of a file. */
export function numbered(tracks: PlacedTrack[], next: () => number, lose: (loss: Loss) => void): Numbered {
  const ids = new Map<Placed, string>();
  const groups = new Map<number, Member[]>();
  for (const { track, items } of tracks)
    items.forEach((item, at) => {
      if (isCrossing(item)) return;
      const id = `clipitem-${next()}`;
      ids.set(item, id);
      const { link } = item.event;
      if (link === undefined) return;
      const member: Member = { id, type: track.type, track: track.index, place: at + 1 };
      const group = groups.get(link);
      if (group) group.push(member);
      else groups.set(link, [member]);
    });
  const written = new Map<number, string>();
  for (const [link, members] of groups)
    if (members.length > MOST_MEMBERS)
      lose({
        what: 'link',
        where: members[0]!.id,
        count: members.length,
        message: `${members.length} items are linked with each other; groups of more than ${MOST_MEMBERS} are written unlinked`,
      });
    else if (members.length > 1) written.set(link, members.map(linkXml).join(''));
  return {
    id: (item) => ids.get(item)!,
    links: ({ event: { link } }) => (link === undefined ? '' : (written.get(link) ?? '')),
  };
}

export function linkXml({ id, type, track, place }: Member): string {
  const group = type === 'audio' ? '<groupindex>1</groupindex>' : '';
  return `<link><linkclipref>${id}</linkclipref><mediatype>${type}</mediatype><trackindex>${track}</trackindex><clipindex>${place}</clipindex>${group}</link>\n`;
}
