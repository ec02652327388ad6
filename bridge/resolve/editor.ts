/** DaVinci Resolve as an editor, over the door to its object model: every write read back, one thing at a time. */
import { HostError } from '../call.ts';
import type { Editor, EditorAbout, SoundLinked, SoundPair } from '../contract.ts';
import { asker, type Ask, type AskOptions } from './ask.ts';
import type { Door } from './door.ts';
import { exportTimeline } from './export.ts';
import { prepareRate } from './prepare.ts';
import { readProject } from './project.ts';
import { readTimeline, sequenceNames } from './sequence.ts';
import { openProject, session } from './session.ts';
import { show } from './show.ts';
import { applySteps, readBackSteps } from './steps.ts';
import { canSync, syncSound } from './sync.ts';
import { watching } from './watch.ts';
import { IMPORTABLE } from './words.ts';

export interface ResolveEditor extends Editor {
  syncSound(pairs: SoundPair[]): Promise<SoundLinked[]>;
}

export interface ResolveOptions extends AskOptions {
  /** `workflow-integration` or `stand-in`. */
  adapter: string;
}
const defaults: ResolveOptions = { adapter: 'workflow-integration', callMs: 60_000, longMs: 600_000 };

/** The first version with metadata of our own on a clip, without which Baton would not know its clips again. */
const FLOOR = [19, 0, 2];

export function resolveEditor(door: Door, options: Partial<ResolveOptions> = {}): ResolveEditor {
  const chosen = { ...defaults, ...options };
  const ask = asker(door, chosen);
  const open = session(ask);
  let busy = 0;
  /** Whole operations follow one another: two at once would share the current bin. */
  let last: Promise<unknown> = Promise.resolve();
  const alone = <Value>(work: (version: string) => Promise<Value>): Promise<Value> => {
    busy++;
    const run = async () => work(await versionOf(ask));
    const next = last.then(run, run).finally(() => busy--);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    about: () =>
      alone(async (version) => {
        const told = await about(ask, version, chosen.adapter);
        open.meant = told.project.id;
        return told;
      }),
    prepare: ({ rate }) => alone(async () => ({ refused: rate ? await prepareRate(ask, rate) : null })),
    snapshot: () =>
      alone(async (version) => {
        const read = await readProject(ask, open, version);
        open.meant = read.project.id;
        return read;
      }),
    apply: (steps) => alone(() => applySteps(ask, open, steps)),
    readBack: (steps) => alone(() => readBackSteps(ask, open, steps)),
    sequences: () => alone(() => sequenceNames(ask)),
    sequence: (id) => alone((version) => readTimeline(ask, id ?? null, version)),
    exportInterchange: (sequence, path) => alone(() => exportTimeline(ask, sequence, path)),
    show: (asked) => alone(() => show(ask, open, asked)),
    watch: watching(ask, () => busy > 0),
    syncSound: (pairs) => alone(() => syncSound(ask, open, pairs)),
  };
}

/** Throws HostError where this Resolve is too old for the panel, and says what does work there. */
async function versionOf(ask: Ask): Promise<string> {
  const version = await ask.text(null, 'GetVersionString');
  if (version === '')
    throw new HostError('not-open', 'GetVersionString', 'Resolve does not answer. Is it still starting?');
  const parts = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const at = FLOOR.findIndex((least, place) => (parts[place] ?? 0) !== least);
  if (at >= 0 && (parts[at] ?? 0) < FLOOR[at]!)
    throw new HostError(
      'refused',
      'about',
      `This is Resolve ${version}; the panel needs 19.0.2 or later. The script Baton Apply in Workspace > Scripts works from 18.5 on.`,
    );
  return version;
}

async function about(ask: Ask, version: string, adapter: string): Promise<EditorAbout> {
  const { handle, id, name } = await openProject(ask);
  const product = await ask.text(null, 'GetProductName');
  return {
    editor: 'resolve',
    editorVersion: `${version} ${/studio/i.test(product) ? 'Studio' : 'Free'}`,
    adapter,
    project: { id, name },
    importable: IMPORTABLE,
    soundLast: true,
    ...((await canSync(ask, handle)) ? { syncsSound: true as const } : {}),
    lacks: [
      {
        what: 'undo',
        message:
          "Resolve's undo does not reliably take back what a script did; Baton's receipt does: take the import back in the panel.",
      },
      {
        what: 'metadata',
        message:
          'Resolve lets no script write Good Take: a good take has the keyword Good Take and a green flag.',
      },
      {
        what: 'markers',
        message:
          'Resolve holds one marker a frame: notes on one frame share a marker, and orange and white become Sand and Cream.',
      },
    ],
  };
}
