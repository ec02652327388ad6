/** What a walk of a drive has to say: what could not be read, links it did not follow, names that will not survive a copy. */
import type { Issue } from '../../manifest/documents/issue.ts';
import { fileName } from '../../manifest/documents/paths.ts';

const AGAIN = 'then scan again';

/** `link`: it was reached through a symbolic link. */
export function unreadable(at: string, error: unknown, link = false): Issue {
  const { code, message } = error as NodeJS.ErrnoException;
  if (link && code === 'ENOENT')
    return {
      code: 'scan-broken-link',
      severity: 'warning',
      at,
      clips: [],
      message: `${at} is a link to something that is not there.`,
      fix: 'copy the file itself',
    };
  const [why, fix] = reasonOf(at, code, message);
  return {
    code: 'scan-unreadable',
    severity: 'error',
    at,
    clips: [],
    message: `${at} cannot be read (${why}); what lies in it is not in the manifest.`,
    fix: `${fix}, ${AGAIN}`,
  };
}

function reasonOf(at: string, code: string | undefined, message: string): [string, string] {
  // Names on Linux are bytes; those that are no UTF-8 cannot be asked for by name.
  if (code === 'ENOENT' && at.includes('\uFFFD'))
    return ['its name is not valid Unicode', 'rename it in a terminal'];
  if (code === 'ENOENT') return ['it was there a moment ago and is gone', 'let the copy finish'];
  if (code === 'ENAMETOOLONG') return ['its path is longer than this system allows', 'move it further up'];
  if (code === 'EIO') return ['the drive could not read it', 'copy what can be saved to another drive'];
  return [code ?? message, 'give yourself the right to read it'];
}

/** Pipes, sockets and devices may have the name of a clip; reading one could wait for ever. */
export function noFile(at: string): Issue {
  return {
    code: 'scan-unreadable',
    severity: 'error',
    at,
    clips: [],
    message: `${at} is a pipe, a socket or a device and holds no recording; it is not in the manifest.`,
    fix: `put the file itself there, ${AGAIN}`,
  };
}

const LINKS = {
  folder: 'is a link to a folder, and links are not followed; what lies there is not in the manifest',
  'folder-again': 'is a folder that was read already under another path; it counts once',
  'file-again': 'is a link to a file of this same root, which is there already; it counts once',
};

export function linkIssue(at: string, which: keyof typeof LINKS): Issue {
  return {
    code: 'scan-link',
    severity: which === 'folder' ? 'warning' : 'note',
    at,
    clips: [],
    message: `${at} ${LINKS[which]}.`,
    ...(which === 'folder' ? { fix: 'scan the folder itself: --root NAME=PATH' } : {}),
  };
}

export function sameName(path: string, count: number): Issue {
  return {
    code: 'scan-same-name',
    severity: 'warning',
    at: path,
    clips: [path],
    message: `${count === 2 ? 'Two files are' : `${count} files are`} called ${fileName(path)}: their names differ only in how accents are stored. Each is a clip; other systems will take them for one.`,
    fix: 'rename one of the two, then scan again',
  };
}

/** Examples told; all are counted. */
const TOLD = 3;

/** Names that differ only in case: a Mac or Windows drive holds one of them. `paths` as walked. */
export function caseTwins(paths: readonly string[]): Issue[] {
  const byFold = new Map<string, string[]>();
  for (const path of paths) {
    const fold = path.normalize('NFC').toLowerCase();
    const twins = byFold.get(fold);
    if (twins) twins.push(path);
    else byFold.set(fold, [path]);
  }
  const twins = [...byFold.values()].filter(
    (each) => new Set(each.map((path) => path.normalize('NFC'))).size > 1,
  );
  if (twins.length === 0) return [];
  const told = twins.slice(0, TOLD).map((each) => each.join(' and '));
  const more = twins.length > TOLD ? `, and ${twins.length - TOLD} more` : '';
  return [
    {
      code: 'scan-case',
      severity: 'warning',
      at: twins[0]![0]!,
      clips: twins.flat(),
      message: `Names that differ only in case: ${told.join('; ')}${more}. A Mac or Windows drive keeps one file of each.`,
      fix: 'rename one of each before the drive is copied',
    },
  ];
}
