/** The plain text a person can send with a fault, for `baton doctor` and the panel alike: what was found, and nothing that names a file, a place or a person. */
import { redact } from './redact.ts';

export interface Finding {
  what: string;
  /** In Baton's own words; or another program's, which may name anything. */
  found: string | { theirs: string };
}

export interface DiagnosisPart {
  title: string;
  findings: Finding[];
}

export interface Diagnosis {
  parts: { title: string; findings: { what: string; found: string }[] }[];
  /** What a person should do about it; empty where all is well. */
  advice: string[];
  text: string;
}

/** `names` go out of other programs' words, longest first (longestFirst); Baton's own hold none. */
export function diagnosis(
  parts: readonly DiagnosisPart[],
  advice: readonly string[],
  names: readonly string[],
): Diagnosis {
  const plain = parts.map(({ title, findings }) => ({
    title,
    findings: findings.map(({ what, found }) => ({
      what,
      found: typeof found === 'string' ? found : redact(found.theirs, names),
    })),
  }));
  const lines = plain.flatMap(({ title, findings }) => [
    title,
    ...findings.map(({ what, found }) => `  ${what}: ${found}`),
  ]);
  const told = advice.map((each) => `! ${each}`);
  return { parts: plain, advice: [...advice], text: `${[...lines, ...told].join('\n')}\n` };
}
