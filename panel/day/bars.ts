/**
 * Every picture and every sound as a bar on the time of its day, in whole flicks. A sound lies where its picture's verdict
 * compares it, so a wrong date in a recorder, and midnight between the two, do not part them.
 */
import type { Clip, Handoff } from '../../manifest/documents/handoff.ts';
import { fileName } from '../../manifest/documents/paths.ts';
import { isUnsynced, type SyncVerdict, type SyncWord } from '../../manifest/documents/sync.ts';
import { groupSounds } from '../../manifest/sync/candidates.ts';
import { offset, pictureSpan, soundSpan, type Span } from '../../manifest/sync/span.ts';
import { FLICKS_PER_SECOND } from '../../manifest/time/flicks.ts';
import { mapped, type Parts } from '../parts.ts';

/** What a bar looks like; from what needs no look to what needs one. */
export type BarLook = 'in-sync' | 'mos' | 'wild' | 'unsynced';

export interface Bar {
  /** Id of the clip that its row in the list stands for. */
  key: string;
  /** Ids of all files of it: a sound may be several recorded together. */
  clips: string[];
  kind: 'picture' | 'sound';
  /** File name. */
  name: string;
  /** Camera or recorder. */
  source: string;
  look: BarLook;
  /** Of the picture it belongs to, or its own. */
  verdict: SyncWord;
  /** Null for a clip without timecode. */
  span: Span | null;
  /** `2026-03-14`; '' where neither it nor its partner carries a date. */
  date: string;
  /** Flicks after the midnight its date begins with; may exceed a day. Meaningless without a span. */
  from: number;
  /** At least 1. */
  length: number;
}

export function lookOf(verdict: SyncWord): BarLook {
  if (isUnsynced(verdict)) return 'unsynced';
  return verdict === 'mos' || verdict === 'wild' ? verdict : 'in-sync';
}

/** In parts, for a page that must stay awake: one bar for each picture, one for each sound as recorded; every clip of the two kinds is in exactly one. */
export function* dayBars(handoff: Handoff, verdicts: readonly SyncVerdict[]): Parts<Bar[]> {
  const own = new Map<string, SyncVerdict>();
  for (const verdict of verdicts) own.set(verdict.clipId, verdict);
  yield;
  const pictures = yield* mapped(
    handoff.clips.filter((clip) => clip.kind === 'picture'),
    (clip) => pictureBar(clip, own.get(clip.id)),
  );
  const byPicture = partners(pictures, verdicts);
  yield;
  const sounds = groupSounds(handoff.clips.filter((clip) => clip.kind === 'sound'));
  yield;
  return pictures.concat(yield* mapped(sounds, ({ files }) => soundBar(files, own, byPicture)));
}

/** The picture that names each sound, by the sound's id; one it fits before one it does not. */
function partners(pictures: Bar[], verdicts: readonly SyncVerdict[]): Map<string, Bar> {
  const bars = new Map(pictures.map((bar) => [bar.key, bar]));
  const found = new Map<string, Bar>();
  for (const fits of [true, false])
    for (const verdict of verdicts) {
      const bar = bars.get(verdict.clipId);
      if (!bar || (verdict.verdict === 'in-sync') !== fits) continue;
      for (const id of verdict.soundIds) if (!found.has(id)) found.set(id, bar);
    }
  return found;
}

function pictureBar(clip: Clip, verdict: SyncVerdict | undefined): Bar {
  const word = verdict?.verdict ?? 'no-sound';
  const { camera, reel } = clip.identity;
  const span = pictureSpan(clip);
  return {
    key: clip.id,
    clips: [clip.id],
    kind: 'picture',
    name: fileName(clip.path),
    source: camera ? `Cam ${camera}` : (reel ?? 'Camera'),
    look: lookOf(word),
    verdict: word,
    span,
    date: clip.tech.recordedOn ?? '',
    from: span?.start ?? 0,
    length: span?.length ?? UNKNOWN,
  };
}

function soundBar(files: Clip[], own: Map<string, SyncVerdict>, byPicture: Map<string, Bar>): Bar {
  const first = files[0]!;
  const partner = files.map(({ id }) => byPicture.get(id)).find(Boolean);
  const word = partner?.verdict ?? files.map(({ id }) => own.get(id)?.verdict).find(Boolean) ?? 'orphan';
  const span = files.map(soundSpan).find(Boolean) ?? null;
  const beside = partner?.span && span ? partner.from + offset(partner.span, span) : null;
  return {
    key: files.find(({ id }) => own.has(id))?.id ?? first.id,
    clips: files.map(({ id }) => id),
    kind: 'sound',
    name: fileName(first.path),
    source: first.tech.recorder ?? first.identity.soundRoll ?? 'Sound',
    look: lookOf(word),
    verdict: word,
    span,
    date: partner?.date || (files.map(({ tech }) => tech.recordedOn).find(Boolean) ?? ''),
    from: beside ?? span?.start ?? 0,
    length: span?.length ?? UNKNOWN,
  };
}

/** How long a clip is drawn whose place and length nobody knows. */
const UNKNOWN = 60 * FLICKS_PER_SECOND;
