/** Panasonic P2 clip metadata (CONTENTS/CLIP/0001AB.XML): names, timecode, scene and take as entered in the camera. */
import {
  at,
  dayOf,
  filled,
  formatRate,
  textAt,
  wholeNumber,
  type SidecarFacts,
  type SidecarNode,
  type SidecarReader,
  type SidecarStart,
} from './sidecar.ts';

export const p2Clip: SidecarReader = {
  id: 'p2-clip',
  suffixes: ['xml'],
  looksLike: (root) => root.name === 'P2Main' && at(root, 'ClipContent') !== undefined,
  read(root) {
    const content = at(root, 'ClipContent')!;
    const metadata = at(content, 'ClipMetadata');
    const device = at(metadata, 'Device');
    const scenario = at(metadata, 'Scenario');
    const video = at(content, 'EssenceList', 'Video');
    const start = startOf(video);
    const maker = [textAt(device, 'Manufacturer'), textAt(device, 'ModelName')].filter(Boolean).join(' ');
    return {
      tech: filled({
        rate: rateOf(video, content),
        durationFrames: wholeNumber(textAt(content, 'Duration')),
        recordedOn: dayOf(
          textAt(at(metadata, 'Shoot'), 'StartDate') ?? textAt(at(metadata, 'Access'), 'CreationDate'),
        ),
        recorder: maker,
        serial: textAt(device, 'SerialNo.', 'SerialNo'),
      }),
      // Panasonic writes the numbers with a full stop behind their names.
      witness: filled({
        scene: textAt(scenario, 'SceneNo.', 'SceneNo', 'ScenNo.', 'ScenNo'),
        take: textAt(scenario, 'TakeNo.', 'TakeNo'),
        note: noteOf(metadata),
      }),
      ...(start ? { start } : {}),
      ...filled({
        clipName: textAt(metadata, 'UserClipName') ?? textAt(content, 'ClipName') ?? '',
        globalId: textAt(content, 'GlobalClipID') ?? '',
      }),
      ...shotOf(at(content, 'Relation', 'Connection')),
    };
  },
};

/** A recording past 4 GB, or past the end of a card, goes on in another clip. */
function shotOf(connection: SidecarNode | undefined): Pick<SidecarFacts, 'shot'> {
  const shot = filled({
    previous: textAt(at(connection, 'Previous'), 'GlobalClipID'),
    next: textAt(at(connection, 'Next'), 'GlobalClipID'),
  });
  return shot.previous === undefined && shot.next === undefined ? {} : { shot };
}

/** What a person typed, with who shot it; the program's name is the production's and no note. */
function noteOf(metadata: SidecarNode | undefined): string | undefined {
  const memos = (at(metadata, 'MemoList')?.children ?? []).flatMap((memo) => textAt(memo, 'Text') ?? []);
  const shooter = textAt(at(metadata, 'Shoot'), 'Shooter');
  return [...memos, ...(shooter ? [`Shooter: ${shooter}`] : [])].join(' | ') || undefined;
}

function rateOf(video: SidecarNode | undefined, content: SidecarNode) {
  const format = formatRate(textAt(video, 'FrameRate'));
  if (format) return format;
  const unit = /^(\d{1,5})\/(\d{1,6})$/.exec(textAt(content, 'EditUnit') ?? '');
  const [den, num] = [Number(unit?.[1]), Number(unit?.[2])];
  return num > 0 && den > 0 && num >= den ? { num, den, drop: false } : undefined;
}

/** At 50p and 59.94p P2 counts pairs of frames, 25 or 30 labels a second. */
function startOf(video: SidecarNode | undefined): SidecarStart | undefined {
  const rate = at(video, 'FrameRate');
  const label = textAt(video, 'StartTimecode');
  const format = formatRate(rate?.text);
  if (!format || label === undefined || !/^\d\d[:;]\d\d[:;]\d\d[:;]\d\d$/.test(label)) return undefined;
  const fps = Math.round(format.num / format.den);
  return {
    label: label.replaceAll(';', ':'),
    drop: rate!.attributes['DropFrameFlag'] === 'true',
    nominal: fps > 30 ? fps / 2 : fps,
  };
}
