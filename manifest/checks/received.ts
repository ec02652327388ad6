/** Files that a list or an earlier scan expects, and that did not come, came otherwise, or lie elsewhere; one issue for each cause. */
import type { Issue, Severity } from '../documents/issue.ts';
import { received, type ReceivedItem, type ReceivedWord } from '../received.ts';
import type { Check } from './check.ts';

interface Told {
  code: string;
  word: ReceivedWord;
  severity: Severity;
  /** After how many there are. */
  what(count: number): string;
  fix: string;
}

const be = (count: number) => (count === 1 ? 'is' : 'are');

/** What no other check tells. */
const TOLD: Told[] = [
  {
    code: 'received-missing',
    word: 'missing',
    severity: 'error',
    what: (count) => `${be(count)} not on the drive`,
    fix: 'copy them again from the camera original; prove the copy with baton verify',
  },
  {
    code: 'received-substituted',
    word: 'substituted',
    severity: 'error',
    what: (count) => `${be(count)} of another size than the list says`,
    fix: 'compare with the original; prove the copy with baton verify',
  },
  {
    code: 'media-replaced',
    word: 'substituted',
    severity: 'warning',
    what: (count) => `${be(count)} another recording than at the scan before, under the same name`,
    fix: 'see whether the new file was meant; notes and marks of the old one stand on it now',
  },
  {
    code: 'received-moved',
    word: 'present',
    severity: 'note',
    what: (count) => `${count === 1 ? 'lies' : 'lie'} elsewhere than its list says, by name and size`,
    fix: 'prove that they are the same with baton verify',
  },
  {
    code: 'received-extra',
    word: 'extra',
    severity: 'note',
    what: (count) => `${be(count)} in a folder with a list that does not name ${count === 1 ? 'it' : 'them'}`,
    fix: 'ask where they came from; baton verify --write takes them into a new list',
  },
  {
    code: 'received-new',
    word: 'extra',
    severity: 'warning',
    what: (count) => `${be(count)} on the drive and not in the manifest`,
    fix: 'scan again',
  },
];

/** Paths told in a sentence; `clips` holds all. */
const NAMED = 5;

export const receivedCheck: Check = {
  id: 'received',
  title: 'What came is what was sent',
  why: 'A list made on set knows what was shot; a drive only knows what was copied.',
  needs: [],
  run(handoff, facts) {
    const answer = received(handoff, facts);
    const issues = TOLD.flatMap((told) => {
      const items = answer[told.word].filter((item) => item.code === told.code);
      return bySource(items).map(([source, group]) => issueOf(told, source, group));
    });
    return [...issues, ...(facts.drive?.issues ?? [])];
  },
};

/** By the list that expects them, and by root. */
function bySource(items: ReceivedItem[]): [string, ReceivedItem[]][] {
  const groups = new Map<string, ReceivedItem[]>();
  for (const item of items) {
    const list = item.expected.find((each) => each.by === 'mhl');
    const key = list?.from ?? '';
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups];
}

function issueOf({ code, severity, what, fix }: Told, source: string, items: ReceivedItem[]): Issue {
  const count = items.length;
  const files = `${count} file${count === 1 ? '' : 's'}`;
  const named = source === '' ? files : `${files} that ${source} names`;
  const told = items
    .slice(0, NAMED)
    .map(({ path, reason }) => (count === 1 && reason ? `${path} ${reason}` : path));
  const more = count > NAMED ? ` and ${count - NAMED} more` : '';
  return {
    code,
    severity,
    at: source || items[0]!.path,
    clips: items.map((item) => item.path),
    message: `${named} ${what(count)}: ${told.join(', ')}${more}.`,
    fix,
  };
}
