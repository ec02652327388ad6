/** A clip's measurements at a new scan: what the file says now, and what a person said instead. */
import { carry } from '../carry.ts';
import { TechSchema, type Clip, type Tech } from '../documents/handoff.ts';
import type { FoundFile } from '../scan.ts';
import { timecodeToFrame } from '../time/timecode.ts';
import { asRead, changedByHand, withHand, type ByHand, type HandField } from './as-read.ts';

const MEASURED = Object.keys(TechSchema.shape);

export interface TechNow {
  tech: Tech;
  asRead: string;
  byHand: ByHand[];
}

export function techNow(known: Clip | undefined, file: FoundFile): TechNow {
  // A file that was not read this time brings what the manifest knows, by hand or not, and what was read once.
  const marks = file.asRead ?? asRead(file.tech, MEASURED);
  const fresh = carriedTech(known?.tech, file.tech);
  const changed =
    known && file.asRead === undefined ? changedByHand(known.tech, known.asRead, file.tech, MEASURED) : [];
  const tech = withHand(fresh, changed);
  const lost = whyLost(tech);
  const at = { at: file.path, clips: [file.path] };
  if (lost === null) return { tech, asRead: marks, byHand: changed.map((each) => ({ ...at, ...each })) };
  const timed = (each: HandField) => each.field === 'startTc' || each.field === 'rate';
  const rest = changed.filter((each) => !timed(each));
  return {
    tech: withHand(fresh, rest),
    asRead: marks,
    byHand: changed.map((each) => ({ ...at, ...each, ...(timed(each) ? { lost } : {}) })),
  };
}

/** A timecode that the rate does not have would make the whole manifest unreadable. */
function whyLost({ startTc, rate }: Tech): string | null {
  if (startTc === undefined) return null;
  if (!rate) return 'a start timecode needs a rate, and the file has none now';
  const read = timecodeToFrame(startTc, rate);
  return read.ok ? null : read.message;
}

function carriedTech(old: Tech | undefined, tech: Tech): Tech {
  const { rate, picture } = tech;
  return carry(
    old,
    {
      ...tech,
      ...(rate ? { rate: carry(old?.rate, rate, ['num', 'den', 'drop']) } : {}),
      ...(picture ? { picture: carry(old?.picture, picture, ['width', 'height']) } : {}),
    },
    MEASURED,
  );
}
