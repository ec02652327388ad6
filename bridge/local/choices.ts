/** `.baton/panel.json`: what a person chose for this handoff, such as how bins are laid out. A file that cannot be read is said, and is then as if empty. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChoicesSchema, type Choices } from '../../manifest/documents/choices.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import { writeAtomic } from './atomic.ts';
import { stateFolder, stateFolderPath } from './state-folder.ts';

const NAME = 'panel.json';

const NONE: Choices = { kind: 'choices', version: 1 };

export async function readChoices(manifest: string, report: (issue: Issue) => void): Promise<Choices> {
  const path = join(stateFolderPath(manifest), NAME);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return NONE;
  try {
    return ChoicesSchema.parse(JSON.parse(text));
  } catch {
    report({
      code: 'choices-unreadable',
      severity: 'note',
      at: path,
      clips: [],
      message: `${path} is not what Baton wrote there, so bins are laid out by scene and take.`,
      fix: 'choose the bins again in the panel; that writes the file anew',
    });
    return NONE;
  }
}

/** Throws StoreError where this user may not write there. */
export async function keepChoices(manifest: string, choices: Choices): Promise<void> {
  const folder = await stateFolder(manifest);
  await writeAtomic(join(folder, NAME), `${JSON.stringify(choices, null, 2)}\n`);
}
