/**
 * A Premiere in memory behind its UXP door: the very code that runs in Premiere's UXP, against the project that the other stand-in
 * keeps too. A state saved by one is opened by the other. Node only.
 */
import { randomUUID } from 'node:crypto';
import { StandinUxp, type UxpMisbehaviour } from '../../host/standin/uxp/premiere.ts';
import { emptyState, type MediaFacts, type StandinState } from '../../host/standin/premiere/state.ts';
import { uxpPremiere, type Host } from '../../host/uxp/main.ts';
import type { Editor } from '../contract.ts';
import { uxpEditor, type Patience } from '../uxp/editor.ts';

export type { UxpMisbehaviour } from '../../host/standin/uxp/premiere.ts';

export interface OpenStandinUxpOptions {
  /** A saved state (`kind: "standin-premiere"`); a new project where absent. */
  state?: unknown;
  /** The version it plays, over the state's own: 25.6, 26.2, 26.3 or 26.5. */
  version?: string;
  /** What the disk says of a file; null = it is not there, or is not media. */
  media(path: string): MediaFacts | null;
  misbehaviour?: UxpMisbehaviour;
  /** Disorder of the actions in a transaction. */
  seed?: number;
  /** Writing calls it lives through. */
  lives?: number;
  /** How long Premiere is waited for. */
  patience?: Patience;
}

export interface OpenStandinUxp {
  editor: Editor;
  /** A copy of what it holds now, ready for JSON. */
  state(): StandinState;
  /** The machine behind it: its module, counters, undo history, the dialog. */
  premiere: StandinUxp;
}

export function openStandinUxp(options: OpenStandinUxpOptions): OpenStandinUxp {
  const { version, state, patience, ...rest } = options;
  const first = (state ?? emptyState({ documentID: randomUUID() })) as StandinState;
  const premiere = new StandinUxp({
    ...rest,
    state: version === undefined ? first : { ...first, appVersion: `${version}.0` },
  });
  const host: Host = {
    ppro: premiere.module as unknown as Host['ppro'],
    disk: { exists: (path) => Promise.resolve(premiere.exists(path)) },
    version: version === undefined ? first.appVersion : `${version}.0`,
  };
  return {
    editor: uxpEditor(uxpPremiere(host), 'stand-in', patience),
    state: () => premiere.state(),
    premiere,
  };
}
