/**
 * What a page may ask the loopback service: the Desk's and the Editor's methods by name, each with its arguments checked
 * here, and every path held inside the folders the service was started for.
 */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Receipt, ReceiptStep } from '../../manifest/documents/receipt.ts';
import { ReceiptSchema } from '../../manifest/documents/schemas.ts';
import { ChoicesSchema } from '../../manifest/documents/choices.ts';
import { EditSchema } from '../../manifest/documents/edit.ts';
import { HistoryRecordSchema, RateSchema } from '../../manifest/documents/handoff.ts';
import type { Step } from '../../manifest/documents/plan.ts';
import { HostError } from '../call.ts';
import type { Editor, Show, SoundPair } from '../contract.ts';
import type { CutRequest, Desk, Witness, ListeningDesk, ScanningDesk, VerifyingDesk } from '../desk.ts';
import type { Envelope } from '../loopback.ts';
import { extendJournal, journalled } from './journal.ts';
import type { LocalRenaming } from './renaming-desk.ts';
import { Denied, take } from './service-gate.ts';
import {
  listeningMethods,
  renamingMethods,
  scanningMethods,
  verifyingMethods,
  type Method,
} from './service-runs.ts';
import { StoreError } from './store-error.ts';

export type { Method };

export interface Offered {
  /** Absolute paths of the manifests served; the first is the one the panel opens. Their folders are all a page may reach. */
  manifests: string[];
  desk: Desk;
  /** Sync by ear; pages are told there is none where absent. */
  listening?: ListeningDesk;
  /** Making and refreshing manifests; pages are told there is none where absent. */
  scanning?: ScanningDesk;
  /** Other names for files; pages are told there are none where absent. */
  renaming?: LocalRenaming;
  /** Proving files; pages are told there is none where absent. */
  verifying?: VerifyingDesk;
  editor: Editor;
  /** Awaited after each chunk of steps the editor applied, before the page hears of it. */
  afterApply?: () => Promise<void>;
}

const name = z
  .string()
  .min(1)
  .max(200)
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  .regex(/^[^/\\\u0000-\u001f]+$/, 'a name holds no / or \\');

/** The page is our own panel, so documents are checked for their kind only; whatever becomes a path is checked whole. */
const CutListSchema = z.looseObject({
  kind: z.literal('cutlist'),
  name: z.string(),
  tracks: z.array(z.looseObject({})),
});
const Request = z.looseObject({
  cutList: CutListSchema,
  formats: z.array(z.string()),
  name: name.optional(),
  lock: z.boolean(),
  losses: z.array(z.looseObject({})),
  out: z.string().optional(),
  options: z
    .object({
      target: z.enum(['premiere', 'resolve', 'avid']),
      reels: z.union([z.literal(8), z.literal(32), z.literal(129)]),
      fcpxml: z.string(),
      split: z.boolean(),
    })
    .partial()
    .optional(),
});
const WitnessSchema = z.object({
  exported: z.string(),
  format: z.enum(['fcp7-xml', 'otio', 'aaf', 'edl', 'fcpxml']),
  editor: name,
  name,
  sequence: z.string(),
  cut: CutListSchema.optional(),
});
const Steps = z.array(z.looseObject({ id: z.string(), kind: z.string() }));

const ClipSchema = z.looseObject({ clip: z.string(), path: z.string(), file: z.string() });
const PairsSchema = z
  .array(z.object({ picture: ClipSchema, sounds: z.array(ClipSchema).max(100) }))
  .max(1000);
const ShowSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('source-monitor'),
    target: ClipSchema,
    at: z.object({ frame: z.int(), rate: RateSchema }).optional(),
  }),
  z.object({ what: z.literal('bin'), target: ClipSchema }),
  z.object({ what: z.literal('select'), targets: z.array(ClipSchema).max(10_000) }),
]);

