/** Recordings that a camera wrote into several files: parts and frames that are not there, and parts that do not follow each other. */
import { missingNumbers, stretchesOf } from '../cards/group/files.ts';
import { missingFrames } from '../cards/group/frames.ts';
import type { Part } from '../documents/clip-files.ts';
import type { Clip } from '../documents/handoff.ts';
import type { Issue } from '../documents/issue.ts';
import type { Rate } from '../time/rate.ts';
import { frameToTimecode, timecodeToFrame, wrapDay } from '../time/timecode.ts';
import { clipAt, type Check, type DiskFact } from './check.ts';

export const clipParts: Check = {
  id: 'clip-parts',
  title: 'A clip of several files is whole',
  why: 'An editor shows the files it finds; what lies between them is missed only when it is needed.',
  needs: [],
  run(handoff, { disk }) {
    return handoff.clips.flatMap((clip) => {
      if (!clip.parts && !clip.sequence && !clip.sidecars) return [];
      const about = { at: clipAt(handoff, clip), clips: [clip.path] };
      return [
        ...numberIssues(clip),
        ...frameIssues(clip),
        ...gapIssues(clip),
        ...diskIssues(clip, disk?.[clip.id]),
      ].map((issue): Issue => ({ ...about, ...issue }));
    });
  },
};

type Bare = Omit<Issue, 'at' | 'clips'>;

function numberIssues(clip: Clip): Bare[] {
  const missing = missingNumbers(clip);
  const fix = 'copy what is missing from the card, or from the next one, then scan again';
  if (clip.continues)
    return [
      {
        code: 'clip-part-missing',
        severity: 'error',
        message: `${clip.path} goes on in a clip that is not here${missing.length > 0 ? `, and ${listed(missing)} of it is missing too` : ''}.`,
        fix,
      },
    ];
  if (missing.length === 0) return [];
  const last = Math.max(...stretchesOf(clip).map(({ number }) => number));
  return [
    {
      code: 'clip-part-missing',
      severity: 'error',
      message: `${clip.path} is a recording of at least ${last} files, and ${listed(missing)} of them ${missing.length === 1 ? 'is' : 'are'} not here.`,
      fix,
    },
  ];
}

/** Numbers told; more are counted. */
const TOLD = 8;

function listed(numbers: number[]): string {
  const told = numbers.slice(0, TOLD).map((number) => `no. ${number}`);
  return numbers.length > TOLD ? `${told.join(', ')} and ${numbers.length - TOLD} more` : told.join(', ');
}

function frameIssues({ path, sequence }: Clip): Bare[] {
  const missing = sequence ? missingFrames(sequence) : 0;
  if (!sequence || missing === 0) return [];
  const runs = sequence.missing!.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const told =
    runs.length > TOLD
      ? `${runs.slice(0, TOLD).join(', ')} and ${runs.length - TOLD} more runs`
      : runs.join(', ');
  return [
    {
      code: 'clip-frame-missing',
      severity: 'warning',
      message: `${path}: ${missing} of ${sequence.last - sequence.first + 1} frames are not here (${told}).`,
      fix: 'copy or render them again; an editor shows the hole as black or stops before it',
    },
  ];
}

/** Parts whose timecode does not go on where the one before ends. Where it is not known nothing is said. */
function gapIssues(clip: Clip): Bare[] {
  const { rate } = clip.tech;
  if (!rate) return [];
  const parts = stretchesOf(clip);
  return parts.slice(1).flatMap((part, before) => {
    const previous = parts[before]!;
    // A missing number says why already.
    if (part.number !== previous.number + 1) return [];
    const gap = gapBetween(previous, part, rate);
    if (gap === null || gap === 0) return [];
    const frames = Math.abs(gap) === 1 ? 'frame' : 'frames';
    return [
      {
        code: 'clip-part-gap',
        severity: 'warning' as const,
        message: `${part.path} starts ${part.startTc}, ${Math.abs(gap)} ${frames} ${gap > 0 ? 'after' : 'before'} ${previous.path} ends (${endOf(previous, rate)}).`,
        fix: 'compare both with the card: they may be two recordings, or one with frames lost',
      },
    ];
  });
}

function gapBetween(a: Part, b: Part, rate: Rate): number | null {
  const [from, to] = [startOf(a, rate), startOf(b, rate)];
  if (from === null || to === null || a.durationFrames === undefined) return null;
  // Some cameras give every part the first one's timecode; that says nothing of a gap.
  if (from === to) return null;
  const gap = wrapDay(to - from - a.durationFrames, rate);
  const day = wrapDay(-1, rate) + 1;
  return gap > day / 2 ? gap - day : gap;
}

function startOf({ startTc }: Part, rate: Rate): number | null {
  const read = startTc === undefined ? null : timecodeToFrame(startTc, rate);
  return read?.ok ? read.frame : null;
}

const endOf = (part: Part, rate: Rate) => frameToTimecode(startOf(part, rate)! + part.durationFrames!, rate);

function diskIssues(clip: Clip, fact: DiskFact | undefined): Bare[] {
  return Object.entries(fact?.further ?? {}).flatMap(([path, size]): Bare[] => {
    const part = clip.parts?.find((each) => each.path === path);
    const fix = 'copy it again from the card';
    if (size === null && part)
      return [
        {
          code: 'clip-part-gone',
          severity: 'error',
          message: `${path}, part of ${clip.path}, is not on the drive.`,
          fix,
        },
      ];
    if (size === null)
      return [
        {
          code: 'clip-sidecar-gone',
          severity: 'warning',
          message: `${path}, which speaks of ${clip.path}, is not on the drive.`,
          fix,
        },
      ];
    if (part && part.size !== size)
      return [
        {
          code: 'clip-part-changed',
          severity: 'error',
          message: `${path} is ${size} bytes and was ${part.size} when it was scanned.`,
          fix: 'compare it with the original; scan again if the change was meant',
        },
      ];
    return [];
  });
}
