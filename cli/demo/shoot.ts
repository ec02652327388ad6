/**
 * What the example shoot holds: a day of a short film as it comes off two cameras and a sound recorder, with the faults a
 * day brings. Every take has its own time of day, so that no sound overlaps another take's picture.
 *
 * The faults, and no others: scene 31 take 1 has its sound one hour off, take 2 has none, take 3's picture has no timecode,
 * take 4 is not in the log, take 6 came under a name nobody can read, and the log knows a take 9 that was never delivered.
 */
import { nominal, RATES, type Rate } from '../../manifest/time/rate.ts';
import { timecodeToFrame } from '../../manifest/time/timecode.ts';

export const TITLE = 'Harbour Lights';
export const DATE = '2026-03-14';
export const RECORDER = 'Example Rec SN0042';
const SOUND_ROLL = 'SR001';

const FILM = RATES['23.976'];
const VIDEO = RATES['29.97df'];

export interface Picture {
  /** Relative to the handoff's folder. */
  path: string;
  reel: string;
  rate: Rate;
  /** Start timecode; null = the file has no timecode track. */
  start: string | null;
  frames: number;
  /** Whether the camera's own microphone was on. */
  scratch: boolean;
  /** Seed of what was said, where camera and recorder heard the same; a tone where absent. */
  said?: number;
}

export interface Sound {
  path: string;
  scene: string;
  take: string;
  soundRoll: string;
  rate: Rate;
  /** First frame as a frame count of the day, and length, in frames at `rate`. */
  start: number;
  frames: number;
  tracks: string[];
  circled: boolean;
  wild: boolean;
  note: string;
  family: string;
  index: number;
  files: number;
  said?: number;
}

const camera = (letter: 'A' | 'B', rate: Rate) => {
  const reel = `${letter}001`;
  return (
    name: string,
    start: string | null,
    frames: number,
    options: { scratch?: boolean; said?: number } = {},
  ): Picture => ({
    path: `CAMERA_${letter}/${reel}/${name}.mov`,
    reel,
    rate,
    start,
    frames,
    scratch: true,
    ...options,
  });
};
const cameraA = camera('A', FILM);
const cameraB = camera('B', FILM);
const cameraBVideo = camera('B', VIDEO);

/** Frames of the two takes that timecode does not bring together: nine seconds, enough to be found by ear. */
const SPOKEN = 216;

export const PICTURES: Picture[] = [
  cameraA('SCENE_07_TAKE_01_A', '10:00:00:00', 72),
  cameraA('SCENE_07_TAKE_02_A', '10:02:00:00', 84),
  cameraA('SCENE_07_TAKE_03_A_DO_NOT_USE', '10:04:00:00', 60),
  cameraA('SCENE_07_TAKE_04_A_ALTERNATE', '10:06:00:00', 72),
  cameraA('SCENE_31_TAKE_01_A', '14:00:00:00', SPOKEN, { said: 1 }),
  cameraA('SCENE_31_TAKE_02_A', '14:02:00:00', 60),
  cameraA('SCENE_31_TAKE_03_A', null, SPOKEN, { said: 3 }),
  cameraA('SCENE_31_TAKE_04_A', '14:06:00:00', 60),
  cameraA('FINAL_TAKE_3_REV2', '14:10:00:00', 72),
  cameraB('SCENE_07_TAKE_02_B', '10:02:00:06', 72),
  cameraBVideo('SCENE_12_TAKE_01_B', '12:00:00;00', 90),
  cameraBVideo('SCENE_12_TAKE_02_B', '23:59:58;15', 120),
  cameraBVideo('SCENE_12_TAKE_03_B', '12:10:00;00', 75, { scratch: false }),
  cameraBVideo('BROLL_EXT_HARBOUR_DUSK_WS_01', '17:30:00;00', 90, { scratch: false }),
];

const POLY = ['MixL', 'Boom', 'Lav Mara', 'Lav Jonas'];

interface Recorded {
  scene: string;
  take: string;
  rate: Rate;
  /** Timecode of the picture it was recorded with, and how long that ran. */
  over: string;
  frames: number;
  tracks?: string[];
  circled?: boolean;
  note?: string;
  wild?: boolean;
  said?: number;
}

/** The recorder rolls a second before the camera and stops a second after it. */
function record({
  scene,
  take,
  rate,
  over,
  frames,
  tracks = POLY,
  circled = false,
  wild = false,
  note = '',
  said,
}: Recorded) {
  const read = timecodeToFrame(over, rate);
  if (!read.ok) throw new Error(read.message);
  const handle = nominal(rate);
  return {
    scene,
    take,
    rate,
    soundRoll: SOUND_ROLL,
    start: read.frame - handle,
    frames: frames + 2 * handle,
    tracks,
    circled,
    wild,
    note,
    ...(said === undefined ? {} : { said }),
    family: `EXR0042${DATE.replaceAll('-', '')}S${scene}T${take}`,
  };
}

function poly(
  recorded: Recorded,
  name = `SCENE_${recorded.scene}_TAKE_${recorded.take}_AUDIO_MAIN`,
): Sound[] {
  return [{ ...record(recorded), path: `SOUND/${SOUND_ROLL}/${name}.wav`, index: 1, files: 1 }];
}

