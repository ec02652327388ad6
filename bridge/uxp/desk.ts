/**
 * A desk over UXP's fs, for a panel that works alone in Premiere: it reads the manifest, keeps receipts, records, edits and writes
 * cuts. What needs Node (scanning, probing, listening) it has not, and every handoff it opens says so.
 */
import { partId } from '../../manifest/cards/group/files.ts';
import type { DiskFact } from '../../manifest/checks/check.ts';
import type { Clip, Handoff, HistoryRecord } from '../../manifest/documents/handoff.ts';
import type { Edit } from '../../manifest/documents/edit.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { joinRoot } from '../../manifest/documents/paths.ts';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
import { applyEdits } from '../../manifest/edits.ts';
import { HostError } from '../call.ts';
import type { Desk, Glance, OpenedHandoff } from '../desk.ts';
import { keepChoices, readChoices } from './choices.ts';
import { writeCut } from './cuts.ts';
import { changedAt, look, type UxpFs } from './fs.ts';
import { closeJournal, keepJournal, unfinished } from './journal.ts';
import { readRoots } from './roots.ts';
import type { Lender, ServiceHere } from './service.ts';
import { readManifest, updateManifest } from './store.ts';

const ALONE: Omit<Issue, 'at'> = {
  code: 'works-alone',
  severity: 'note',
  clips: [],
  message:
    'Baton works alone inside Premiere: it imports, marks, signs and writes cuts, but it cannot read media headers, prove or rename files, listen or scan.',
  fix: 'start baton serve on this machine: this panel finds it, and does all that through it',
};

const HELPED = ({ port }: ServiceHere): Omit<Issue, 'at'> => ({
  code: 'works-with-service',
  severity: 'note',
  clips: [],
  message: `baton serve (port ${port}) scans, listens, and proves and renames files for this panel; everything else Baton does alone inside Premiere.`,
});

/** As a receipt stands in the manifest's history. */
const recordOf = (receipt: Receipt): HistoryRecord => ({
  kind: receipt.reverts ? 'revert' : 'import',
  at: receipt.at,
  receipt,
});

const interrupted = (receipt: Receipt): HistoryRecord =>
  recordOf({ ...receipt, stopped: receipt.stopped ?? 'it was interrupted' });

export function uxpDesk(fs: UxpFs, lender?: Pick<Lender, 'now'>): Desk {
  /** The newest of each running import, for noting what comes next. */
  const running = new Map<string, Receipt>();
  const append = async (path: string, records: HistoryRecord[]) => {
    const { revision } = await updateManifest(fs, path, (handoff) => ({
      ...handoff,
      history: [...handoff.history, ...records],
    }));
    return { revision };
  };
  return {
    open: (path) => open(fs, path, running, lender?.now() ?? null),
    glance: (path) => glance(fs, path),
    async keep(path, receipt) {
      running.set(receipt.id, receipt);
      await keepJournal(fs, path, receipt);
    },
    async intend(path: string, receiptId: string, pending: ReceiptStep[]) {
      const receipt = running.get(receiptId);
      if (receipt) await keepJournal(fs, path, receipt, pending);
    },
    async settle(path, receipt) {
      const { handoff } = await readManifest(fs, path);
      const left = handoff ? await unfinished(fs, path, handoff) : [];
      const others = left.filter(({ id }) => id !== receipt.id && !running.has(id));
      const written = await append(path, [...others.map(interrupted), recordOf(receipt)]);
      for (const { id } of [...others, receipt]) await closeJournal(fs, path, id);
      running.delete(receipt.id);
      return written;
    },
    record: (path, record) => append(path, [record]),
    edit: (path, edits) => edit(fs, path, edits),
    keepChoices: (path, choices) => keepChoices(fs, path, choices),
    writeCut: (path, request) => writeCut(fs, path, request),
  };
}

async function edit(fs: UxpFs, path: string, edits: Edit[]): Promise<{ revision: number; undo: Edit[] }> {
  let undo: Edit[] = [];
  const at = new Date().toISOString();
  const { revision } = await updateManifest(fs, path, (handoff) => {
    const edited = applyEdits(handoff, edits, at);
    if ('refused' in edited) throw new HostError('refused', 'edit', edited.refused);
    ({ undo } = edited);
    return edited.handoff;
  });
  return { revision, undo };
}

/** UXP tells nobody's rights: whether the file can be written shows when it is. */
async function glance(fs: UxpFs, path: string): Promise<Glance | null> {
  const there = await look(fs, path);
  return there && { stamp: `${changedAt(there)}-${there.size}`, revision: null, writable: true };
}

async function open(
  fs: UxpFs,
  path: string,
  running: ReadonlyMap<string, Receipt>,
  service: ServiceHere | null,
): Promise<OpenedHandoff> {
  const { handoff, issues } = await readManifest(fs, path);
  if (!handoff) return { path, handoff, issues, roots: {}, facts: {}, files: {} };
  const roots = await readRoots(
    fs,
    path,
    handoff.roots.map(({ name }) => name),
  );
  const left = (await unfinished(fs, path, handoff)).filter(({ id }) => !running.has(id));
  const { disk, files } = await lookAtDisk(fs, handoff, roots);
  return {
    path,
    handoff: { ...handoff, history: [...handoff.history, ...left.map(interrupted)] },
    issues: [...issues, { ...(service ? HELPED(service) : ALONE), at: path }],
    roots,
    facts: { disk },
    files,
    choices: await readChoices(fs, path),
  };
}

/** How many files are looked at together. */
const AT_ONCE = 32;

async function lookAtDisk(fs: UxpFs, handoff: Handoff, roots: Record<string, string>) {
  const disk: Record<string, DiskFact> = {};
  const files: Record<string, string> = {};
  const lookAt = async (clip: Clip) => {
    const root = roots[clip.root];
    if (root === undefined) return;
    const { path, size } = await locate(fs, root, clip.path);
    files[clip.id] = path;
    const fact: DiskFact = { size };
    disk[clip.id] = fact;
    for (const further of [...(clip.parts ?? []), ...(clip.sidecars ?? [])]) {
      const name = typeof further === 'string' ? further : further.path;
      if (name === clip.path) continue;
      const place = await locate(fs, root, name);
      (fact.further ??= {})[name] = place.size;
      if (typeof further !== 'string') files[partId(clip.id, further.number)] = place.path;
    }
  };
  for (let at = 0; at < handoff.clips.length; at += AT_ONCE)
    await Promise.all(handoff.clips.slice(at, at + AT_ONCE).map(lookAt));
  return { disk, files };
}

/** A drive may hold a name in another Unicode form than the manifest; the form it answers to is the path. */
async function locate(fs: UxpFs, root: string, path: string): Promise<{ path: string; size: number | null }> {
  for (const form of new Set([path, path.normalize('NFD'), path.normalize('NFC')])) {
    const place = joinRoot(root, form);
    const there = await look(fs, place);
    if (there) return { path: place, size: there.size };
  }
  return { path: joinRoot(root, path), size: null };
}
