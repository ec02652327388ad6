/** Paths in media hash lists, brought to the manifest's form; those that lead out of their folder are refused. */
import { pathProblem } from '../documents/paths.ts';

export interface ListPath {
  /** Relative, `/`, NFC. */
  path: string;
  /** As the list spells it, where that is not NFC. */
  spelled?: string;
}

/**
 * `backslashes`: legacy lists came from Windows too, and there `\` parts folders; in an ASC list it is a letter of a name.
 * A leading `./` is dropped.
 */
export function listPath(text: string, backslashes: boolean): ListPath | { problem: string } {
  const trimmed = text.trim().replace(/^(\.[\\/])+/, '');
  // Asked before `\` becomes `/`, because `\\server` and `C:\` say what they are only then.
  const problem = trimmed.length > 4096 ? 'a path has more than 4096 characters' : pathProblem(trimmed);
  if (problem) return { problem };
  if (!backslashes || !trimmed.includes('\\')) return composed(trimmed);
  const spelled = trimmed.split('\\').join('/');
  const after = pathProblem(spelled);
  return after ? { problem: after } : composed(spelled);
}

const ASCII = /^[ -~]*$/;

function composed(spelled: string): ListPath {
  // Nearly all names are plain, and these have one form only.
  const path = ASCII.test(spelled) ? spelled : spelled.normalize('NFC');
  return path === spelled ? { path } : { path, spelled };
}
