/** Baton inside Premiere's UXP: the same methods as `$.baton` in ExtendScript, in the same terms, as promises. */
import type { Uxp } from '../../bridge/uxp/methods.ts';
import type { Host } from './natives.ts';
import { about, readProject } from './project.ts';
import { exportable, exportSequence, readSequence, sequences } from './sequence.ts';
import { show, watch } from './show.ts';
import { readUsage } from './usage.ts';
import { apply, readBack } from './write.ts';

export type { Host };

export function uxpPremiere(host: Host): Uxp {
  return {
    methods: {
      about: () => about(host),
      readProject: () => readProject(host),
      readUsage: () => readUsage(host),
      apply: (request) => apply(host, request),
      readBack: (request) => readBack(host, request),
      sequences: () => sequences(host),
      readSequence: (request) => readSequence(host, request),
      exportSequence: (request) => exportSequence(host, request),
      show: (request) => show(host, request),
    },
    exportable: exportable(host),
    watch: (changed) => watch(host, changed),
  };
}
