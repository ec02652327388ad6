/** What a page may ask the loopback service that takes longer than a call: begun, asked after and stopped by separate ones. */
import { z } from 'zod';
import { LOG_MEANINGS } from '../../manifest/documents/log.ts';
import type { ListeningDesk, ScanningDesk, VerifyingDesk } from '../desk.ts';
import type { LocalRenaming } from './renaming-desk.ts';
import { take } from './service-gate.ts';

/** Takes the call's arguments as they came; resolves to what JSON carries back. */
export type Method = (args: unknown[]) => Promise<unknown>;

/** Gives a path back that lies where the service may reach; throws Denied for any other. */
export type Within = (path: string) => Promise<string>;

const Asked = z.object({ clips: z.array(z.string()), all: z.boolean() }).partial();
const WaveformsSchema = z.object({
  picture: z.string(),
  sound: z.string(),
  offsetSamples: z.int(),
  from: z.int(),
  to: z.int(),
  buckets: z.int().min(1).max(2000),
});

/** None where the service was started without ears. */
export function listeningMethods(
  listening: ListeningDesk | undefined,
  within: Within,
): Record<string, Method> {
  if (!listening) return {};
  const pathOf = (args: unknown[]) => within(take(z.tuple([z.string()]), args)[0]);
  return {
    'desk/listen': async (args) => {
      const [path, { clips, all }] = take(z.tuple([z.string(), Asked]), args);
      return listening.listen(await within(path), { ...(clips ? { clips } : {}), ...(all ? { all } : {}) });
    },
    'desk/listening': async (args) => listening.listening(await pathOf(args)),
    'desk/stopListening': async (args) => listening.stopListening(await pathOf(args)),
    'desk/waveforms': async (args) => {
      const [path, asked] = take(z.tuple([z.string(), WaveformsSchema]), args);
      return listening.waveforms(await within(path), asked);
    },
    'desk/stopWaveforms': async (args) => {
      const [path, picture] = take(z.tuple([z.string(), z.string()]), args);
      return listening.stopWaveforms(await within(path), picture);
    },
  };
}

const ScanAskedSchema = z.object({
  columns: z
    .array(z.object({ heading: z.string().min(1).max(500), meaning: z.enum(LOG_MEANINGS).nullable() }))
    .max(1000)
    .optional(),
});

/** None where the service was started without. Only folders whose manifest is served are walked. */
export function scanningMethods(scanning: ScanningDesk | undefined, within: Within): Record<string, Method> {
  if (!scanning) return {};
  const pathOf = (args: unknown[]) => within(take(z.tuple([z.string()]), args)[0]);
  return {
    'desk/scan': async (args) => {
      const [path, { columns }] = take(z.tuple([z.string(), ScanAskedSchema]), args);
      return scanning.scan(await within(path), columns ? { columns } : {});
    },
    'desk/scanning': async (args) => scanning.scanning(await pathOf(args)),
    'desk/stopScan': async (args) => scanning.stopScan(await pathOf(args)),
  };
}

/** None where the service was started without. */
export function verifyingMethods(
  verifying: VerifyingDesk | undefined,
  within: Within,
): Record<string, Method> {
  if (!verifying) return {};
  const pathOf = (args: unknown[]) => within(take(z.tuple([z.string()]), args)[0]);
  return {
    'desk/verify': async (args) => verifying.verify(await pathOf(args)),
    'desk/verifying': async (args) => verifying.verifying(await pathOf(args)),
    'desk/stopVerifying': async (args) => verifying.stopVerifying(await pathOf(args)),
  };
}

const RenameAskedSchema = z.object({
  renames: z.array(z.object({ clip: z.string(), to: z.string() })).max(1_000_000),
  force: z.boolean(),
});

/** None where the service was started without. Only files in the folders of served manifests get other names, links followed. */
export function renamingMethods(renaming: LocalRenaming | undefined, within: Within): Record<string, Method> {
  if (!renaming) return {};
  const pathOf = (args: unknown[]) => within(take(z.tuple([z.string()]), args)[0]);
  const reach = (folder: string) =>
    within(folder).then(
      () => true,
      () => false,
    );
  return {
    'desk/proposeNames': async (args) => renaming.proposeNames(await pathOf(args), reach),
    'desk/rename': async (args) => {
      const [path, asked] = take(z.tuple([z.string(), RenameAskedSchema]), args);
      return renaming.rename(await within(path), asked, reach);
    },
    'desk/undoRename': async (args) => renaming.undoRename(await pathOf(args), reach),
    'desk/renaming': async (args) => renaming.renaming(await pathOf(args)),
    'desk/stopRenaming': async (args) => renaming.stopRenaming(await pathOf(args)),
  };
}
