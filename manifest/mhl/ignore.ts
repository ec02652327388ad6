/**
 * The ignore patterns of an ASC MHL: a careful part of gitignore's. What a pattern of another kind (`!`, `[…]`) would hide is
 * not hidden: a file too many is told rather than one too few. Time grows with pattern × path, whatever a pattern holds.
 */

/** Whether a file at this path (with `/`) is passed over by one of the patterns. */
export function ignores(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.flatMap((pattern) => parse(pattern) ?? []);
  return (path) => {
    const parts = path.split('/');
    return rules.some((rule) => matches(rule, parts));
  };
}

interface Rule {
  parts: string[];
  /** Stands for folders only: `ascmhl/`. */
  foldersOnly: boolean;
}

function parse(pattern: string): Rule | null {
  const text = pattern.trim();
  if (text === '' || /^[#!]|[[\\]/.test(text) || text.length > 1024) return null;
  const foldersOnly = text.endsWith('/');
  const inner = text.replace(/^\//, '').replace(/\/+$/, '');
  if (inner === '') return null;
  // Without a slash in it, a pattern speaks of a name at any depth.
  const anchored = text.slice(0, foldersOnly ? -1 : undefined).includes('/');
  const parts = inner.split('/').filter((part) => part !== '');
  return { parts: anchored ? parts : ['**', ...parts], foldersOnly };
}

/** The pattern stands for the file or for any folder above it. */
function matches({ parts, foldersOnly }: Rule, path: string[]): boolean {
  for (let length = 1; length <= path.length - (foldersOnly ? 1 : 0); length++)
    if (matchParts(parts, path.slice(0, length))) return true;
  return false;
}

/** `**` stands for any number of parts: the greedy way, going back to the last of them only. */
function matchParts(pattern: string[], path: string[]): boolean {
  return greedy(
    pattern.length,
    path.length,
    (at) => pattern[at] === '**',
    (at, index) => matchName(pattern[at]!, path[index]!),
  );
}

function matchName(pattern: string, name: string): boolean {
  return greedy(
    pattern.length,
    name.length,
    (at) => pattern[at] === '*',
    (at, index) => pattern[at] === '?' || pattern[at] === name[index],
  );
}

function greedy(
  patterns: number,
  length: number,
  isStar: (at: number) => boolean,
  fits: (at: number, index: number) => boolean,
): boolean {
  let [at, index, star, from] = [0, 0, -1, 0];
  while (index < length) {
    if (at < patterns && isStar(at)) [star, from] = [at++, index];
    else if (at < patterns && fits(at, index)) [at, index] = [at + 1, index + 1];
    else if (star >= 0) [at, index] = [star + 1, ++from];
    else return false;
  }
  while (at < patterns && isStar(at)) at++;
  return at === patterns;
}
