/** What `baton revert` and `baton job --revert` are told alike: which receipts to take back, and what becomes of imported items. */
import type { RevertRequest } from '../bridge/local/revert.ts';
import type { ImportedItems } from '../manifest/revert.ts';
import { CannotDo, type OptionValues } from './command.ts';

const IMPORTED: readonly string[] = ['gather', 'remove', 'keep'] satisfies ImportedItems[];

/** Absent options: the newest import, its items gathered. Throws CannotDo. */
export function revertRequest(options: OptionValues): RevertRequest {
  const { receipt = 'last', imported = 'gather' } = options as { receipt?: string; imported?: string };
  if (!IMPORTED.includes(imported))
    throw new CannotDo(`--imported is gather, remove or keep, not "${imported}"`);
  return { receipt, imported: imported as ImportedItems };
}