/** One file a track, as some recorders write them. */
function monos(recorded: Recorded, tracks: string[]): Sound[] {
  return tracks.map((track, place) => ({
    ...record({ ...recorded, tracks: [track] }),
    path: `SOUND/${SOUND_ROLL}/SCENE_${recorded.scene}_TAKE_${recorded.take}_AUDIO_MAIN_${place + 1}.wav`,
    index: place + 1,
    files: tracks.length,
  }));
}

export const SOUNDS: Sound[] = [
  poly({ scene: '07', take: '01', rate: FILM, over: '10:00:00:00', frames: 72 }),
  poly({ scene: '07', take: '02', rate: FILM, over: '10:02:00:00', frames: 84, circled: true }),
  poly({ scene: '07', take: '03', rate: FILM, over: '10:04:00:00', frames: 60, note: 'boom in shot' }),
  poly({ scene: '07', take: '04', rate: FILM, over: '10:06:00:00', frames: 72 }),
  // Jam-synced an hour out: the fault that a clock change brings.
  poly({ scene: '31', take: '01', rate: FILM, over: '15:00:00:00', frames: SPOKEN, said: 1 }),
  poly({ scene: '31', take: '03', rate: FILM, over: '14:04:00:00', frames: SPOKEN, said: 3 }),
  poly({ scene: '31', take: '04', rate: FILM, over: '14:06:00:00', frames: 60 }),
  poly({ scene: '31', take: '06', rate: FILM, over: '14:10:00:00', frames: 72 }),
  monos({ scene: '12', take: '01', rate: VIDEO, over: '12:00:00;00', frames: 90 }, ['Boom', 'Lav Mara']),
  poly({ scene: '12', take: '02', rate: VIDEO, over: '23:59:58;15', frames: 120 }),
  poly(
    {
      scene: '31',
      take: 'WT01',
      rate: FILM,
      over: '14:50:00:00',
      frames: 48,
      wild: true,
      note: 'harbour atmosphere',
    },
    'SCENE_31_WT_01',
  ),
].flat();

/** Headings of the log sheet, then its rows: one a camera, as the script supervisor kept it. */
export const LOG: string[][] = [
  ['Scene', 'Take', 'Camera', 'File', 'Sound', 'Circled', 'TC In', 'Director Notes', 'Script Notes'],
  ['07', '01', 'A', '', 'SYNC', '', '10:00:00:00', '10:00:01:05 lovely look', 'Mara enters frame left'],
  [
    '07',
    '02',
    'A',
    '',
    'SYNC',
    'Yes',
    '10:02:00:00',
    'The one, "no question", says Ada',
    '10:02:00:00 slate is soft',
  ],
  ['07', '02', 'B', '', 'SYNC', '', '10:02:00:06', '', '10:02:02:00 Jonas turns late'],
  ['07', '03', 'A', '', 'SYNC', '', '10:04:00:00', 'Do not use: boom in shot', ''],
  [
    '07',
    '04',
    'A',
    '',
    'SYNC',
    '',
    '10:06:00:00',
    'Alternate: quieter',
    'Cup from the café in her left hand',
  ],
  ['31', '01', 'A', '', 'SYNC', '', '14:00:00:00', '', 'Door closes on the line'],
  ['31', '02', 'A', '', 'SYNC', '', '14:02:00:00', 'Better pace', ''],
  ['31', '03', 'A', '', 'SYNC', '', '', '', 'Camera ran without timecode'],
  ['31', '06', 'A', 'FINAL_TAKE_3_REV2.mov', 'SYNC', '', '14:10:00:00', '14:10:01:12 hold on this', ''],
  ['31', '09', 'A', '', 'SYNC', '', '14:40:00:00', 'Pick-up of the last line', ''],
  ['12', '01', 'B', '', 'SYNC', '', '12:00:00;00', '', '12:00:01;10 ship passes behind'],
  ['12', '02', 'B', '', 'SYNC', '', '23:59:58;15', 'The bells at midnight', ''],
  ['12', '03', 'B', '', 'MOS', 'Yes', '12:10:00;00', 'Use the top', ''],
  ['', '', 'B', 'BROLL_EXT_HARBOUR_DUSK_WS_01.mov', 'MOS', '', '17:30:00;00', '', 'Harbour at dusk, wide'],
];

/** The hand-over note. It also marks the folder as the example, so that making it again overwrites nothing else. */
export const NOTE = `${TITLE}: handover of shoot day 1, ${DATE}

A camera 23.976, B camera 23.976 for scene 7 and 29.97 drop-frame for scene 12 and the harbour.
Sound by ${RECORDER}, 48 kHz, 24-bit, roll ${SOUND_ROLL}.
Scene 7 take 2 is the director's choice. Scene 12 take 3 was shot without sound.
The A camera lost its timecode for a while on scene 31. One clip of scene 31 was renamed on set; the log has it.

This folder is made by "baton demo"; pictures are test patterns, sounds are tones and noise.
`;
