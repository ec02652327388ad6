/** The example, made once and scanned: media, log sheet and note in a folder, and the manifest beside them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CannotDo, type Output } from '../command.ts';
import { scanCommand } from '../commands/scan.ts';
import { makeDemoHandoff } from './media.ts';
import { TITLE } from './shoot.ts';

/** The absolute path of the example's manifest in `dir`. An example that is there already is left as it is. */
export async function prepareDemo(dir: string, output: Output): Promise<string> {
  const manifest = join(dir, 'handoff.json');
  if (existsSync(manifest)) return manifest;
  await makeDemoHandoff(dir, (line) => output.warn(line)).catch((error: Error) => {
    throw new CannotDo(error.message);
  });
  const quiet: Output = { ...output, say: () => undefined, document: () => undefined };
  await scanCommand.run({ positionals: [dir], options: { rate: '23.976', title: TITLE } }, quiet);
  return manifest;
}
