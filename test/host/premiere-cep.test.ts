/** Premiere through CEP meets what every way into Premiere must. */
import { stage } from '../bridge/premiere-stage.ts';
import type { Misbehaviour } from '../../bridge/hosts/standin.ts';
import { acceptance, type Acceptance } from './acceptance.ts';
import { law } from './law.ts';

const suite: Acceptance<Misbehaviour> = {
  name: 'Premiere through CEP',
  open: ({ saved, ...options }) => {
    const opened = stage({ ...options, ...(saved ? { state: saved } : {}) });
    return { editor: opened.editor, saved: opened.state };
  },
  survives: {
    'imports appear late': { lateImport: 2 },
    'names are in another language': { localised: true },
    'finding by path finds nothing': { findNothing: true },
    'nothing is undefined': { none: 'undefined' },
    'nothing is null': { none: 'null' },
    'nothing is 0': { none: 'zero' },
    'collections hold what a for-in trips over': { traps: true },
    'the active sequence is of the project before': { staleActiveSequence: true },
  },
};

acceptance(suite);
law(suite);
