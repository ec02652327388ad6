/** The path behind a `pathurl`, as the system it comes from writes it. */

/**
 * Absolute path of a file URL: POSIX, a Windows drive (`C:\…`) or a share (`\\server\share\…`). Null where the text is neither a
 * file URL nor an absolute path. Escapes that are broken stay as they stand.
 */
export function pathOf(url: string): string | null {
  const match = /^file:(?:\/\/([^/\\]*))?([/\\].*)$/is.exec(url);
  if (!match) return plain(url);
  const host = decoded(match[1] ?? '');
  const path = decoded(match[2]!);
  const drive = /^[/\\]+([A-Za-z])[:|]([/\\].*)?$/s.exec(path);
  if (drive) return windows(`${drive[1]}:${drive[2] ?? '/'}`);
  if (/^[A-Za-z]:$/.test(host)) return windows(`${host}${path}`);
  if (host !== '' && host.toLowerCase() !== 'localhost' && host !== '.') return windows(`//${host}${path}`);
  // Two slashes after the host are a share; no file system has a root of that name.
  return /^\/\/+[^/]/.test(path) ? windows(path.replace(/^\/+/, '//')) : path;
}

/** A path that somebody put where a URL belongs. */
function plain(text: string): string | null {
  if (/^[A-Za-z]:[/\\]/.test(text) || text.startsWith('\\\\')) return windows(text);
  return text.startsWith('/') ? decoded(text) : null;
}

function windows(path: string): string {
  return path.replace(/\//g, '\\');
}

/** Percent escapes as UTF-8; one that is broken leaves its part of the path as it stands. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return text
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('/');
}
