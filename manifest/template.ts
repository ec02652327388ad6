/** An empty handoff to fill: the folders a scan sorts by, a log sheet whose headings it knows, a hand-over note and a checklist. */

export const TEMPLATE_FOLDERS = [
  'Camera',
  'B-Roll',
  'Sound',
  'Graphics',
  'Music',
  'Documents',
  'Log',
] as const;

const TEMPLATE_LOG = 'Log/log.csv';
const TEMPLATE_NOTE = 'HANDOVER.txt';

const HEADINGS = [
  'Scene',
  'Setup',
  'Take',
  'Camera',
  'Camera Roll',
  'File',
  'Sound Roll',
  'Sound File',
  'Circled',
  'NG',
  'MOS',
  'Wild Track',
  'TC In',
  'TC Out',
  'Director Notes',
  'Camera Notes',
  'Sound Notes',
  'Script Notes',
  'VFX Notes',
];

/** A scan takes it for a hand-over note once a word of it was changed. */
const BLANK_NOTE = `Hand-over note

Production:
Shoot days:
Project rate (23.976, 24, 25, 29.97df, …):
Cameras, and which letter is which:
Sound recorder, and how it was jammed to the cameras:
What is missing, and when it will come:
What must not be used, and why:
Who to ask, and how:
`;

const CHECKLIST = `# Before this drive goes to the edit

- [ ] Every card and sound roll was copied whole, cards with their own folders, and proven: baton verify FOLDER/handoff.json --write
- [ ] Camera/ holds a folder for each roll (A001, B001, …), Sound/ one for each sound roll (SR001, …), B-Roll/ what belongs to no scene
- [ ] Log/log.csv has a row for each take; File names the file where its name says neither scene nor take
- [ ] Circled takes are marked in Circled, takes that must not be used in NG (x is enough); MOS and wild tracks are marked as such
- [ ] Notes that belong to a moment begin with its timecode: 10:04:12:00 boom in shot
- [ ] Nothing is called FINAL, NEW or copy; what must not be used is named _DO_NOT_USE or lies in a folder _REJECTED, alternates _ALTERNATE
- [ ] HANDOVER.txt is filled in
- [ ] baton scan FOLDER, then baton check FOLDER/handoff.json: no errors, and every warning is known

Names that say everything: SCENE_07_TAKE_03_CAM_A.mov, SCENE_07_TAKE_03_AUDIO_MAIN.wav, SCENE_07_WT_01.wav,
BROLL_EXT_HARBOUR_DUSK_WS_01.mov, SCENE_05_V03.png. baton rename FOLDER/handoff.json proposes them from the log.
`;

/** Path → text, below the folders. */
export const TEMPLATE_FILES: readonly (readonly [path: string, text: string])[] = [
  [TEMPLATE_LOG, `${HEADINGS.join(',')}\n`],
  [TEMPLATE_NOTE, BLANK_NOTE],
  ['CHECKLIST.md', CHECKLIST],
];

/** Whether a hand-over note is the template's, as nobody has touched it. */
export function isBlankNote(text: string): boolean {
  const words = (each: string) => each.replace(/\s+/g, ' ').trim();
  return words(text) === words(BLANK_NOTE);
}
