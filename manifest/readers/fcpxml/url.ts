/** Where a media URL points: an absolute path of macOS, Windows or a share, or nothing that a path can be made of. */

/**
 * `file:///Volumes/a.mov` → `/Volumes/a.mov`, `file:///C:/a.mov` → `C:\a.mov`, `file://server/share/a.mov` →
 * `\\server\share\a.mov`; `localhost` is this machine. Null for relative and foreign URLs and for paths that hold a NUL.
 */
export function pathOfUrl(url: string): string | null {
  const match = /^file:(?:\/\/([^/\\]*))?([/\\].*)$/is.exec(url.trim());
  if (!match) return null;
  const [host, path] = [decoded(match[1] ?? ''), decoded(match[2]!)];
  if (path.includes('\0') || host.includes('\0')) return null;
  const drive = /^[/\\]([A-Za-z])[:|]([/\\].*)$/s.exec(path);
  if (drive) return `${drive[1]}:${drive[2]!.replace(/\//g, '\\')}`;
  if (host === '' || host.toLowerCase() === 'localhost') {
    // file:////server/share, as some programs write a share.
    const share = /^\/\/+([^/].*)$/s.exec(path);
    return share ? `\\\\${share[1]!.replace(/\//g, '\\')}` : path;
  }
  return `\\\\${host}${path.replace(/\//g, '\\')}`;
}

/** The last part of a URL's path, decoded. */
export function fileOfUrl(url: string): string {
  return decoded(url.replace(/[?#].*$/s, '').replace(/^.*[/\\]/s, ''));
}

/** Percent-decoded; a `%` that begins no UTF-8 character stays as it is. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}
