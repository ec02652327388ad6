/** Lists a drive: every file that could be part of a handoff, as manifest paths, with what could not be read. */
import { opendir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Issue } from '../../manifest/documents/issue.ts';
import { toManifestPath } from '../../manifest/documents/paths.ts';
import { isLitter } from '../../manifest/kinds.ts';

export interface WalkedFile {
  /** As the drive spells it, absolute. */
  file: string;
  /** Manifest form. */
  path: string;
  size: number;
  /** When it was last written, in milliseconds. */
  modified: number;
}

export interface Walked {
  files: WalkedFile[];
  issues: Issue[];
}

/**
 * Links to folders are not followed, so that a loop cannot trap a scan. `skip` holds absolute paths to pass over. Rejects with the
 * signal's reason once it is aborted: half a list would make the other half look gone.
 */
export async function walk(root: string, skip: ReadonlySet<string>, signal?: AbortSignal): Promise<Walked> {
  const base = resolve(root);
  const walked: Walked = { files: [], issues: [] };
  const folders = [base];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const below = await readFolder(folder, base, skip, walked, signal);
    folders.push(...below.reverse());
  }
  // Folders are read in whatever order the drive gives them; a manifest should not depend on it.
  walked.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { ...walked, files: apart(walked, base) };
}

async function readFolder(
  folder: string,
  base: string,
  skip: ReadonlySet<string>,
  into: Walked,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const below: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      signal?.throwIfAborted();
      const file = join(folder, entry.name);
      if (isLitter(entry.name) || skip.has(file)) continue;
      if (entry.isDirectory()) below.push(file);
      else if (entry.isFile() || entry.isSymbolicLink()) await addFile(file, base, into);
    }
  } catch (error) {
    signal?.throwIfAborted();
    into.issues.push(unreadable(folder, base, error as NodeJS.ErrnoException));
  }
  return below;
}

async function addFile(file: string, base: string, into: Walked): Promise<void> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return;
    const path = toManifestPath(relative(base, file), sep === '\\' ? '\\' : '/');
    into.files.push({ file, path, size: found.size, modified: found.mtimeMs });
  } catch (error) {
    into.issues.push(unreadable(file, base, error as NodeJS.ErrnoException));
  }
}

function unreadable(place: string, base: string, error: NodeJS.ErrnoException): Issue {
  const at = toManifestPath(relative(base, place) || '.', sep === '\\' ? '\\' : '/');
  const missing = error.code === 'ENOENT';
  return {
    code: missing ? 'scan-broken-link' : 'scan-unreadable',
    severity: missing ? 'warning' : 'error',
    at,
    clips: [],
    message: missing
      ? `${at} is a link to something that is not there.`
      : `${at} cannot be read (${error.code ?? error.message}); what lies in it is not in the manifest.`,
    fix: missing ? 'copy the file itself' : 'give yourself the right to read it, then scan again',
  };
}

/** Two names that differ only in Unicode form are two files on a drive and one path in a manifest: said, not merged. */
function apart(walked: Walked, base: string): WalkedFile[] {
  const seen = new Map<string, string>();
  return walked.files.filter(({ path, file }) => {
    const earlier = seen.get(path);
    if (earlier === undefined) {
      seen.set(path, file);
      return true;
    }
    walked.issues.push({
      code: 'scan-same-name',
      severity: 'error',
      at: path,
      clips: [path],
      message: `Two files in ${relative(base, join(file, '..')) || '.'} are both called ${path.slice(path.lastIndexOf('/') + 1)}: their names differ only in how accents are stored. The second is left out.`,
      fix: 'rename one of the two, then scan again',
    });
    return false;
  });
}
