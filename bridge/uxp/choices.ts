/** `.baton/panel.json` through UXP's fs: what a person chose for this handoff. One that cannot be read is as if empty. */
import { ChoicesSchema, type Choices } from '../../manifest/documents/choices.ts';
import { folderOf, makeFolder, readText, within, writeWhole, type UxpFs } from './fs.ts';

const place = (manifest: string) => within(folderOf(manifest), '.baton', 'panel.json');

export async function readChoices(fs: UxpFs, manifest: string): Promise<Choices> {
  try {
    return ChoicesSchema.parse(JSON.parse((await readText(fs, place(manifest))) ?? ''));
  } catch {
    return { kind: 'choices', version: 1 };
  }
}

export async function keepChoices(fs: UxpFs, manifest: string, choices: Choices): Promise<void> {
  await makeFolder(fs, within(folderOf(manifest), '.baton'));
  await writeWhole(fs, place(manifest), `${JSON.stringify(choices, null, 2)}\n`);
}
