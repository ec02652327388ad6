/** The absolute path behind a media URL: a file URL, or the bare path that Resolve writes. */
import { isAbsolute } from '../../cutsource.ts';

/** Null where it is no absolute path on any machine: a relative path, a web address. */
export function pathOf(url: string): string | null {
  const file = /^file:(?:\/\/([^/]*))?(\/.*)?$/is.exec(url);
  if (!file) return isAbsolute(url) ? url : null;
  const host = decoded(file[1] ?? '');
  const path = decoded(file[2] ?? '');
  const drive = /^\/([A-Za-z]:)\/?(.*)$/s.exec(path);
  if (drive) return `${drive[1]}\\${drive[2]!.replace(/\//g, '\\')}`;
  if (host !== '' && host.toLowerCase() !== 'localhost') return `\\\\${host}${path.replace(/\//g, '\\')}`;
  return path === '' ? null : path;
}

/** The last part of a path or URL, decoded. */
export function baseName(url: string): string {
  const last = /([^/\\]*)[/\\]*$/.exec(url)?.[1] ?? '';
  return /^[a-z]{2,}:/i.test(url) ? decoded(last) : last;
}

/** Percent signs that encode nothing stay as they are: many programs write paths unencoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
