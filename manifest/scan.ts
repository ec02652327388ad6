/**
 * What a scan found + the manifest as it was → the manifest as it is now. Ids are kept, moved files are followed, edits
 * by hand survive, and nothing once known is lost. Pure: disk, clock and chance stay with the caller.
 */
import type { Clip, Content, Handoff, HistoryRecord, Tech, Witness } from './documents/handoff.ts';
import { emptyHandoff, WitnessSchema } from './documents/handoff.ts';
import { carry } from './carry.ts';
import type { LogSheet } from './documents/log.ts';
import type { Issue } from './documents/issue.ts';
import { stem } from './documents/paths.ts';
import { madeNow, withoutMade, type Made } from './cards/group/made.ts';
import { reunite } from './cards/group/reunite.ts';
import { markDuplicates } from './duplicates.ts';
import { comparable, settle, type Settled } from './identity.ts';
import { logEntries, logWitnesses } from './log/entries.ts';
import type { Matchable } from './log/match.ts';
import { readName } from './names.ts';
import { productionNaming, type Naming } from './patterns/defaults.ts';
import type { ByHand } from './scan/as-read.ts';
import { byHandIssues } from './scan/by-hand.ts';
import { contentNow } from './scan/content.ts';
import { follow, whatItWas, type Followed } from './scan/follow.ts';
import { techNow } from './scan/tech.ts';
import type { Rate } from './time/rate.ts';

/** One clip as it lies on disk now, at its first file. */
export interface FoundFile extends Made {
  root: string;
  /** Manifest form: relative, `/`, NFC. */
  path: string;
  size: number;
  kind: Clip['kind'];
  tech: Tech;
  /** What the media's own metadata says. */
  media: Witness;
  /** What was read of its content; absent where nothing asked for it. */
  content?: Content;
  /** Where the facts are those of an earlier scan: what was read then. */
  asRead?: string;
  problem?: { code: string; message: string };
}

export interface ScanFindings {
  title: string;
  /** Roots that were walked: a clip missing from one of them is gone, a clip of another root was not looked for. */
  roots: string[];
  files: FoundFile[];
  transcripts: { root: string; path: string }[];
  /** Files that are a log sheet or the hand-over note: what was a document once and is one of these now is no clip any more. */
  taken: { root: string; path: string }[];
  /** The sheets read this time; sheets of earlier scans keep their word. */
  sheets: LogSheet[];
  note?: string;
  rate?: Rate;
  /** Patterns for names, given now: they stand for those the manifest had. */
  naming?: string[];
  /** Files that are part, frame or sidecar of a clip, or a card's own, as `root`, line break, path: no clips themselves. */
  held?: ReadonlySet<string>;
  /** Paths that a media hash list names, as `root`, line break, path. */
  listed?: ReadonlySet<string>;
}

export interface ScanChoices {
  /** A fresh id, never given before. */
  newId(): string;
  /** ISO 8601, UTC. */
  at: string;
  /** Hears what could not be told, and what a person changed by hand and stays. */
  say?(issue: Issue): void;
}

export function mergeScan(previous: Handoff | null, findings: ScanFindings, choices: ScanChoices): Handoff {
  const named = withNaming(previous ?? emptyHandoff(findings.title), findings.naming);
  const known = withoutTaken(named, findings);
  const { base, found } = reunite(known, findings);
  const followed = follow(base.clips, found.files, found.roots);
  const [bare, byHand] = foundClips(base, found, followed, choices);
  const rates = new Map(bare.map((clip) => [clip.id, clip.tech.rate]));
  const log = logEntries(
    base.log,
    found.sheets,
    bare.map(matchable),
    (id) => rates.get(id),
    (change) => byHand.push(change),
  );
  for (const issue of [...followed.issues, ...byHandIssues(byHand)]) choices.say?.(issue);
  const said = logWitnesses(log.entries, bare);
  const before = new Map(base.clips.map((clip) => [clip.id, clip]));
  const settled = bare.map((clip) => settleClip(clip, said.get(clip.id), before.get(clip.id)));
  const clips = markDuplicates(settled, { entries: log.entries, ...found });
  const rate = found.rate ?? base.rate;
  const next: Handoff = {
    ...base,
    ...(rate ? { rate } : {}),
    shootDays: shootDays(base.shootDays, clips),
    roots: mergeRoots(base.roots, found.roots),
    clips,
    log,
    transcripts: mergeTranscripts(base.transcripts, found, clips, choices),
    ...(found.note !== undefined && !base.note ? { note: { text: found.note } } : {}),
  };
  return { ...next, history: [...base.history, scanRecord(base, next, followed, choices.at)] };
}

function withNaming(handoff: Handoff, patterns: string[] | undefined): Handoff {
  if (!patterns) return handoff;
  return { ...handoff, naming: { ...handoff.naming, patterns: patterns.map((pattern) => ({ pattern })) } };
}

/** A sheet that was not recognised at an earlier scan lay among the documents; it is the log now, and lost nowhere. */
function withoutTaken(handoff: Handoff, { taken }: ScanFindings): Handoff {
  const paths = new Set(taken.map(({ root, path }) => `${root}\n${path}`));
  const clips = handoff.clips.filter(
    ({ kind, root, path }) => kind !== 'document' || !paths.has(`${root}\n${path}`),
  );
  return clips.length === handoff.clips.length ? handoff : { ...handoff, clips };
}