/** Keyed `room/method`. */
export async function apiMethods(offered: Offered): Promise<ReadonlyMap<string, Method>> {
  const { desk, editor, manifests } = offered;
  const within = await folderGuard(manifests.map((path) => dirname(path)));
  const oneAtATime = queue();
  const methods: Record<string, Method> = {
    'service/manifests': async () => manifests,
    'desk/open': async (args) => desk.open(await within(take(z.tuple([z.string()]), args)[0])),
    'desk/glance': async (args) =>
      (await desk.glance?.(await within(take(z.tuple([z.string()]), args)[0]))) ?? null,
    // A page sends each step once: what it sent before is in the journal.
    'desk/keep': async (args) => {
      const [path, receipt, from] = take(z.tuple([z.string(), ReceiptSchema, z.int().nonnegative()]), args);
      if (from === 0) return desk.keep(await within(path), receipt as Receipt);
      return extendJournal(await within(path), receipt as Receipt, from);
    },
    'desk/intend': async (args) => {
      const [path, id, pending] = take(z.tuple([z.string(), z.string(), ReceiptSchema.shape.steps]), args);
      return desk.intend?.(await within(path), id, pending as ReceiptStep[]);
    },
    'desk/settle': async (args) => {
      const [path, receipt] = take(z.tuple([z.string(), ReceiptSchema]), args);
      const manifest = await within(path);
      const kept = await journalled(manifest, receipt.id);
      if (!kept && receipt.steps.length === 0)
        throw new HostError('refused', 'settle', 'the receipt of this import was not kept; keep it first');
      return desk.settle(manifest, kept ?? (receipt as Receipt));
    },
    'desk/record': async (args) => {
      const [path, record] = take(z.tuple([z.string(), HistoryRecordSchema]), args);
      return desk.record(await within(path), record);
    },
    'desk/edit': async (args) => {
      const [path, edits] = take(z.tuple([z.string(), z.array(EditSchema).max(10_000)]), args);
      return desk.edit(await within(path), edits);
    },
    'desk/keepChoices': async (args) => {
      const [path, choices] = take(z.tuple([z.string(), ChoicesSchema]), args);
      return desk.keepChoices?.(await within(path), choices);
    },
    'desk/writeCut': async (args) => {
      const [path, request] = take(z.tuple([z.string(), Request]), args);
      const out = request.out === undefined ? {} : { out: await within(request.out) };
      return desk.writeCut(await within(path), { ...(request as unknown as CutRequest), ...out });
    },
    'desk/readCut': async (args) => {
      const [path, file] = take(z.tuple([z.string(), z.string().min(1)]), args);
      const manifest = await within(path);
      if (!desk.readCut) throw new HostError('unknown-method', 'readCut', 'this desk reads no cuts');
      return desk.readCut(manifest, await within(resolve(dirname(manifest), file)));
    },
    'desk/witness': async (args) => {
      const [path, witness] = take(z.tuple([z.string(), WitnessSchema]), args);
      if (!desk.witness) throw new HostError('unknown-method', 'witness', 'this desk keeps no witnesses');
      const exported = await within(witness.exported);
      return desk.witness(await within(path), { ...(witness as unknown as Witness), exported });
    },
    ...listeningMethods(offered.listening, within),
    ...scanningMethods(offered.scanning, within),
    ...renamingMethods(offered.renaming, within),
    ...verifyingMethods(offered.verifying, within),
    'editor/about': () => editor.about(),
    'editor/prepare': (args) => {
      const [handoff] = take(z.tuple([z.object({ rate: RateSchema.optional() })]), args);
      const rate = handoff.rate ? { rate: handoff.rate } : {};
      return oneAtATime(async () => (await editor.prepare?.(rate)) ?? { refused: null });
    },
    'editor/snapshot': () => oneAtATime(() => editor.snapshot()),
    'editor/apply': (args) =>
      oneAtATime(async () => {
        const results = await editor.apply(steps(args));
        await offered.afterApply?.();
        return results;
      }),
    'editor/readBack': (args) => oneAtATime(() => editor.readBack(steps(args))),
    'editor/sequences': () => oneAtATime(() => editor.sequences()),
    'editor/sequence': (args) => {
      const [id] = take(z.tuple([z.string().nullish()]), args.length === 0 ? [null] : args);
      return oneAtATime(() => editor.sequence(id ?? undefined));
    },
    'editor/syncSound': (args) => {
      const [pairs] = take(z.tuple([PairsSchema]), args);
      return oneAtATime(() => {
        if (editor.syncSound) return editor.syncSound(pairs as SoundPair[]);
        throw new HostError('refused', 'syncSound', 'This editor links no sound by itself.');
      });
    },
    'editor/show': (args) => {
      const [asked] = take(z.tuple([ShowSchema]), args);
      return oneAtATime(async () =>
        editor.show
          ? editor.show(asked as Show)
          : { shown: false, reason: 'This editor has no way to show it.' },
      );
    },
    'editor/exportInterchange': async (args) => {
      const [sequence, path] = take(z.tuple([z.string(), z.string()]), args);
      const target = await within(path);
      return oneAtATime(() => editor.exportInterchange(sequence, target));
    },
  };
  return new Map(Object.entries(methods));
}

function steps(args: unknown[]): Step[] {
  return take(z.tuple([Steps]), args)[0] as unknown as Step[];
}

/** Editors do one thing at a time, whatever a page asks at once. */
function queue(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/**
 * A function that gives a path back where it lies in one of the folders, links followed, and else throws Denied. The path
 * is given back as it came: the files it leads to must keep the names by which an editor knows them.
 */
async function folderGuard(folders: string[]): Promise<(path: string) => Promise<string>> {
  const allowed = await Promise.all(folders.map((folder) => realpath(folder)));
  return async (path) => {
    const real =
      isAbsolute(path) && !path.includes('\0') && resolve(path) === path ? await followLinks(path) : null;
    const inside = allowed.some((folder) => {
      const way = real === null ? '..' : relative(folder, real);
      return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    });
    if (!inside)
      throw new Denied(
        403,
        'outside-folder',
        'this service reaches only the folder of the manifest it was started for',
      );
    return path;
  };
}

/** realpath for a path whose last parts may not exist yet; null for a link that leads nowhere, which a write would follow. */
async function followLinks(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path || (await isThere(path))) return null;
    const real = await followLinks(parent);
    return real === null ? null : join(real, basename(path));
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** An error as the wire carries it: a HostError by its own code, anything else as a fault of the service, without its stack. */
export function failure(error: unknown): Envelope<never> {
  if (error instanceof HostError) return { ok: false, error: { code: error.code, message: error.message } };
  const message = error instanceof Error ? error.message : String(error);
  // What the store refuses is said in a person's words already.
  const code = error instanceof StoreError ? 'refused' : 'host-threw';
  return { ok: false, error: { code, message } };
}
