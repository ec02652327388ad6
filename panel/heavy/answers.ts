/** What takes long at many clips, as pure answers: in the panel's other thread where there is one, else in turns in its own. */
import type { OpenedHandoff } from '../../bridge/desk.ts';
import type { BinPolicy } from '../../manifest/bins.ts';
import { handoffHash } from '../../manifest/canonical.ts';
import { checkInParts } from '../../manifest/check.ts';
import { CHECKS } from '../../manifest/checks/index.ts';
import type { Issue } from '../../manifest/documents/issue.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Flag } from '../../manifest/plan/flags.ts';
import type { ProjectSnapshot } from '../../manifest/documents/snapshot.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { plan } from '../../manifest/plan.ts';
import { sync } from '../../manifest/sync.ts';
import { splitWaived, type WaivedIssue } from '../../manifest/waivers.ts';

/** How far something is: parts done of all, and which is next. */
export interface Far {
  doing: string;
  done: number;
  total: number;
}

/** What follows from a manifest alone. */
export interface Judged {
  hash: string;
  issues: Issue[];
  waived: WaivedIssue[];
  verdicts: SyncVerdict[];
}

/** Each check, then timecode, then the hash; says before each what it is at. `opened.handoff` is there. */
export function* judge(opened: OpenedHandoff): Generator<Far, Judged> {
  const handoff = opened.handoff!;
  const many = handoff.clips.length.toLocaleString('en-GB');
  const total = CHECKS.length + 2;
  const checking = checkInParts(handoff, opened.facts);
  let part = checking.next();
  for (let done = 1; !part.done; done++, part = checking.next())
    yield { doing: `Checking ${many} clips`, done, total };
  const { open, waived } = splitWaived(handoff, [...opened.issues, ...part.value]);
  yield { doing: 'Comparing timecode', done: total - 2, total };
  const verdicts = sync(handoff);
  yield { doing: 'Hashing the delivery', done: total - 1, total };
  return { hash: handoffHash(handoff), issues: open, waived, verdicts };
}

export interface PlanAsked {
  project: ProjectSnapshot;
  policy: BinPolicy;
  /** How unsynced clips are shown; what was chosen for the handoff where absent. */
  flags?: readonly Flag[];
  /** Suffixes the editor can import. */
  importable: string[];
}

export function planned(opened: OpenedHandoff, asked: PlanAsked): Plan {
  const { project, policy, importable, flags = opened.choices?.flags } = asked;
  return plan(opened.handoff!, project, {
    roots: opened.roots,
    importable,
    policy,
    ...(flags ? { flags } : {}),
    fileOf: (clip) => opened.files[clip.id],
  });
}

/** What is asked across the threads, in JSON's terms; `judge` also leaves the manifest there for what follows. */
export type Question =
  | { ask: 'judge'; opened: OpenedHandoff }
  | { ask: 'plan'; asked: PlanAsked }
  | { ask: 'parse'; text: string };
