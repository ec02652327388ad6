/** Programs of the machine that Baton may run: where they are looked for, and whether they can be run. */
import { accessSync, chmodSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/**
 * Where Homebrew (on either processor) and MacPorts put programs. What is started from the Finder or the Dock, an editor and its panels
 * among them, gets none of these in its PATH.
 */
const MAC_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'];

/** Folders that hold programs, in the order they are asked; `platform` as `process.platform` says it. */
export function programFolders(
  environment: NodeJS.ProcessEnv,
  platform: string = process.platform,
): string[] {
  const { delimiter } = platform === 'win32' ? win32 : posix;
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  return platform === 'darwin' ? [...new Set([...onPath, ...MAC_FOLDERS])] : onPath;
}

/** A program by its bare name; undefined where no folder has one that may be run. */
export function findProgram(
  name: string,
  environment: NodeJS.ProcessEnv,
  platform: string = process.platform,
  mayRun: (path: string) => boolean = isExecutable,
): string | undefined {
  const { join } = platform === 'win32' ? win32 : posix;
  const program = platform === 'win32' ? `${name}.exe` : name;
  return programFolders(environment, platform)
    .map((folder) => join(folder, program))
    .find(mayRun);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    // A folder may be entered, which counts as executable too.
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** npm keeps a program's mode only where install scripts may run, so it may have to be given here. */
export function isRunnable(path: string): boolean {
  if (isExecutable(path)) return true;
  try {
    chmodSync(path, 0o755);
    return true;
  } catch {
    return false;
  }
}
