/** Names against the patterns the production set for itself. Says nothing where it set none. */
import type { Clip, Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { fileName } from '../documents/paths.ts';
import { bareName } from '../patterns/clip.ts';
import { namedAs, patternFault, patternsFor, productionNaming, type Naming } from '../patterns/defaults.ts';
import { match, type Match } from '../patterns/match.ts';
import { clipAt, type Check } from './check.ts';

export const naming: Check = {
  id: 'naming',
  title: 'Names follow the production’s own patterns',
  why: 'Post was told how files are named; what is named otherwise is found by nobody’s search and no conform.',
  needs: [],
  run(handoff) {
    const { naming: patterns, faults } = productionNaming(handoff);
    const broken = faults.map((fault): Issue => ({
      code: 'naming-pattern',
      severity: 'error',
      at: 'naming',
      clips: [],
      message: `${capital(patternFault(fault))}.`,
      fix: 'mend it with baton scan --pattern; docs/names.md has the fields',
    }));
    return [...broken, ...handoff.clips.flatMap((clip) => issueOf(handoff, clip, patterns))];
  },
};

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

function issueOf(handoff: Handoff, clip: Clip, set: Naming[]): Issue[] {
  const patterns = patternsFor(set, namedAs(clip));
  const tried = patterns.map((pattern) => ({ pattern, read: match(pattern, bareName(clip)) }));
  if (tried.length === 0 || tried.some(({ read }) => read.ok)) return [];
  // The one it follows furthest is the one that was meant.
  const nearest = tried.reduce((best, each) => (columnOf(each.read) > columnOf(best.read) ? each : best));
  const { read } = nearest;
  const where = !read.ok && read.why === 'no-match' ? ` from letter ${read.column} on` : '';
  const message = `${clip.path} does not follow ${nearest.pattern.text}${where}: ${read.ok ? '' : read.message}.`;
  const fix = `baton rename proposes a name for ${fileName(clip.path)}`;
  return [
    { code: 'naming', severity: 'warning', at: clipAt(handoff, clip), clips: [clip.path], message, fix },
  ];
}

function columnOf(read: Match): number {
  if (read.ok) return Infinity;
  return read.why === 'no-match' ? read.column : Infinity;
}
