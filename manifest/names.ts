/**
 * What a file's name and folders say about it: scene, take, camera, reel, and marks such as DO NOT USE, ALT, MOS, WT.
 * A name is one witness among three; identity.ts weighs them.
 */
import type { ClipKind, Witness } from './documents/handoff.ts';
import { stem } from './documents/paths.ts';
import { DEFAULT_NAMING, patternsFor, type Naming } from './patterns/defaults.ts';
import type { FieldValues } from './patterns/fields.ts';
import { match } from './patterns/match.ts';
import { ALTERNATE, MOS, plainWords, REJECTED, SIZES, TIMES, withoutMarks } from './patterns/words.ts';

/** Words that say a name was changed by hand until nobody knew which was which; on what plainWords gives. */
const CHAOS =
  /(^|[_\-. (])(FINAL+|REV\d*|REVISED|NEW|NEU|COPY|KOPIE|COPIE|COPIA|LATEST|REAL|REALLY|FIXED|EXPORT|UNTITLED|UNBENANNT|SANS[_\-. ]TITRE|SIN[_\-. ]TITULO|SENZA[_\-. ]TITOLO|SEM[_\-. ]TITULO|DEFINITIV[OAE]?|DEFINITIF|ULTIM[OA]|LETZTE[RS]?|USE[_\-. ]THIS([_\-. ]ONE)?)(\d*)(?=$|[_\-. ()])|\(\d+\)$/;

/** A place may be called New York, and then everything else about the name is in order. */
export function isChaotic(path: string): boolean {
  return CHAOS.test(plainWords(stem(path))) && brollFields(stem(path)) === null;
}

/** A name without the words of haste, in capitals: what `FINAL_v2`, `copy of FINAL` and `final (1)` are all versions of; '' for these. */
export function withoutChaos(path: string): string {
  let name = plainWords(stem(path));
  for (let before = ''; before !== name;) {
    before = name;
    name = name.replace(CHAOS, '$1').replace(/(^|[_\-. ])(V(ER)?\d+|OF|VON|DE|DI|\d+)(?=$|[_\-. (])/g, '$1');
  }
  return name.replace(/[_\-. ()]+/g, ' ').trim();
}
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

/** `naming` are the production's own patterns: a name that follows one says what the pattern says it does. */
export function readName(path: string, kind: ClipKind, naming: Naming[] = []): Witness {
  const name = stem(path);
  const folders = path.split('/').slice(0, -1);
  // In a name changed by hand in haste only the words SCENE and TAKE themselves are believed.
  const witness: Witness = readTake(name, isChaotic(path) ? TAKES.slice(0, 1) : TAKES);
  const parts = [...folders, name].map(plainWords);
  if (parts.some((part) => REJECTED.test(part))) witness.pick = 'rejected';
  else if (parts.some((part) => ALTERNATE.test(part))) witness.pick = 'alternate';
  if (kind === 'picture') readPicture(name, folders, witness);
  if (kind === 'sound') readSound(name, folders, witness);
  return naming.length > 0 ? { ...witness, ...byPatterns(name, witness, kind, naming) } : witness;
}

/** What a witness takes of a pattern's fields, by the name the pattern calls it. */
const SAID = {
  scene: 'scene',
  setup: 'setup',
  take: 'take',
  camera: 'camera',
  reel: 'reel',
  soundroll: 'soundRoll',
} as const;

function byPatterns(name: string, witness: Witness, kind: ClipKind, naming: Naming[]): Witness {
  const as =
    kind === 'picture' && witness.broll
      ? 'broll'
      : kind === 'sound' && witness.soundKind === 'wild'
        ? 'wild'
        : kind;
  for (const pattern of patternsFor(naming, as)) {
    const read = match(pattern, withoutMarks(name));
    if (!read.ok) continue;
    const said: Witness = {};
    for (const [field, meaning] of Object.entries(SAID))
      if (read.fields[field]) said[meaning] = read.fields[field];
    const place = placeFrom(read.fields);
    return kind === 'picture' && place ? { ...said, place } : said;
  }
  return {};
}

const BROLL_PATTERNS = patternsFor(DEFAULT_NAMING, 'broll');

/** The fields of a name that follows a B-roll pattern; null for every other. Without BROLL before it, its time or size must be one. */
function brollFields(name: string): FieldValues | null {
  for (const pattern of BROLL_PATTERNS) {
    const read = match(pattern, withoutMarks(name));
    if (!read.ok) continue;
    const { time = '', size = '' } = read.fields;
    if (pattern.text.startsWith('BROLL') || TIMES.has(time.toUpperCase()) || SIZES.has(size.toUpperCase()))
      return read.fields;
  }
  return null;
}

function placeFrom(fields: FieldValues): string | null {
  const { place } = fields;
  if (!place) return null;
  const around = fields['int|ext'];
  return [around, place.replace(/-/g, ' ')].filter(Boolean).join(' ').toUpperCase();
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
  if (MOS.test(plainWords(name))) witness.soundKind = 'mos';
  const fields = brollFields(name);
  if (fields || [...folders, name].some((part) => BROLL.test(part))) {
    witness.broll = true;
    const place = (fields && placeFrom(fields)) ?? placeOf(name);
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
  const found = /(?:^|[_\-. ])(INT|EXT)[_\-. ]+([A-Z0-9ÄÖÜÉÈÀÑ]+)/i.exec(name);
  return found ? `${found[1]} ${found[2]}`.toUpperCase() : null;
}
