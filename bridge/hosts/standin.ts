/**
 * A Premiere in memory instead of an editor: the same code that runs inside Premiere, against a project that behaves as
 * the real one was seen to. For trying Baton without an editor, for `baton apply --host standin`, and for the tests. Node only.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { StandinPremiere } from '../../host/standin/premiere/premiere.ts';
import type { Misbehaviour } from '../../host/standin/premiere/model.ts';
import { emptyState, type MediaFacts, type StandinState } from '../../host/standin/premiere/state.ts';
import type { Editor } from '../contract.ts';
import { premiereEditor, type PremiereOptions } from '../premiere/editor.ts';

export type { Misbehaviour } from '../../host/standin/premiere/model.ts';
export type { MediaFacts, StandinState } from '../../host/standin/premiere/state.ts';

export interface OpenStandinOptions {
  /** Path of the built premiere.jsx. */
  bundle: string;
  /** A saved state (`kind: "standin-premiere"`); a new project where absent. */
  state?: unknown;
  /** What the disk says of a file; null = it is not there, or is not media. */
  media(path: string): MediaFacts | null;
  misbehaviour?: Misbehaviour;
  /** How Premiere is called: deadlines, sizes. */
  wire?: Partial<PremiereOptions>;
}

export interface OpenStandin {
  editor: Editor;
  /** A copy of what it holds now, ready for JSON. */
  state(): StandinState;
  /** The machine behind it: raw evalScript, counters, the dialog. */
  premiere: StandinPremiere;
}

/** Throws an Error that says what to do: for a bundle that is not built, and for a state that is none. */
export function openStandin(options: OpenStandinOptions): OpenStandin {
  if (!existsSync(options.bundle))
    throw new Error(`${options.bundle} is not there; build it first: npm run build`);
  const premiere = new StandinPremiere({
    // Two projects are never one: a receipt of the first says nothing about the second.
    state: options.state ?? emptyState({ documentID: randomUUID() }),
    media: options.media,
    ...(options.misbehaviour ? { misbehaviour: options.misbehaviour } : {}),
  });
  premiere.load(readFileSync(options.bundle, 'utf8'));
  const editor = premiereEditor(
    {
      evalScript: (code) => premiere.evalScript(code),
      listen: (type, heard) => premiere.listen(type, heard),
    },
    { adapter: 'stand-in', ...options.wire },
  );
  return { editor, state: () => premiere.state(), premiere };
}
