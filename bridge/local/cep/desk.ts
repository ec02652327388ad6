/**
 * The desk as one CommonJS file for the Node inside CEP (15.9 and later): the same methods, checked the same way, as `baton
 * serve` offers, for the manifests that the panel was pointed to. Built by `vite build -m desk`; see bridge/cep-desk.ts.
 */
import './old-node.ts';
import { version } from '../../../package.json';
import { HostError } from '../../call.ts';
import type { DeskModule } from '../../cep-desk.ts';
import { admitted, noEditor } from '../admitted.ts';
import { localDesk } from '../desk.ts';
import { localListening } from '../listen/listening-desk.ts';
import { localRenaming } from '../renaming-desk.ts';
import { localScanning } from '../scanning-desk.ts';
import { failure } from '../service-api.ts';
import { Denied } from '../service-gate.ts';
import { localVerifying } from '../verifying-desk.ts';

/** One each for the life of the panel: they know what is under way. */
const [desk, listening] = [localDesk(), localListening()];
const [scanning, renaming, verifying] = [localScanning(), localRenaming(), localVerifying()];
const known = admitted({ desk, listening, scanning, renaming, verifying, editor: noEditor });

export { version };

export const admit: DeskModule['admit'] = known.add;

export const ask: DeskModule['ask'] = async (method, args) => {
  try {
    const answer = (await known.methods()).get(method);
    if (!answer || !method.startsWith('desk/'))
      throw new HostError('unknown-method', method, `the desk has no method "${method}"`);
    return JSON.stringify({ ok: true, value: (await answer(JSON.parse(args) as unknown[])) ?? null });
  } catch (error) {
    return JSON.stringify(error instanceof Denied ? refused(method, args, error) : failure(error));
  }
};

function refused(method: string, args: string, error: Denied) {
  const [path] = JSON.parse(args) as unknown[];
  const message =
    typeof path === 'string' && known.isAway(path)
      ? `The folder of ${path} is not there: connect its drive, then press Refresh.`
      : `${method}: ${error.message}`;
  return failure(new HostError('refused', method, message));
}
