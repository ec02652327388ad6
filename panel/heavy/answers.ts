/**
 * What takes long at many clips, as pure answers. They are not in the panel's own script: it asks them of its other thread, or, where it
 * gets none, loads the same file beside it (thread.ts).
 */
import type { CutRequest, OpenedHandoff } from '../../bridge/desk.ts';
import { renderCut } from '../../bridge/cut-texts.ts';
import type { BinPolicy } from '../../manifest/bins.ts';
import { handoffHash } from '../../manifest/canonical.ts';
import { compareCuts, type Comparable } from '../../manifest/changes.ts';
import { checkInParts } from '../../manifest/check.ts';
import { CHECKS } from '../../manifest/checks/index.ts';
import { cutList } from '../../manifest/cutlist.ts';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import type { Issue, Loss } from '../../manifest/documents/issue.ts';
import type { Plan } from '../../manifest/documents/plan.ts';
import type { Flag } from '../../manifest/plan/flags.ts';
import type { ProjectSnapshot, SequenceSnapshot } from '../../manifest/documents/snapshot.ts';
import type { SyncVerdict } from '../../manifest/documents/sync.ts';
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import { EXPORTS } from '../../manifest/exports/index.ts';
import { newsFor, type News } from '../../manifest/news.ts';
import { plan } from '../../manifest/plan.ts';
import { interrupted, revertable, revertPlan, type ImportedItems } from '../../manifest/revert.ts';
import { sync } from '../../manifest/sync.ts';
import { splitWaived, type WaivedIssue } from '../../manifest/waivers.ts';
import { comparison, type Comparison } from './comparison.ts';
import { placelessNotes } from '../marker-rows.ts';

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
  /** Notes that have no place in any clip and were not let stand so. */
  placeless: number;
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
  const placeless = placelessNotes(handoff, waived);
  return { hash: handoffHash(handoff), issues: open, waived, verdicts, placeless };
}

interface PlanAsked {
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

/** A plan, and what the history says of imports into its project. Receipts by id: the page has them. */
export interface Planned {
  plan: Plan;
  /** Oldest first. */
  revertable: string[];
  interrupted: string | null;
  news: News | null;
}

function plannedWithHistory(opened: OpenedHandoff, asked: PlanAsked): Planned {
  const handoff = opened.handoff!;
  const { id } = asked.project.project;
  const made = planned(opened, asked);
  return {
    plan: made,
    revertable: revertable(handoff, id).map((receipt) => receipt.id),
    interrupted: interrupted(handoff, id, made)?.id ?? null,
    news: newsFor(handoff, id),
  };
}

export interface RevertAsked {
  /** Ids, oldest first. */
  receipts: string[];
  project: ProjectSnapshot;
  imported: ImportedItems;
}

function plannedRevert(opened: OpenedHandoff, { receipts, project, imported }: RevertAsked): Plan {
  const all = revertable(opened.handoff!, project.project.id);
  const asked = all.filter(({ id }) => receipts.includes(id));
  return revertPlan(asked, project, { imported });
}

interface ForecastAsked {
  cut: CutList;
  formats: readonly string[];
  options: CutRequest['options'];
}

/** What a format would not carry. */
export interface FormatForecast {
  format: string;
  label: string;
  /** Why it would write nothing; '' = it would. */
  refused: string;
  losses: Loss[];
}

/** Of each format that would lose or refuse something: made in memory, written nowhere. */
export function forecast(
  { handoff, roots }: Pick<OpenedHandoff, 'handoff' | 'roots'>,
  { cut, formats, options }: ForecastAsked,
): FormatForecast[] {
  return formats.flatMap((format): FormatForecast[] => {
    const label = EXPORTS.find((each) => each.id === format)?.label ?? format;
    const request = { cutList: cut, formats: [format], lock: false, losses: [] };
    const made = renderCut(request, { ...DEFAULT_OPTIONS, ...options, handoff: handoff!, roots });
    const refused = made.refused[0]?.message ?? '';
    return refused === '' && made.losses.length === 0
      ? []
      : [{ format, label, refused, losses: made.losses }];
  });
}

/** A format the cut can be written as. */
export interface FormatName {
  id: string;
  label: string;
}

/** What is asked across the threads, in JSON's terms. All but the last four are about the handoff that was held last. */
export type Question =
  | { ask: 'judge' }
  | { ask: 'plan'; asked: PlanAsked }
  | { ask: 'revert'; asked: RevertAsked }
  | { ask: 'cut'; sequence: SequenceSnapshot }
  | { ask: 'forecast'; asked: ForecastAsked }
  | { ask: 'compare'; before: Comparable; after: Comparable }
  | { ask: 'formats' }
  | { ask: 'parse'; text: string };

/** One answer each. */
export interface Answered {
  judge: Judged;
  plan: Planned;
  revert: Plan;
  cut: { value: CutList; losses: Loss[] };
  forecast: FormatForecast[];
  compare: Comparison;
  formats: FormatName[];
  parse: unknown;
}

/** Says now and then how far it is. `held` is there for what is about it. */
export function* answer(question: Question, held: OpenedHandoff | null): Generator<Far, unknown> {
  switch (question.ask) {
    case 'judge':
      return yield* judge(held!);
    case 'plan':
      return plannedWithHistory(held!, question.asked);
    case 'revert':
      return plannedRevert(held!, question.asked);
    case 'cut':
      return cutList(question.sequence, held!.handoff!, held!.roots);
    case 'forecast':
      return forecast(held!, question.asked);
    case 'compare':
      return comparison(compareCuts(question.before, question.after));
    case 'formats':
      return EXPORTS.map(({ id, label }): FormatName => ({ id, label }));
    case 'parse':
      return JSON.parse(question.text) as unknown;
  }
}
