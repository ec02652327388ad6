/**
 * A DaVinci Resolve in memory instead of an editor: the adapter of the Workflow Integration plugin against a project that behaves as
 * the real one was measured to. For trying a handoff the whole way, for `--host standin-resolve`, and for the tests. Node only.
 */
import { randomUUID } from 'node:crypto';
import { pluginDoor, type PluginOptions } from '../../host/standin/resolve/plugin.ts';
import { StandinResolve, type MediaFacts, type StandinOptions } from '../../host/standin/resolve/standin.ts';
import { emptyState, readState, type ResolveState } from '../../host/standin/resolve/state.ts';
import { resolveEditor, type ResolveEditor, type ResolveOptions } from '../resolve/editor.ts';

export type { MediaFacts } from '../../host/standin/resolve/standin.ts';
export type { ResolveState } from '../../host/standin/resolve/state.ts';

export interface OpenStandinResolveOptions {
  /** A saved state (`kind: "standin-resolve"`); a new project where absent. */
  state?: unknown;
  /** The version it plays where there is no state. 21.0 Studio where absent. */
  version?: string;
  studio?: boolean;
  /** What the disk says of a file; null = it is not there, or is not media. */
  media(path: string): MediaFacts | null;
  more?: Partial<StandinOptions>;
  plugin?: PluginOptions;
  wire?: Partial<ResolveOptions>;
}

export interface OpenStandinResolve {
  editor: ResolveEditor;
  /** A copy of what it holds now, ready for JSON. */
  state(): ResolveState;
  /** The machine behind it: its counters and its dialog. */
  resolve: StandinResolve;
}

/** Throws an Error that says why for a state that is none. */
export function openStandinResolve(options: OpenStandinResolveOptions): OpenStandinResolve {
  const state = options.state === undefined ? fresh(options) : readState(JSON.stringify(options.state));
  if (typeof state === 'string') throw new Error(state);
  const resolve = new StandinResolve({ ...options.more, media: options.media, state });
  const editor = resolveEditor(pluginDoor(resolve, options.plugin), { adapter: 'stand-in', ...options.wire });
  return { editor, state: () => JSON.parse(resolve.save()) as ResolveState, resolve };
}

/** Two projects are never one: a receipt of the first says nothing about the second. */
function fresh({ version = '21.0', studio = true }: OpenStandinResolveOptions): ResolveState {
  const state = emptyState(version, studio);
  state.project.id = randomUUID();
  return state;
}
