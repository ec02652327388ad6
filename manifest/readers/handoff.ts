/** Reads handoff.json: the one door through which a manifest enters. Every problem is named with its place and a fix. */
import { HandoffSchema, type Handoff } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import { soundTest } from '../documents/sound.ts';
import { upgrade } from '../versions.ts';
import { giveIds } from './handoff/given.ts';
import type { Reader } from './reader.ts';

const isSound = soundTest(HandoffSchema);

/** Reported problems stop here: a file with 50,000 of the same mistake says it a hundred times at most. */
const MOST_ISSUES = 100;

function problem(code: string, at: string, message: string, fix?: string): Issue {
  return { code, severity: 'error', at, clips: [], message, ...(fix ? { fix } : {}) };
}

/** The manifest, or null with the reasons. `text` may begin with a byte-order mark. */
export function parseHandoff(text: string): { value: Handoff | null; issues: Issue[] } {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''), mayHoldProto(text) ? dropProto : undefined);
  } catch (error) {
    return { value: null, issues: [notJson(text, error as Error)] };
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || !('version' in raw || 'clips' in raw))
    return {
      value: null,
      issues: [
        problem(
          'manifest-not-handoff',
          'handoff.json',
          'This JSON is not a handoff manifest: it has neither "version" nor "clips".',
          'make one with: baton scan FOLDER',
        ),
      ],
    };
  const lifted = upgrade(raw as Record<string, unknown>);
  if (!lifted.ok)
    return {
      value: null,
      issues: [
        problem(
          'manifest-version',
          'version',
          `This manifest cannot be read: ${lifted.message}.`,
          lifted.fix,
        ),
      ],
    };
  const given = giveIds(lifted.document);
  const read = isSound(lifted.document)
    ? { success: true as const, data: lifted.document as unknown as Handoff }
    : HandoffSchema.safeParse(lifted.document);
  if (!read.success) return { value: null, issues: schemaIssues(read.error.issues, raw) };
  const doubled = duplicateIds(read.data);
  return { value: doubled.length > 0 ? null : read.data, issues: [...doubled, ...given] };
}

/** A reviver doubles the time of a large file, so it runs only where the word can be there at all. */
function mayHoldProto(text: string): boolean {
  return text.includes('__proto__') || /\\u005f/i.test(text);
}

/** `__proto__` as a key is never a field of ours; left in, it could pass for a prototype further on. */
function dropProto(this: unknown, key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function notJson(text: string, error: Error): Issue {
  const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? NaN);
  const before = Number.isNaN(offset) ? '' : text.slice(0, offset);
  const line = before.split('\n').length;
  const at = Number.isNaN(offset)
    ? 'handoff.json'
    : `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
  return problem(
    'manifest-not-json',
    at,
    text.trim() === ''
      ? 'The manifest is empty.'
      : `The manifest is not JSON: ${error.message.replace(/\s+/g, ' ').slice(0, 200)}.`,
    'where Baton wrote it, the revision before it stands in the .baton folder beside it; or make it again with: baton scan FOLDER',
  );
}

interface SchemaIssue {
  path: PropertyKey[];
  message: string;
}

function schemaIssues(found: readonly SchemaIssue[], raw: unknown): Issue[] {
  const issues = found.slice(0, MOST_ISSUES).map((issue) => {
    const at = placeOf(issue.path, raw);
    return problem('manifest-invalid', at, `${at}: ${issue.message}.`);
  });
  if (found.length > MOST_ISSUES)
    issues.push(
      problem('manifest-invalid', 'handoff.json', `And ${found.length - MOST_ISSUES} more like these.`),
    );
  return issues;
}

/** `clips[12].tech.startTc (A004C007.mov)`: the place in the file, and the clip it belongs to where there is one. */
function placeOf(path: PropertyKey[], raw: unknown): string {
  const place = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
  const clips = (raw as { clips?: unknown }).clips;
  if (path[0] !== 'clips' || typeof path[1] !== 'number' || !Array.isArray(clips))
    return place || 'handoff.json';
  const name: unknown = clips[path[1]]?.path;
  return typeof name === 'string' ? `${place} (${name.slice(0, 200)})` : place;
}

function duplicateIds(handoff: Handoff): Issue[] {
  const issues: Issue[] = [];
  const once = (things: { id: string; path?: string }[], name: string) => {
    const first = new Map<string, number>();
    things.forEach((thing, index) => {
      const earlier = first.get(thing.id);
      if (earlier === undefined) first.set(thing.id, index);
      else
        issues.push({
          ...problem(
            'manifest-duplicate-id',
            `${name}[${index}]`,
            `${name}[${index}] has the id "${thing.id}", which ${name}[${earlier}] has already; an id is given once.`,
            `take ${name}[${index}] out and run baton scan again: it gives a new id`,
          ),
          clips: name === 'clips' ? [things[earlier]!.path!, thing.path!] : [],
        });
    });
  };
  once(handoff.clips, 'clips');
  once(handoff.log.entries, 'log.entries');
  return issues;
}

export const handoffReader: Reader<Handoff | null> = {
  id: 'handoff',
  label: 'Handoff manifest',
  suffixes: ['json'],
  reads: 'handoff',
  looksLike: (text) => /^\s*\{[^]*"kind"\s*:\s*"handoff"/.test(text.slice(0, 4096)),
  read: parseHandoff,
};
