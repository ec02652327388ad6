/** A stage for the tests of Resolve's panel: the stand-in behind the plugin's adapter, with the same media as Premiere's tests. */
import {
  openStandinResolve,
  type OpenStandinResolve,
  type ResolveState,
} from '../../bridge/hosts/standin-resolve.ts';
import { cutTimeline, type ResolveCut } from '../../host/standin/resolve/edit.ts';
import type { PluginOptions } from '../../host/standin/resolve/plugin.ts';
import type { MediaFacts, StandinOptions } from '../../host/standin/resolve/standin.ts';
import type { MediaFacts as PremiereFacts } from '../../host/standin/premiere/state.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { importTo, MEDIA } from '../bridge/premiere-stage.ts';

const TICKS = 254_016_000_000;

/** The same facts in Resolve's terms: a float rate, frames for picture, seconds for sound. */
export function asResolve(facts: PremiereFacts & { drop?: boolean }): MediaFacts {
  const [start, length] = [Number(facts.startTicks ?? 0), Number(facts.durationTicks)];
  if (facts.ticksPerFrame === null)
    return { type: 'Audio', seconds: length / TICKS, startSeconds: start / TICKS };
  const per = Number(facts.ticksPerFrame);
  return {
    type: 'Video + Audio',
    fps: Math.round((TICKS / per) * 1000) / 1000,
    frames: Math.round(length / per),
    start: Math.round(start / per),
    ...(facts.drop ? { drop: true } : {}),
  };
}

export interface ResolveStage {
  media?: Record<string, PremiereFacts>;
  state?: ResolveState;
  version?: string;
  studio?: boolean;
  more?: Partial<StandinOptions>;
  plugin?: PluginOptions;
  callMs?: number;
}

export function resolveStage({ media = MEDIA, callMs, ...options }: ResolveStage = {}): OpenStandinResolve {
  return openStandinResolve({
    ...options,
    media: (path) => (Object.hasOwn(media, path) ? asResolve(media[path]!) : null),
    ...(callMs === undefined ? {} : { wire: { callMs } }),
  });
}

const CUT_FROM = [
  '/Shoot/A001.mov',
  '/Shoot/A002.mov',
  '/Shoot/A003.mov',
  '/Shoot/HFR.mov',
  '/Shoot/S001.wav',
];

/** A project at 23.976 with the test media, and one timeline, `Cut`. */
export async function cutOfTestMedia(
  cuts: ResolveCut[],
  options: ResolveStage = {},
): Promise<OpenStandinResolve> {
  const first = resolveStage(options);
  await first.editor.prepare!({ rate: RATES['23.976'] });
  await first.editor.apply(CUT_FROM.map((file) => importTo(file)));
  const state = first.state();
  cutTimeline(state, 'Cut', cuts);
  return resolveStage({ ...options, state });
}
