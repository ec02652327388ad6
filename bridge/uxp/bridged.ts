/** Desk and editor on the other side of a message bridge, and what answers there. */
import type { Rate } from '../../manifest/documents/rate.ts';
import type { Editor, EditorChange } from '../contract.ts';
import type { Desk, ListeningDesk, RenamingDesk, ScanningDesk, VerifyingDesk } from '../desk.ts';
import { loopbackEditor } from '../hosts/loopback.ts';
import {
  loopbackDesk,
  loopbackListening,
  loopbackRenaming,
  loopbackScanning,
  loopbackVerifying,
} from '../loopback.ts';
import {
  answering,
  greeted,
  type Answering,
  type Asking,
  type Endpoint,
  type Greeting,
  type Methods,
} from './bridge.ts';
import { LENT, type Lender, type ServiceHere } from './service.ts';

/** Throws HostError where nobody answers. */
export async function bridgedEditor(bridge: Asking): Promise<Editor> {
  await greeted(bridge);
  const { ask } = bridge;
  return {
    ...loopbackEditor(ask),
    show: (what) => ask('editor', 'show', [what]),
    watch: (changed) => bridge.on('changed', (what) => changed(what as EditorChange)),
  };
}

/** What a panel needs beside its editor. */
export interface BridgedDesk extends Partial<Lent> {
  desk: Desk;
  /** Absolute path of the manifest opened last; null = none yet. */
  manifest: string | null;
  /** Asks the person with the system's own dialog: for a folder where `what` is that word, else for a manifest; null where they cancelled. */
  choose(what?: string): Promise<string | null>;
}

/** What a `baton serve` on this machine does for the plugin, while there is one. */
interface Lent {
  scanning: ScanningDesk;
  listening: ListeningDesk;
  verifying: VerifyingDesk;
  naming: RenamingDesk;
  lending: Lending;
}

export interface Lending {
  /** As the panel opened. */
  now: ServiceHere | null;
  /** Calls for every change until the returned function is called. */
  watch(heard: (here: ServiceHere | null) => void): () => void;
}

export async function bridgedDesk(bridge: Asking): Promise<BridgedDesk> {
  const greeting = await greeted(bridge);
  const offered = new Set(greeting.desk);
  const { ask } = bridge;
  // A desk without Node lacks some; a face asks for those only where they are.
  const methods = Object.entries(loopbackDesk(ask)).filter(([name]) => offered.has(name));
  return {
    desk: Object.fromEntries(methods) as unknown as Desk,
    manifest: await ask<string | null>('service', 'manifest', []),
    choose: (what) => ask('service', 'choose', [what ?? null]),
    ...(greeting.lender === undefined ? {} : lentOver(bridge, greeting.lender)),
  };
}

function lentOver({ ask, on }: Asking, now: ServiceHere | null): Lent {
  return {
    scanning: loopbackScanning(ask),
    listening: loopbackListening(ask),
    verifying: loopbackVerifying(ask),
    naming: loopbackRenaming(ask),
    lending: { now, watch: (heard) => on('lender', (here) => heard(here as ServiceHere | null)) },
  };
}

export interface Offered {
  desk: Desk;
  editor: Editor;
  manifest(): Promise<string | null>;
  choose(what?: string | null): Promise<string | null>;
  /** Absent where UXP gives no way to one. */
  lender?: Lender;
}

/** The plugin's end. A page sends of a receipt only what is new: what it sent before is put back in front. */
export function offer(endpoint: Endpoint, { desk, editor, manifest, choose, lender }: Offered): Answering {
  const hello = (): Promise<Greeting> =>
    Promise.resolve({ desk: Object.keys(desk), ...(lender ? { lender: lender.now() } : {}) });
  const service = { hello, manifest, choose } as Methods;
  const answers = answering(endpoint, {
    service,
    desk: { ...deskMethods(desk), ...(lender ? lentMethods(lender) : {}) } as Methods,
    editor: {
      ...(editor as unknown as Methods),
      sequence: (id: string | null) => editor.sequence(id ?? undefined),
      // A panel asks every editor over a wire; one that has nothing to settle refuses nothing.
      prepare: async (handoff: { rate?: Rate }) => (await editor.prepare?.(handoff)) ?? { refused: null },
    } as Methods,
  });
  const stop = editor.watch?.((what) => answers.tell('changed', what));
  const stopLender = lender?.watch((here) => answers.tell('lender', here));
  return {
    tell: answers.tell,
    close() {
      stop?.();
      stopLender?.();
      answers.close();
    },
  };
}

function lentMethods({ ask }: Lender): Methods {
  return Object.fromEntries(LENT.map((name) => [name, (...args: unknown[]) => ask('desk', name, args)]));
}

/** As loopbackDesk asks: receipts come in parts. */
function deskMethods(desk: Desk): object {
  const receipts = new Map<string, Parameters<Desk['keep']>[1]>();
  type Receipt = Parameters<Desk['keep']>[1];
  return {
    ...desk,
    keep(path: string, part: Receipt, from: number) {
      const before = receipts.get(part.id)?.steps ?? [];
      if (before.length < from)
        throw new Error(`of ${part.id} there are ${before.length} steps, not ${from}`);
      const whole = { ...part, steps: [...before.slice(0, from), ...part.steps] };
      receipts.set(part.id, whole);
      return desk.keep(path, whole);
    },
    async settle(path: string, part: Receipt) {
      const whole = { ...part, steps: receipts.get(part.id)?.steps ?? part.steps };
      const settled = await desk.settle(path, whole);
      receipts.delete(part.id);
      return settled;
    },
  };
}
