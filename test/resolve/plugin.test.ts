/** Resolve's panel meets what every way into an editor must, in every version it opens in. */
import type { PluginOptions } from '../../host/standin/resolve/plugin.ts';
import type { StandinOptions } from '../../host/standin/resolve/standin.ts';
import { findClip, findFolder, moveClip } from '../../host/standin/resolve/edit.ts';
import type { ResolveState } from '../../host/standin/resolve/state.ts';
import { acceptance, type Hands } from '../host/acceptance.ts';
import { resolveStage } from './plugin-stage.ts';

interface Misbehaviour {
  version?: string;
  studio?: boolean;
  plugin?: PluginOptions;
  more?: Partial<StandinOptions>;
}

const hands: Hands<ResolveState> = {
  moveItem: moveClip,
  renameBin(state, bin, name) {
    findFolder(state, bin).name = name;
  },
  rewriteNote(state, file, holding, text) {
    const marker = Object.values(findClip(state, file).markers).find(({ note }) => note.includes(holding));
    if (!marker) throw new Error(`no marker of ${file} holds ${holding}`);
    marker.note = text;
  },
};

acceptance<Misbehaviour, ResolveState>({
  name: "Resolve's plugin",
  editor: 'Resolve',
  hands,
  open({ media, misbehaviour, saved }) {
    const opened = resolveStage({ media, ...misbehaviour, ...(saved ? { state: saved } : {}) });
    return { editor: opened.editor, saved: opened.state };
  },
  survives: {
    'version 19.0.2': { version: '19.0.2' },
    'version 19.1 Free': { version: '19.1', studio: false },
    'version 20.1': { version: '20.1' },
    'version 20.2': { version: '20.2' },
    'version 21.1 Free': { version: '21.1', studio: false },
    'every call takes its time': { plugin: { latency: 1 } },
    'a dictionary is refused whole': {
      more: { refuses: (full, args) => full === 'MediaPoolItem.SetMetadata' && typeof args[0] !== 'string' },
    },
  },
});
