/**
 * The disk, and an editor, asked through a `baton serve` on this machine: for a panel open in a browser, which has no Node.
 * The service speaks JSON over 127.0.0.1 and lets in only who brings the token from its own address.
 */
import { HostError, within, type HostErrorCode } from './call.ts';
import type {
  CutRead,
  CutRequest,
  CutWritten,
  Desk,
  Glance,
  ListeningAsked,
  ListeningDesk,
  ListeningState,
  OpenedHandoff,
  ProposedNames,
  RenameAsked,
  RenamingDesk,
  RenamingState,
  ScanAsked,
  ScanningDesk,
  ScanState,
  VerifyingDesk,
  VerifyState,
  Waveforms,
  WaveformsAsked,
  Witness,
  Witnessed,
} from './desk.ts';
import type { Choices } from '../manifest/documents/choices.ts';
import type { Edit } from '../manifest/documents/edit.ts';
import type { HistoryRecord } from '../manifest/documents/handoff.ts';
import type { Receipt, ReceiptStep } from '../manifest/documents/receipt.ts';

/** The header that carries the token. */
export const TOKEN_HEADER = 'x-baton-token';

/** What the service answers to every call: the value, or why there is none. */
export type Envelope<Value> =
  | { ok: true; value: Value }
  | { ok: false; error: { code: string; message: string } };

export type Room = 'service' | 'desk' | 'editor';

/** One call to the service: `args` as the method takes them. Throws HostError. */
export type Ask = <Value>(room: Room, method: string, args: unknown[]) => Promise<Value>;

/** Longest a call may take, in milliseconds: a chunk of a large import reads every file once. */
const PATIENCE = 120_000;

const CODES: readonly string[] = ['host-threw', 'timeout', 'unknown-method', 'not-open', 'refused', 'busy'];

/** The token in an address such as `http://127.0.0.1:4000/#token=abc`; null where it holds none. */
export function tokenIn(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

const GONE = 'baton serve does not answer: start it again and open the address it prints';

/** `origin` has no closing slash: `http://127.0.0.1:4000`. `gone` is what a person is told where nobody answers there. */
export function loopback(origin: string, token: string, fetcher: typeof fetch = fetch, gone = GONE): Ask {
  return async <Value>(room: string, method: string, args: unknown[]) => {
    // UXP is not known to have one in every version.
    const patience = typeof AbortController === 'function' ? new AbortController() : null;
    const call = async () => {
      const response = await fetcher(`${origin}/api/${room}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
        body: JSON.stringify({ args }),
        ...(patience ? { signal: patience.signal } : {}),
      });
      return unwrap(method, (await response.json()) as Envelope<Value>);
    };
    const message = `${method}: no answer within ${PATIENCE / 1000} s`;
    try {
      return await within(call(), { method, ms: PATIENCE, message });
    } catch (error) {
      patience?.abort();
      if (error instanceof HostError) throw error;
      throw new HostError('not-open', method, gone);
    }
  };
}

export function unwrap<Value>(method: string, envelope: Envelope<Value>): Value {
  if (envelope.ok) return envelope.value;
  const { code, message } = envelope.error;
  throw new HostError(CODES.includes(code) ? (code as HostErrorCode) : 'refused', method, message);
}

/** Absolute paths of the manifests the service was started for; the first is the one to open. */
export function servedManifests(ask: Ask): Promise<string[]> {
  return ask('service', 'manifests', []);
}

export function loopbackDesk(ask: Ask): Desk {
  /** Steps of each receipt that the service has, by id: a long import sends none of them twice. */
  const sent = new Map<string, number>();
  const keep = async (path: string, receipt: Receipt) => {
    const from = sent.get(receipt.id) ?? 0;
    const steps = receipt.steps.slice(from);
    await ask<void>('desk', 'keep', [path, { ...receipt, steps }, from]).catch((error: unknown) => {
      if (from === 0) throw error;
      // A service that was started anew has nothing of it.
      return ask<void>('desk', 'keep', [path, receipt, 0]);
    });
    sent.set(receipt.id, receipt.steps.length);
  };
  return {
    open: (path: string) => ask<OpenedHandoff>('desk', 'open', [path]),
    glance: (path: string) => ask<Glance | null>('desk', 'glance', [path]),
    keep,
    intend: (path: string, receiptId: string, pending: ReceiptStep[]) =>
      ask<void>('desk', 'intend', [path, receiptId, pending]),
    settle: async (path: string, receipt: Receipt) => {
      await keep(path, receipt);
      return ask<{ revision: number }>('desk', 'settle', [path, { ...receipt, steps: [] }]);
    },
    record: (path: string, record: HistoryRecord) =>
      ask<{ revision: number }>('desk', 'record', [path, record]),
    edit: (path: string, edits: Edit[]) =>
      ask<{ revision: number; undo: Edit[] }>('desk', 'edit', [path, edits]),
    keepChoices: (path: string, choices: Choices) => ask<void>('desk', 'keepChoices', [path, choices]),
    writeCut: (path: string, request: CutRequest) => ask<CutWritten>('desk', 'writeCut', [path, request]),
    readCut: (path: string, file: string) => ask<CutRead>('desk', 'readCut', [path, file]),
    witness: (path: string, witness: Witness) => ask<Witnessed>('desk', 'witness', [path, witness]),
  };
}

export function loopbackListening(ask: Ask): ListeningDesk {
  return {
    listen: (path: string, asked: ListeningAsked) => ask<ListeningState>('desk', 'listen', [path, asked]),
    listening: (path: string) => ask<ListeningState | null>('desk', 'listening', [path]),
    stopListening: (path: string) => ask<ListeningState | null>('desk', 'stopListening', [path]),
    waveforms: (path: string, asked: WaveformsAsked) => ask<Waveforms>('desk', 'waveforms', [path, asked]),
    stopWaveforms: (path: string, picture: string) => ask<void>('desk', 'stopWaveforms', [path, picture]),
  };
}

export function loopbackScanning(ask: Ask): ScanningDesk {
  return {
    scan: (path: string, asked: ScanAsked) => ask<ScanState>('desk', 'scan', [path, asked]),
    scanning: (path: string) => ask<ScanState | null>('desk', 'scanning', [path]),
    stopScan: (path: string) => ask<ScanState | null>('desk', 'stopScan', [path]),
  };
}

export function loopbackVerifying(ask: Ask): VerifyingDesk {
  return {
    verify: (path: string) => ask<VerifyState>('desk', 'verify', [path]),
    verifying: (path: string) => ask<VerifyState | null>('desk', 'verifying', [path]),
    stopVerifying: (path: string) => ask<VerifyState | null>('desk', 'stopVerifying', [path]),
  };
}

export function loopbackRenaming(ask: Ask): RenamingDesk {
  return {
    proposeNames: (path: string) => ask<ProposedNames>('desk', 'proposeNames', [path]),
    rename: (path: string, asked: RenameAsked) => ask<RenamingState>('desk', 'rename', [path, asked]),
    undoRename: (path: string) => ask<RenamingState>('desk', 'undoRename', [path]),
    renaming: (path: string) => ask<RenamingState | null>('desk', 'renaming', [path]),
    stopRenaming: (path: string) => ask<RenamingState | null>('desk', 'stopRenaming', [path]),
  };
}
