/** Premiere through UXP meets what every way into Premiere must, at every version it runs on. */
import type { UxpMisbehaviour } from '../../bridge/hosts/standin-uxp.ts';
import { acceptance } from './acceptance.ts';
import { uxpStage, VERSIONS } from './uxp-stage.ts';

for (const [nth, version] of VERSIONS.entries())
  acceptance<UxpMisbehaviour>({
    name: `Premiere ${version} through UXP`,
    open: ({ saved, ...options }) => {
      const opened = uxpStage({ ...options, version, seed: nth + 7, ...(saved ? { state: saved } : {}) });
      return { editor: opened.editor, saved: opened.state };
    },
    survives: {
      'imports appear late': { lateImport: 2 },
      'names are in another language': { localised: true },
      'the active sequence is of the project before': { staleActiveSequence: true },
    },
  });
