/** Issues that somebody looked at and let stand, with the reason: they stay visible, and no longer count. */
import type { Handoff } from './documents/handoff.ts';
import type { IssueKey } from './documents/edit.ts';
import type { Issue } from './documents/issue.ts';

export interface WaivedIssue extends Issue {
  waived: { reason: string; by?: string | undefined; at: string };
}

/** Clip ids where the issue names clips, so that a renamed file keeps its waiver; else the place. */
export function issueKey(handoff: Handoff, issue: Issue): IssueKey {
  const ids = idsByPath(handoff);
  return keyOf(ids, issue);
}

export function sameIssue(a: IssueKey, b: IssueKey): boolean {
  return spelled(a) === spelled(b);
}

export function splitWaived(handoff: Handoff, issues: Issue[]): { open: Issue[]; waived: WaivedIssue[] } {
  const waivers = new Map((handoff.waivers ?? []).map((waiver) => [spelled(waiver.issue), waiver]));
  if (waivers.size === 0) return { open: issues, waived: [] };
  const ids = idsByPath(handoff);
  const [open, waived]: [Issue[], WaivedIssue[]] = [[], []];
  for (const issue of issues) {
    const waiver = waivers.get(spelled(keyOf(ids, issue)));
    if (!waiver) open.push(issue);
    else
      waived.push({
        ...issue,
        waived: { reason: waiver.reason, at: waiver.at, ...(waiver.by ? { by: waiver.by } : {}) },
      });
  }
  return { open, waived };
}

function idsByPath(handoff: Handoff): Map<string, string> {
  return new Map(handoff.clips.map((clip) => [clip.path, clip.id]));
}

function keyOf(ids: Map<string, string>, issue: Issue): IssueKey {
  const clips = [...new Set(issue.clips.map((path) => ids.get(path) ?? path))].sort();
  return clips.length > 0 ? { code: issue.code, clips } : { code: issue.code, clips, at: issue.at };
}

function spelled({ code, clips, at }: IssueKey): string {
  return JSON.stringify(clips.length > 0 ? [code, clips] : [code, at ?? '']);
}
