/** `--root NAME=PATH` and the manifest, as every command that needs media reads them. */
import { resolve } from 'node:path';
import type { OpenedHandoff } from '../bridge/desk.ts';
import { openHandoff } from '../bridge/local/desk.ts';
import type { Handoff } from '../manifest/documents/handoff.ts';
import type { Issue } from '../manifest/documents/issue.ts';
import { CannotDo, type CommandOption, type Output } from './command.ts';

export const ROOT_OPTION: CommandOption = {
  type: 'string',
  multiple: true,
  value: 'NAME=PATH',
  help: 'where a named root lies on this machine (repeatable)',
};

export function readRootOptions(given: unknown): Record<string, string> {
  const roots: Record<string, string> = {};
  for (const text of (given ?? []) as string[]) {
    const match = /^([^=]+)=(.+)$/s.exec(text);
    if (!match)
      throw new CannotDo(`--root wants NAME=PATH, as in --root SOUND=/Volumes/SOUND; it was given "${text}"`);
    roots[match[1]!] = resolve(match[2]!);
  }
  return roots;
}

/** One line for an issue: what, where, what to do. */
export function issueLine(issue: Issue): string {
  return `${issue.severity.padEnd(7)}  ${issue.message}${issue.fix ? `\n         ${issue.fix}` : ''}`;
}

export type Opened = OpenedHandoff & { handoff: Handoff };

/** The manifest, or a CannotDo with everything that is wrong with it; lesser issues go to stderr. */
export async function openOrExplain(manifest: string, roots: unknown, output: Output): Promise<Opened> {
  const opened = await openHandoff(manifest, readRootOptions(roots));
  const { handoff } = opened;
  if (!handoff) {
    const [first, ...more] = opened.issues;
    const others = more.length > 0 ? ` And ${more.length} more like it.` : '';
    const where = first!.message.includes(opened.path) ? '' : `${opened.path}: `;
    throw new CannotDo(`${where}${first!.message}${first!.fix ? ` (${first!.fix})` : ''}${others}`);
  }
  for (const issue of opened.issues) output.warn(issueLine(issue));
  return { ...opened, handoff };
}
