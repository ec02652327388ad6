/** Paths as the manifest keeps them: relative to a named root, `/` between parts, Unicode NFC, never outside the root. */

/** Why a path may not stand in a manifest; null where it may. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'a path is empty';
  if (path.includes('\0')) return `path ${JSON.stringify(path)} holds a NUL character`;
  if (/^[/\\]/.test(path) || /^[A-Za-z]:[/\\]/.test(path))
    return `path "${path}" is absolute; a path is relative to its root`;
  // `\\` is a letter of a name on some systems and a separator on Windows, where it must not lead out either.
  if (path.split(/[\\/]/).some((part) => part === '..')) return `path "${path}" leaves its root`;
  if (path.split('/').some((part) => part === '' || part === '.'))
    return `path "${path}" has an empty or "." part`;
  return null;
}

/** A relative path in the manifest's form. The system's separator is given, because `\` is a legal name character on macOS and Linux. */
export function toManifestPath(path: string, separator: '/' | '\\' = '/'): string {
  return path.split(separator).join('/').normalize('NFC');
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The suffix without its dot, lower case; '' where there is none. */
export function suffix(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The file name without its suffix. */
export function stem(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

/**
 * An absolute path in a form two programs can be compared by: separators, NFC, and case where the file system folds it.
 * Windows paths fold case; others are compared as written.
 */
export function comparablePath(path: string): string {
  const normal = path.normalize('NFC');
  if (/^[A-Za-z]:[\\/]|^\\\\/.test(normal)) return normal.replace(/\\/g, '/').toLowerCase();
  return normal;
}

/** Joins a root's place on this machine and a manifest path, in the root's own separator. */
export function joinRoot(root: string, path: string): string {
  const windows = /^[A-Za-z]:[\\/]|^\\\\/.test(root);
  const base = root.replace(windows ? /[\\/]+$/ : /\/+$/, '');
  return windows ? `${base}\\${path.split('/').join('\\')}` : `${base}/${path}`;
}
