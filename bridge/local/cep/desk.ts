/**
 * The desk as one CommonJS file for the Node inside CEP (15.9 and later): the same methods, checked the same way, as `baton
 * serve` offers, for the manifests that the panel was pointed to. Built by `vite build -m desk`; see bridge/cep-desk.ts.
 */
import './old-node.ts';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { version } from '../../../package.json';
import { HostError } from '../../call.ts';
import type { DeskModule } from '../../cep-desk.ts';
import type { Editor } from '../../contract.ts';
import { localDesk } from '../desk.ts';
import { localListening } from '../listen/listening-desk.ts';
import { localRenaming } from '../renaming-desk.ts';
import { localScanning } from '../scanning-desk.ts';
import { apiMethods, failure, type Method } from '../service-api.ts';
import { Denied } from '../service-gate.ts';
import { localVerifying } from '../verifying-desk.ts';

/** One each for the life of the panel: they know what is under way. */
const [desk, listening] = [localDesk(), localListening()];
const [scanning, renaming, verifying] = [localScanning(), localRenaming(), localVerifying()];
const admitted = new Set<string>();
/** Of those, the ones whose folder was not there when it was last looked for. */
let away: string[] = [];
let methods: Promise<ReadonlyMap<string, Method>> | null = null;

export { version };

export const admit: DeskModule['admit'] = (path) => {
  if (admitted.has(path)) return;
  admitted.add(path);
  methods = null;
};

export const ask: DeskModule['ask'] = async (method, args) => {
  try {
    const known = await (methods ??= offered());
    const answer = known.get(method);
    if (!answer || !method.startsWith('desk/'))
      throw new HostError('unknown-method', method, `the desk has no method "${method}"`);
    return JSON.stringify({ ok: true, value: (await answer(JSON.parse(args) as unknown[])) ?? null });
  } catch (error) {
    return JSON.stringify(error instanceof Denied ? refused(method, args, error) : failure(error));
  }
};

function refused(method: string, args: string, error: Denied) {
  const [path] = JSON.parse(args) as unknown[];
  const missing = away.find((each) => each === path);
  const message = missing
    ? `The folder of ${missing} is not there: connect its drive, then press Refresh.`
    : `${method}: ${error.message}`;
  return failure(new HostError('refused', method, message));
}

/** A drive that is not connected takes away its own manifest only. */
async function offered(): Promise<ReadonlyMap<string, Method>> {
  const all = [...admitted];
  const here = await Promise.all(
    all.map((path) =>
      stat(dirname(path)).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    ),
  );
  away = all.filter((_path, nth) => !here[nth]);
  // Asked again the next time: the drive may be connected by then.
  if (away.length > 0) methods = null;
  return apiMethods({
    manifests: all.filter((_path, nth) => here[nth]),
    desk,
    listening,
    scanning,
    renaming,
    verifying,
    editor: noEditor,
  });
}

/** Premiere is asked by the panel itself. */
const noEditor = new Proxy({} as Editor, {
  get: () => () => Promise.reject(new HostError('not-open', 'editor', 'The desk has no editor.')),
});