function matchable(clip: Clip): Matchable {
  const { id, kind, path, witnesses, formerNames } = clip;
  const { log: _log, ...others } = witnesses ?? {};
  const { identity, soundKind } = settle(others);
  return { id, kind, path, identity, soundKind, ...(formerNames ? { formerNames } : {}) };
}

/** Every file found as a clip, with the id it had; then the clips that were not found, so that nothing known is lost. */
function foundClips(
  base: Handoff,
  found: ScanFindings,
  followed: Followed,
  choices: ScanChoices,
): [Clip[], ByHand[]] {
  const byHand: ByHand[] = [];
  const { naming } = productionNaming(base);
  const clips = found.files.map((file) =>
    clipOf(file, followed.clips.get(file), { ...choices, naming }, byHand),
  );
  const kept = new Set(clips.map((clip) => clip.id));
  return [[...clips, ...base.clips.filter((clip) => !kept.has(clip.id))], byHand];
}

function clipOf(
  file: FoundFile,
  known: Clip | undefined,
  choices: ScanChoices & { naming: Naming[] },
  byHand: ByHand[],
): Clip {
  const { root, path, size, kind, media, problem } = file;
  const { problem: _healed, content: _then, ...rest } = known ?? {};
  const before = withoutMade(rest);
  const { tech, asRead, byHand: changed } = techNow(known, file);
  byHand.push(...changed);
  const content = contentNow(known, file);
  return {
    ...before,
    id: known?.id ?? choices.newId(),
    kind: known?.kind ?? kind,
    root,
    path,
    size,
    ...madeNow(known, file),
    tech,
    asRead,
    identity: known?.identity ?? {},
    pick: known?.pick ?? 'unknown',
    soundKind: known?.soundKind ?? 'unknown',
    witnesses: {
      ...known?.witnesses,
      name: carry(known?.witnesses?.name, readName(path, kind, choices.naming), SAID),
      media: carry(known?.witnesses?.media, media, SAID),
    },
    ...(problem ? { problem } : {}),
    ...(content ? { content } : {}),
  };
}

const SAID = Object.keys(WitnessSchema.shape);

/**
 * Settles a clip anew from its witnesses. What differs from what the old witnesses would have settled on was changed by a
 * person, and stays.
 */
export function settleClip(clip: Clip, log: Witness | undefined, before: Clip | undefined): Clip {
  const { log: _old, ...others } = clip.witnesses ?? {};
  const witnesses = log ? { ...others, log: carry(_old, log, SAID) } : others;
  const settled = settle(witnesses);
  const byHand = before ? editsByHand(before, settle(before.witnesses)) : {};
  const { identity, pick, soundKind, broll } = { ...settled, ...byHand };
  const { broll: _was, ...rest } = clip;
  return {
    ...rest,
    witnesses,
    identity: { ...settled.identity, ...identity },
    pick,
    soundKind,
    ...(broll ? { broll } : {}),
  };
}

function editsByHand(before: Clip, settledThen: Settled): Partial<Settled> {
  const edited = Object.entries(before.identity).filter(
    ([field, value]) => value !== (settledThen.identity as Record<string, unknown>)[field],
  );
  return {
    ...(edited.length > 0 ? { identity: Object.fromEntries(edited) } : {}),
    ...(before.pick !== settledThen.pick ? { pick: before.pick } : {}),
    ...(before.soundKind !== settledThen.soundKind ? { soundKind: before.soundKind } : {}),
    ...((before.broll ?? false) !== settledThen.broll ? { broll: before.broll ?? false } : {}),
  };
}

function mergeRoots(roots: Handoff['roots'], names: string[]): Handoff['roots'] {
  const known = new Set(roots.map((root) => root.name));
  return [...roots, ...names.filter((name) => !known.has(name)).map((name) => ({ name }))];
}

/** Days on which something was recorded, as embedded in the media: file times are never trusted. */
function shootDays(known: Handoff['shootDays'], clips: Clip[]): Handoff['shootDays'] {
  const dates = new Set(clips.flatMap((clip) => clip.tech.recordedOn ?? []));
  for (const day of known) dates.delete(day.date ?? day.id);
  return [...known, ...[...dates].sort().map((date) => ({ id: date, date }))];
}

function mergeTranscripts(
  known: Handoff['transcripts'],
  found: ScanFindings,
  clips: Clip[],
  choices: ScanChoices,
): Handoff['transcripts'] {
  const key = (file: { root: string; path: string }) => `${file.root}\n${file.path}`;
  const have = new Set(known.map(key));
  const byStem = new Map(clips.map((clip) => [comparable(stem(clip.path)), clip.id]));
  const fresh = found.transcripts.filter((file) => !have.has(key(file)));
  return [
    ...known,
    ...fresh.map((file) => {
      const clip = byStem.get(comparable(stem(file.path)));
      return { id: choices.newId(), ...file, ...(clip ? { clip } : {}) };
    }),
  ];
}

/** A scan that found nothing new says so in one line of history. */
function scanRecord(
  before: Handoff,
  after: Handoff,
  { moved, replaced }: Followed,
  at: string,
): HistoryRecord {
  const known = new Set(before.clips.map((clip) => clip.id));
  const added = after.clips.filter((clip) => !known.has(clip.id)).length;
  return {
    kind: 'scan',
    at,
    clips: after.clips.length,
    added,
    logRows: after.log.entries.length,
    ...(moved.length > 0 ? { moved: moved.length } : {}),
    ...(replaced.length > 0 ? { replaced: replaced.map((each) => whatItWas(each, before.revision)) } : {}),
  };
}
