/** What a command of the panel looks like to the rest of it. One file per command in this folder; the list is index.ts. */
import type { Editor } from '../../bridge/contract.ts';
import type { Desk, ListeningDesk, RenamingDesk, ScanningDesk, VerifyingDesk } from '../../bridge/desk.ts';
import type { Chosen } from '../desk/cep.ts';
import type { Heavy } from '../heavy/thread.ts';
import type { PanelState, Store } from '../state.ts';

/** What a command works with. */
export interface Bench {
  store: Store;
  desk: Desk;
  /** Null where no editor is there, or none was reached. */
  editor: Editor | null;
  /** Tries to reach it again; throws HostError. Absent where there is none to reach. */
  connectEditor?: () => Promise<Editor | null>;
  now(): Date;
  /** Ends what a command that can be cancelled is doing. */
  stop(): void;
  /** Puts text on the clipboard. */
  copy(text: string): Promise<void>;
  /** Asks for a manifest or a folder of media with the system's own dialog; null where the person cancelled. Absent where this face has none. */
  choose?: (what: Chosen) => Promise<string | null>;
  /** Lets the desk into the manifest at this path, which a person chose by dragging it here. Absent where nobody says where a dropped file lies. */
  admit?: (path: string) => void;
  /** Makes and refreshes manifests; absent where this face cannot. */
  scanning?: ScanningDesk;
  /** Sync by ear; absent where this face cannot. */
  listening?: ListeningDesk;
  /** Other names for files on the disk; absent where this face cannot. */
  naming?: RenamingDesk;
  /** Proving files by hash; absent where this face cannot. */
  verifying?: VerifyingDesk;
  /** Where clips are checked and planned and cuts compared. */
  heavy: Heavy;
}

export interface Command {
  /** Stable. */
  id: string;
  label: string;
  /** In words, while it runs: `Reading`. Absent for what is done at once, which may then run while another does. */
  doing?: string;
  /** What to say where Cancel ended it before it changed anything. Absent for what only reads. */
  stopped?: string;
  /** Null where it can run now; else why not, in words for its button. */
  when(state: PanelState): string | null;
  /** Throws HostError; run.ts shows it. */
  run(bench: Bench, signal: AbortSignal): Promise<void>;
}
