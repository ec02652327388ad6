/** What an editor's entry in the list of hosts looks like. One file per editor in this folder; the list is index.ts. */
import type { Editor } from '../contract.ts';

export interface Host {
  /** Stable word: `premiere-cep`. */
  id: string;
  label: string;
  /** Whether the panel runs inside this editor; cheap, never throws. */
  isHere(): boolean;
  /** Throws HostError where the editor does not answer. */
  connect(): Promise<Editor>;
}
