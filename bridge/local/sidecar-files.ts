/** The sidecars of a scan, a few at a time: kept from the last scan where nothing changed, read where it did. */
import type { SidecarFacts } from '../../manifest/cards/sidecars/sidecar.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { KeptFile, ProbeCache } from './probe-cache.ts';
import { readSidecar } from './sidecars.ts';

const AT_ONCE = 16;
/** Said one by one; the rest are counted. */
const TOLD = 20;

/** Facts of those that say something Baton knows. After an abort what was not read is left out; the next scan reads it. */
export async function readSidecars<File extends KeptFile & { file: string }>(
  sidecars: readonly File[],
  cache: ProbeCache,
  signal?: AbortSignal,
): Promise<{ facts: Map<File, SidecarFacts>; issues: Issue[] }> {
  const facts = new Map<File, SidecarFacts>();
  const problems: { path: string; problem: string }[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < sidecars.length; at = next++) {
      if (signal?.aborted) return;
      const sidecar = sidecars[at]!;
      const kept = cache.find(sidecar) as SidecarFacts | undefined;
      if (kept) {
        facts.set(sidecar, kept);
        continue;
      }
      const read = await readSidecar(sidecar.file, sidecar.size);
      // One that says nothing Baton knows is not opened again either.
      if (read === null) cache.keep(sidecar, { tech: {}, witness: {} });
      else if ('problem' in read) problems.push({ path: sidecar.path, problem: read.problem });
      else {
        cache.keep(sidecar, read.facts);
        facts.set(sidecar, read.facts);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, sidecars.length) }, worker));
  problems.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { facts, issues: issuesOf(problems) };
}

function issuesOf(problems: { path: string; problem: string }[]): Issue[] {
  const told = problems.slice(0, TOLD).map(({ path, problem }): Issue => ({
    code: 'scan-sidecar',
    severity: 'warning',
    at: path,
    clips: [],
    message: `The sidecar ${path} was not read: ${problem}. The clip goes without what it says.`,
    fix: 'copy it again from the card',
  }));
  const more = problems.length - TOLD;
  if (more > 0)
    told.push({
      code: 'scan-sidecar',
      severity: 'warning',
      at: problems[TOLD]!.path,
      clips: [],
      message: `${more} more sidecars were not read.`,
    });
  return told;
}
