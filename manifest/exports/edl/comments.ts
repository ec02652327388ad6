/** The notes under an event: the names of its media, and in comments what no column holds. */
import { ascii } from './ascii.ts';
import type { Layout, Profile } from './profile.ts';
import { NO_REEL, type ReelName } from './reels.ts';
import { cdlLines } from '../../cdl.ts';
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

/** Adds the notes to `lines`. `own` is the source range that the columns do not hold. */
export function notesOf(
  event: CutEvent,
  own: string | undefined,
  column: Column,
  which: 'FROM' | 'TO',
  writing: Writing,
  lines: string[],
): void {
  const { source } = event;
  const name = mediaName(event);
  lines.push(`* ${which} CLIP NAME: ${plainName(name, 'clip', event, writing)}`);
  // Under a transition this line is the outgoing clip's, as Avid has it.
  if (writing.profile.sourceFile && which === 'FROM' && source)
    lines.push(`* SOURCE FILE: ${ascii(source.reel ?? name)}`);
  if (event.name !== name) lines.push(`* EVENT NAME: ${plainName(event.name, 'event', event, writing)}`);
  if (own !== undefined) lines.push(`* SOURCE TC AT ${own}`);
  if (source === null) lines.push('* NO SOURCE');
  if (event.kind !== 'clip') {
    const message = `an EDL has no ${KINDS[event.kind]}; its place is held by reel ${shortReel(event, writing)}`;
    said(event, event.kind, message, writing);
    lines.push(`* ${KINDS[event.kind].toUpperCase()}`);
  }
  if (!event.enabled) {
    said(event, 'disabled', 'an EDL cannot say that a clip is switched off; a comment does', writing);
    lines.push('* CLIP IS DISABLED');
  }
  if (event.cdl) for (const line of cdlLines(event.cdl)) lines.push(`*${line}`);
  if (column.type === 'audio') patchLines(event, column, writing, lines);
  if (event.markers?.length) {
    const { length } = event.markers;
    const message = `${event.name}: an EDL holds no markers of a clip`;
    writing.lose({ what: 'marker', where: eventPlace(writing.list, event), count: length, message });
  }
}

function shortReel({ source }: CutEvent, { reels }: Writing): string {
  return reels.get(source?.reel ?? '')?.short ?? NO_REEL;
}

function plainName(name: string, what: string, event: CutEvent, writing: Writing): string {
  const written = ascii(name);
  if (written !== name)
    said(event, 'name', `its ${what} name is written "${written}"; the list is ASCII`, writing);
  return written;
}

/** Which source channel goes to which track, where that is not the same number; Avid writes and reads these lines. */
function patchLines(event: CutEvent, { patches }: Column, writing: Writing, lines: string[]): void {
  for (const { track, channels } of patches) {
    if (!channels?.length) continue;
    const reel = shortReel(event, writing);
    for (const channel of channels) lines.push(`* PATCH ${reel}:  FROM SOURCE ${channel} TO RECORD ${track}`);
    if (channels.length > 1 || channels[0] !== track) {
      const message = `it plays source channel ${channels.join(', ')} on A${track}, which only a comment says`;
      said(event, 'channels', message, writing);
    }
  }
}

function said(event: CutEvent, what: string, message: string, { list, lose }: Writing): void {
  lose({ what, where: eventPlace(list, event), count: 1, message: `${event.name}: ${message}` });
}
