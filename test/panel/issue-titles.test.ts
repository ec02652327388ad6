/** What groups of issues are called. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Issue } from '../../manifest/documents/issue.ts';
import { issueTitle, TITLES } from '../../panel/issue-titles.ts';
import { issueRows } from '../../panel/issue-rows.ts';
import { whole } from '../../panel/parts.ts';

const docs = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8');

it('every code that has a title of its own is one the documentation knows, and no two share a title', () => {
  // The family of sync verdicts stands there as one.
  const known = (code: string) => docs.includes(`\`${code.replace(/^unsynced-.*/, 'unsynced')}`);
  expect([...TITLES.keys()].filter((code) => !known(code))).toEqual([]);
  expect(new Set(TITLES.values()).size).toBe(TITLES.size);
});

it('a code without one is its own words, also one an object would know', () => {
  expect([issueTitle('version-twice'), issueTitle('constructor')]).toEqual(['Version twice', 'Constructor']);
});

it('a group is found by its title and by its code', () => {
  const issue: Issue = { severity: 'warning', at: 'x', clips: [], message: 'm', code: 'log-clip-no-row' };
  const found = (filter: string) => whole(issueRows([issue], { toggled: {}, filter })).length;
  expect([found('delivered'), found('log-clip-no-row'), found('nothing')]).toEqual([2, 2, 0]);
});
