/** A stage for the tests of Premiere's UXP: the stand-in over media that exists only as facts. */
import {
  openStandinUxp,
  type OpenStandinUxp,
  type OpenStandinUxpOptions,
} from '../../bridge/hosts/standin-uxp.ts';
import { cutSequence, type SequenceCut } from '../../host/standin/premiere/edit.ts';
import type { MediaFacts } from '../../host/standin/premiere/state.ts';
import { importTo, MEDIA, SIZE } from '../bridge/premiere-stage.ts';

export interface UxpStageOptions extends Partial<Omit<OpenStandinUxpOptions, 'media'>> {
  media?: Record<string, MediaFacts>;
}

export const VERSIONS = ['25.6', '26.2', '26.3', '26.5'];

export function uxpStage(options: UxpStageOptions = {}): OpenStandinUxp {
  const media = { ...MEDIA, ...options.media };
  return openStandinUxp({
    version: '26.5',
    ...options,
    media: (path) => (Object.hasOwn(media, path) ? media[path]! : null),
  });
}

/** A project that holds every medium and one sequence made of them. */
export async function uxpCutStage(
  cut: Omit<SequenceCut, 'name' | 'size'>,
  options: UxpStageOptions = {},
): Promise<OpenStandinUxp & { id: string }> {
  const open = uxpStage({ media: options.media ?? {} });
  await open.editor.apply(Object.keys({ ...MEDIA, ...options.media }).map((file) => importTo(file)));
  const state = open.state();
  const sequence = cutSequence(state, { name: 'Cut 1', size: SIZE, ...cut });
  return { ...uxpStage({ ...options, state }), id: sequence.id };
}
