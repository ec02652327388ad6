/** Tells the panel that something may have changed: Premiere's own events, passed on as CEP events. They come often, and late. */
import type { RawWatch } from '../../bridge/premiere/wire.ts';
import type { NativeApp } from './natives.ts';

/** What each of Premiere's events may mean for what Baton has read. */
const EVENTS = [
  ['onItemsAddedToProjectSuccess', 'items'],
  ['onProjectChanged', 'project'],
  ['onProjectEndDrop', 'items'],
  ['onActiveSequenceChanged', 'sequence'],
  ['onSequenceActivated', 'sequence'],
  ['onActiveSequenceStructureChanged', 'sequence'],
  ['onActiveSequenceTrackItemAdded', 'sequence'],
  ['onActiveSequenceTrackItemRemoved', 'sequence'],
];

interface CsxsEvent {
  type: string;
  data: string;
  dispatch(): void;
}
declare const CSXSEvent: new () => CsxsEvent;

let plug: unknown = null;

function tell(type: string, what: string): void {
  try {
    const event = new CSXSEvent();
    event.type = type;
    event.data = what;
    event.dispatch();
  } catch {
    // A panel that was closed hears nothing; Premiere must not trip over it.
  }
}

function teller(type: string, what: string): () => void {
  return () => tell(type, what);
}

export function watch(request: { type: string }): RawWatch {
  const bound: string[] = [];
  if (!plug) plug = new ExternalObject('lib:PlugPlugExternalObject');
  for (let i = 0; i < EVENTS.length; i++) {
    const [name, what] = EVENTS[i]!;
    try {
      if ((app as unknown as NativeApp).bind(name!, teller(request.type, what!))) bound.push(name!);
    } catch {
      // An event that this Premiere does not know; the others still tell.
    }
  }
  return { bound };
}
