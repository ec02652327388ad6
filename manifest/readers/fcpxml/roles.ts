/** Roles and channels of a clip's sound. Baton's own files name the sound track in the subrole: `dialogue.A2`. */
import type { XmlElement } from '../../xml/read.ts';
import type { Tally } from './tally.ts';

/** One part of a clip's sound that is an event of its own. */
export interface Component {
  role: string | null;
  slot: number | null;
  /** From 1; null where it says none. */
  channels: number[] | null;
  active: boolean;
}

/** The track in `dialogue.A2`; null for any other role. */
function slotOf(role: string | null): number | null {
  const match = /\.A([1-9]\d{0,2})$/.exec(role ?? '');
  return match ? Number(match[1]) : null;
}

/** A main role stands for its first subrole: `dialogue` is `dialogue.dialogue-1`. */
export function roleOf(role: string): string {
  return role.includes('.') ? role : `${role}.${role}-1`;
}

/**
 * Parts of the element's sound: one for each track its roles name, otherwise all of it together. A part counts as switched off
 * where all its channels are.
 */
export function components(element: XmlElement, tally: Tally): Component[] {
  const { attributes } = element;
  const role = attributes['audioRole'] ?? attributes['role'] ?? null;
  const sources = element.children.filter((each) => each.name === 'audio-channel-source');
  const channels = channelsOf(attributes['srcCh'], element.line, tally);
  if (!sources.length) return [{ role, slot: slotOf(role), channels, active: true }];
  const parts = new Map<number | null, Component>();
  for (const { attributes: own, line } of sources) {
    const part = own['role'] ?? role;
    const slot = slotOf(part);
    const active = own['active'] !== '0' && own['enabled'] !== '0';
    const known = parts.get(slot);
    const heard = channelsOf(own['srcCh'], line, tally) ?? [];
    if (!known) parts.set(slot, { role: part, slot, channels: heard, active });
    // What is switched off of a part that is on is simply not among its channels.
    else if (active && !known.active) parts.set(slot, { role: part, slot, channels: heard, active });
    else if (active === known.active) known.channels = [...new Set([...(known.channels ?? []), ...heard])];
  }
  return [...parts.values()].map((part) => ({
    ...part,
    channels: part.channels?.length ? [...part.channels].sort((a, b) => a - b) : null,
  }));
}

function channelsOf(text: string | undefined, line: number, tally: Tally): number[] | null {
  if (text === undefined) return null;
  const channels = text.split(',').map((each) => Number(each.trim()));
  if (channels.length <= 256 && channels.every((each) => Number.isInteger(each) && each > 0 && each < 1000))
    return [...new Set(channels)].sort((a, b) => a - b);
  tally.say('fcpxml-channels', line, `srcCh "${text.slice(0, 60)}" is no list of channels`);
  return null;
}
