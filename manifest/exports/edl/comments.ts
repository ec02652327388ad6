/** The notes under an event: the names of its media, and in comments what no column holds. */
import { ascii } from './ascii.ts';
import type { Layout, Profile } from './profile.ts';
import type { ReelName } from './reels.ts';
import { eventPlace } from '../../cutlist.ts';
import type { CutEvent, CutList } from '../../documents/cutlist.ts';
import type { Loss } from '../../documents/issue.ts';

/** What the lines of one export share. */
export interface Writing {
  list: CutList;
  profile: Profile;
  layout: Layout;
  reels: Map<string, ReelName>;
  lose(loss: Loss): void;
}

/** What the channel column says, and the line for the sound tracks it has no letters for. */
export interface Column {
  type: 'video' | 'audio';
  channel: string;
  aud?: string;
  /** Sound tracks on which the event plays, and which source channels there, where that was said. */
  patches: { track: number; channels: readonly number[] | undefined }[];
}

const KINDS: Record<CutEvent['kind'], string> = {
  clip: 'clip',
  title: 'title',
  nested: 'nested sequence',
  adjustment: 'adjustment layer',
  multicam: 'multicam clip',
  unknown: 'item of unknown kind',
};

/** The name that the list knows an event's media by. */
export function mediaName({ source, name }: CutEvent): string {
  return source?.name || name;
}

export function fullReel({ source }: CutEvent): string[] {
  return source?.reel === undefined ? [] : [source.reel];
}

/** `own` is the source range that the columns do not hold. */
export function notesOf(
  event: CutEvent,
  own: string | undefined,
  column: Column,
  which: 'FROM' | 'TO',
  writing: Writing,
): string[] {
  const { profile } = writing;
  const name = mediaName(event);
  const written = plainName(name, 'clip', event, writing);
  const notes = [`* ${which} CLIP NAME: ${written}`];
  // Under a transition this line is the outgoing clip's, as Avid has it.
  if (profile.sourceFile && which === 'FROM' && event.source)
    notes.push(`* SOURCE FILE: ${ascii(event.source.reel ?? name)}`);
  if (event.name !== name) notes.push(`* EVENT NAME: ${plainName(event.name, 'event', event, writing)}`);
  if (own !== undefined) notes.push(`* SOURCE TC AT ${own}`);
  if (event.source === null) notes.push('* NO SOURCE');
  if (event.kind !== 'clip') {
    const reel = writing.reels.get(event.source?.reel ?? '')?.short ?? 'AX';
    said(event, event.kind, `an EDL has no ${KINDS[event.kind]}; its place is held by reel ${reel}`, writing);
    notes.push(`* ${KINDS[event.kind].toUpperCase()}`);
  }
  if (!event.enabled) {
    said(event, 'disabled', 'an EDL cannot say that a clip is switched off; a comment does', writing);
    notes.push('* CLIP IS DISABLED');
  }
  if (column.type === 'audio') notes.push(...patchLines(event, column, writing));
  if (event.markers?.length) {
    const { length } = event.markers;
    writing.lose({
      what: 'marker',
      where: eventPlace(writing.list, event),
      count: length,
      message: `${event.name}: an EDL holds no markers of a clip`,
    });
  }
  return notes;
}

function plainName(name: string, what: string, event: CutEvent, writing: Writing): string {
  const written = ascii(name);
  if (written !== name)
    said(event, 'name', `its ${what} name is written "${written}"; the list is ASCII`, writing);
  return written;
}

/** Which source channel goes to which track, where that is not the same number; Avid writes and reads these lines. */
function patchLines(event: CutEvent, { patches }: Column, writing: Writing): string[] {
  const lines: string[] = [];
  for (const { track, channels } of patches) {
    if (!channels?.length) continue;
    const reel = writing.reels.get(event.source?.reel ?? '')?.short ?? 'AX';
    for (const channel of channels) lines.push(`* PATCH ${reel}:  FROM SOURCE ${channel} TO RECORD ${track}`);
    if (channels.length > 1 || channels[0] !== track)
      said(
        event,
        'channels',
        `it plays source channel ${channels.join(', ')} on A${track}, which only a comment says`,
        writing,
      );
  }
  return lines;
}

function said(event: CutEvent, what: string, message: string, { list, lose }: Writing): void {
  lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
}
