/**
 * The stand-in's editor: cuts a first assembly of the example once its clips are in the project, so that there is a sequence
 * to hand back. Picture with its synced sound, a dissolve, B-roll over it, and a title, which no cut list can carry.
 */
import { cutSequence, type CutItem, type SequenceCut } from '../../host/standin/premiere/edit.ts';
import { allNodes, readState, type StandinState } from '../../host/standin/premiere/state.ts';
import type { Clip } from '../../manifest/documents/handoff.ts';
import { comparablePath, fileName } from '../../manifest/documents/paths.ts';
import { sync } from '../../manifest/sync.ts';
import { nominal, RATES } from '../../manifest/time/rate.ts';
import type { Opened } from '../roots.ts';
import { TITLE } from './shoot.ts';

const RATE = RATES['23.976'];
/** Frames of each take in the assembly, and how far in it begins: handles stay on both sides. */
const LENGTH = 36;
const IN = 12;

/** Takes of the assembly, in order, and what lies over them. */
const TAKES = [
  'SCENE_07_TAKE_01_A.mov',
  'SCENE_07_TAKE_02_A.mov',
  'SCENE_07_TAKE_02_B.mov',
  'SCENE_07_TAKE_04_A_ALTERNATE.mov',
  'SCENE_31_TAKE_04_A.mov',
];
const OVERLAY = 'BROLL_EXT_HARBOUR_DUSK_WS_01.mov';

/** The state with the assembly in it; null where there is a sequence already, or not all of its clips are in the project yet. */
export function roughCut(state: unknown, opened: Opened): StandinState | null {
  const project = readState(structuredClone(state));
  const there = new Set(
    allNodes(project.root).flatMap(({ media }) => (media ? [comparablePath(media.path)] : [])),
  );
  const cut = assembly(opened);
  const ready = cut?.items.every((item) => there.has(comparablePath(item.file!)));
  if (project.sequences.length > 0 || !cut || !ready) return null;
  cutSequence(project, cut);
  return project;
}

function assembly(opened: Opened): SequenceCut | null {
  const { handoff, files } = opened;
  const verdicts = new Map(sync(handoff).map((verdict) => [verdict.clipId, verdict]));
  const byName = new Map(handoff.clips.map((clip) => [fileName(clip.path), clip]));
  const fileOf = (clip: Clip | undefined) => clip && files[clip.id];
  const items: CutItem[] = [];
  for (const [index, name] of TAKES.entries()) {
    const clip = byName.get(name);
    const file = fileOf(clip);
    if (!clip || file === undefined) return null;
    const span = { recordIn: index * LENGTH, duration: LENGTH };
    items.push({ ...span, file, track: 'V1', sourceIn: IN });
    const { soundIds, offsetFrames } = verdicts.get(clip.id)!;
    const sound = soundIds[0] === undefined ? undefined : files[soundIds[0]];
    if (sound !== undefined && offsetFrames !== undefined)
      items.push({ ...span, file: sound, track: 'A1', sourceIn: IN - offsetFrames });
  }
  const overlay = fileOf(byName.get(OVERLAY));
  if (overlay === undefined) return null;
  items.push({ file: overlay, track: 'V2', recordIn: 2 * LENGTH + 6, duration: 24, sourceIn: 15 });
  return {
    name: `${TITLE} assembly`,
    rate: RATE,
    start: nominal(RATE) * 3600,
    size: { width: 1920, height: 1080 },
    items,
    titles: [{ name: 'Title', track: 'V2', recordIn: 0, duration: 24 }],
    transitions: [{ track: 'V1', in: LENGTH - 6, out: LENGTH + 6 }],
    markers: [{ frame: LENGTH, name: 'Better take?', comment: 'Ask for the alternate here', colour: 3 }],
  };
}
