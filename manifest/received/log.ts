/** What log sheets expect: the clips each row speaks of, and rows whose clips did not come. */
import { logMatch } from '../checks/log-match.ts';
import { logMedia } from '../checks/log-media.ts';
import type { Handoff, LogEntry } from '../documents/handoff.ts';
import { comparable, takeLabel } from '../identity.ts';
import type { Expectation, ReceivedItem } from '../received.ts';

export interface LoggedClip {
  expected: Expectation[];
  /** A row that fits another recording than the one that came. */
  other?: { code: string; reason: string };
  /** A take that a log of takes does not name. */
  extra: boolean;
}

const fromRow = ({ sheet, row }: LogEntry): Expectation => ({ by: 'log', from: `${sheet} row ${row}` });

export function loggedRows(handoff: Handoff): { byClip: Map<string, LoggedClip>; missing: ReceivedItem[] } {
  const byClip = new Map<string, LoggedClip>();
  const missing = new Map<string, ReceivedItem>();
  for (const entry of handoff.log.entries) {
    if (entry.about === 'comment' || entry.about === 'nothing') continue;
    for (const id of entry.clips) loggedIn(byClip, id).expected.push(fromRow(entry));
    if (entry.clips.length === 0) addMissing(missing, entry);
  }
  const ids = new Map<string, string[]>();
  for (const { id, path } of handoff.clips) ids.set(path, [...(ids.get(path) ?? []), id]);
  for (const { code, clips, message } of logMedia.run(handoff, {}))
    for (const id of ids.get(clips[0] ?? '') ?? [])
      loggedIn(byClip, id).other ??= { code, reason: `is not as logged: ${message.replace(/\.$/, '')}` };
  for (const { code, clips } of logMatch.run(handoff, {}))
    if (code === 'log-clip-no-row')
      for (const id of clips.flatMap((path) => ids.get(path) ?? [])) loggedIn(byClip, id).extra = true;
  return { byClip, missing: [...missing.values()] };
}

function loggedIn(byClip: Map<string, LoggedClip>, id: string): LoggedClip {
  const known = byClip.get(id) ?? { expected: [], extra: false };
  byClip.set(id, known);
  return known;
}

/** Script, camera and sound write a row each of one take: what did not come is missing once. */
function addMissing(missing: Map<string, ReceivedItem>, entry: LogEntry): void {
  const { file, soundFile, take, soundKind, about, camera } = entry;
  if (!file && !soundFile && !take && soundKind !== 'wild') return;
  const label = takeLabel(entry) || soundKind || '';
  const name = file ?? soundFile;
  const key = name
    ? name.toLowerCase()
    : JSON.stringify([
        comparable(entry.scene ?? entry.setup),
        comparable(take),
        about ?? '',
        comparable(camera),
      ]);
  const known = missing.get(key);
  if (known) known.expected.push(fromRow(entry));
  else
    missing.set(key, {
      path: name ?? `take ${label}`,
      expected: [fromRow(entry)],
      code: 'log-row-no-clip',
      reason: 'did not come',
    });
}
