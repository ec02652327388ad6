/**
 * What a file's name and folders say about it: scene, take, camera, reel, and marks such as DO NOT USE, ALT, MOS, WT.
 * A name is one witness among three; identity.ts weighs them.
 */
import type { ClipKind, Witness } from './documents/handoff.ts';
import { stem } from './documents/paths.ts';

/** Words that say a name was changed by hand until nobody knew which was which. */
const CHAOS =
  /(^|[_\-. ])(final+|rev\d*|revised|new|neu|copy|kopie|latest|real|really|fixed|export|untitled)(\d*)(?=$|[_\-. (])|\(\d+\)$/i;

export function isChaotic(path: string): boolean {
  return CHAOS.test(stem(path));
}

const REJECTED =
  /(^|[_\-. ])(DO[_\-. ]?NOT[_\-. ]?USE|DNU|REJECT(ED)?|NG|N\.G\.|NO[_\-. ]?GOOD)(?=$|[_\-. ])/i;
const ALTERNATE = /(^|[_\-. ])(ALT|ALTERNATE|ALTERNATIVE)(?=$|[_\-. ]|\d)/i;
const MOS = /(^|[_\-. ])(MOS|STUMM)(?=$|[_\-. ])/i;
const WILD =
  /(^|[_\-. ]|\d)(WT|WILD|WILDTRACK|NURTON|ATMO|ROOMTONE|ROOM[_\-. ]TONE)[_\-. ]?(?=$|[_\-. ]|\d)/i;
const BROLL = /(^|[_\-. ])B[_\-. ]?ROLL(?=$|[_\-. ])/i;

/** Scene and take, most explicit style first; `scene` may carry its setup letter, as it is spoken: 7A. */
const TAKES: RegExp[] = [
  // SCENE_07_TAKE_03, Sc7A-Tk3, Szene 12 Take 4
  /(?:^|[_\-. ])(?:SCENE|SZENE|SC)[_\-. ]?(?<scene>\d+[A-Z]{0,2})[_\-. ]*(?:SHOT[_\-. ]?(?<setup>[A-Z0-9]+)[_\-. ]+)?(?:TAKE|TK|T)[_\-. ]?(?<take>\d+)(?![A-Z0-9])/i,
  // S07T03, S07_T03
  /(?:^|[_\-. ])S(?<scene>\d+[A-Z]{0,2})[_\-. ]?T(?<take>\d+)(?![A-Z0-9])/i,
  // 7A-T03, 12_TK4: how sound recorders name their files
  /(?:^|[_\-. ])(?<scene>\d+[A-Z]{0,2})[_\-. ]?(?:T|TK|TAKE)[_\-. ]?(?<take>\d+)(?![A-Z0-9])/i,
  // 7A-3, 27-7, 12_4 and nothing before it
  /^(?<scene>\d{1,3}[A-Z]{0,2})[_-](?<take>\d{1,2})(?=$|[_\-. ])/i,
];

/** A scene with no take: wild tracks, room tone. */
const SCENE = /(?:^|[_\-. ])(?:SCENE|SZENE|SC)[_\-. ]?(?<scene>\d+[A-Z]{0,2})(?![A-Z0-9])/i;
const WILD_SCENE = /(?:^WT[_\-. ](?<after>\d+[A-Z]?)|^(?<before>\d+[A-Z]?)[_\-. ]?WT)/i;

/** The camera-made names: ARRI and Canon A001C003_230614, RED A001_C003_0614AB, Blackmagic A001_06141234_C003. */
const CAMERA_MADE = /^(?<reel>(?<camera>[A-Z])\d{3,4})(?:_?C\d{3,4}|_\d{8}_C\d{3})(?=$|_)/;
const REEL_FOLDER = /^(?<camera>[A-Z])\d{3}(?=$|_|[A-Z0-9]{2,})/;
const CAMERA = /(?:^|[_\-. ])CAM(?:ERA)?[_\-. ]?(?<camera>[A-Z])(?=$|[_\-. ])/i;
const CAMERA_AFTER_TAKE = /(?:TAKE|TK|T)[_\-. ]?\d+[_\-. ](?:CAM[_\-. ]?)?(?<camera>[A-H])(?=$|[_\-. ])/i;
const SOUND_ROLL_FOLDER = /^(?:SR|SOUND[_\- ]?ROLL)[_\- ]?\d+$/i;

export function readName(path: string, kind: ClipKind): Witness {
  const name = stem(path);
  const folders = path.split('/').slice(0, -1);
  // In a name changed by hand in haste only the words SCENE and TAKE themselves are believed.
  const witness: Witness = readTake(name, isChaotic(path) ? TAKES.slice(0, 1) : TAKES);
  const parts = [...folders, name];
  if (parts.some((part) => REJECTED.test(part))) witness.pick = 'rejected';
  else if (parts.some((part) => ALTERNATE.test(part))) witness.pick = 'alternate';
  if (kind === 'picture') readPicture(name, folders, witness);
  if (kind === 'sound') readSound(name, folders, witness);
  return witness;
}

function readTake(name: string, styles: RegExp[]): Witness {
  for (const style of styles) {
    const groups = style.exec(name)?.groups;
    if (!groups) continue;
    const { scene, setup, take } = groups;
    return { scene: scene!, take: take!, ...(setup ? { setup } : {}) };
  }
  const scene = SCENE.exec(name)?.groups?.['scene'];
  return scene ? { scene } : {};
}

function readPicture(name: string, folders: string[], witness: Witness): void {
  if (MOS.test(name)) witness.soundKind = 'mos';
  if ([...folders, name].some((part) => BROLL.test(part))) {
    witness.broll = true;
    const place = placeOf(name);
    if (place) witness.place = place;
  }
  const made = CAMERA_MADE.exec(name)?.groups;
  const folder = folders
    .map((each) => REEL_FOLDER.exec(each))
    .filter(Boolean)
    .pop();
  const reel = made?.['reel'] ?? folder?.input;
  if (reel) witness.reel = reel;
  const camera =
    CAMERA_AFTER_TAKE.exec(name)?.groups?.['camera'] ??
    [name, ...[...folders].reverse()].map((part) => CAMERA.exec(part)?.groups?.['camera']).find(Boolean) ??
    made?.['camera'] ??
    folder?.groups?.['camera'];
  if (camera) witness.camera = camera.toUpperCase();
}

function readSound(name: string, folders: string[], witness: Witness): void {
  if ([...folders, name].some((part) => WILD.test(part))) {
    witness.soundKind = 'wild';
    const around = WILD_SCENE.exec(name)?.groups;
    const scene = around?.['after'] ?? around?.['before'];
    if (scene && !witness.scene) witness.scene = scene;
  }
  const roll = folders.filter((each) => SOUND_ROLL_FOLDER.test(each)).pop();
  if (roll) witness.soundRoll = roll;
}

/** BROLL_EXT_HARBOUR_DUSK_WS_01 → `EXT HARBOUR`: interior or exterior, and the place. */
function placeOf(name: string): string | null {
  const match = /(?:^|[_\-. ])(INT|EXT)[_\-. ]+([A-Z0-9ÄÖÜÉÈÀÑ]+)/i.exec(name);
  return match ? `${match[1]} ${match[2]}`.toUpperCase() : null;
}
