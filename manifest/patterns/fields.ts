/**
 * The fields a pattern may name, what each may hold, and how a value becomes letters of a name: plain capitals and digits, which every
 * system, editor and delivery takes.
 */
import { plainWords } from './words.ts';

/** `label`: letters and digits. `number`: digits. `take`: digits, and letters after them (2PU). `word`: letters. `text`: letters, digits, `-`. */
export type FieldShape = 'label' | 'number' | 'take' | 'word' | 'text';

interface FieldKind {
  shape: FieldShape;
  /** What it is, for help and messages. */
  says: string;
}

export const FIELDS = {
  scene: { shape: 'label', says: 'the scene' },
  setup: { shape: 'label', says: 'the setup or slate letter' },
  take: { shape: 'take', says: 'the take' },
  camera: { shape: 'label', says: 'the camera' },
  reel: { shape: 'label', says: 'the camera roll' },
  soundroll: { shape: 'label', says: 'the sound roll' },
  kind: { shape: 'word', says: 'CAM, AUDIO, WT, GFX, MUSIC or DOC' },
  role: { shape: 'text', says: 'the camera of a picture; the track of a sound, MAIN where it has all' },
  place: { shape: 'text', says: 'the place, of B-roll' },
  time: { shape: 'text', says: 'the time of day, of B-roll' },
  size: { shape: 'text', says: 'the shot size, of B-roll' },
  n: { shape: 'number', says: 'a running number' },
  version: { shape: 'number', says: 'the version' },
  date: { shape: 'number', says: 'the day it was recorded on, as embedded: 20260314' },
  title: { shape: 'text', says: 'the production' },
} as const satisfies Record<string, FieldKind>;

export type FieldName = keyof typeof FIELDS;

/** What is known about a clip, by field; a choice without a name has its words as its field: `int|ext`. */
export type FieldValues = Record<string, string>;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function isField(name: string): name is FieldName {
  return Object.prototype.hasOwnProperty.call(FIELDS, name);
}

/** Letters NFKD takes no accent from. */
const LETTERS: Record<string, string> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Þ: 'TH',
  Ð: 'D',
  ẞ: 'SS',
};

/** Capitals without accents; what is no Latin letter stays as it is, to be refused by who asks. */
function plainLetters(value: string): string {
  return plainWords(value).replace(/[ÆŒØŁĐÞÐẞ]/g, (letter) => LETTERS[letter]!);
}

/** The first number of a label or number, zeros before it counted anew: `7A` at width 2 → `07A`; width 0 leaves it. */
function padded(value: string, width: number): string {
  if (width === 0) return value;
  return value.replace(/^0*(\d+)/, (_, digits: string) => digits.padStart(width, '0'));
}

export type Written = { ok: true; text: string } | { ok: false; why: string };

/**
 * A value as it stands in a name. `width` digits at least where it begins with a number (0 = as it is); `joins` says whether `-` is free to
 * join words, because the pattern itself does not part fields with it. Says why where plain letters cannot hold the value.
 */
export function writeValue(value: string, shape: FieldShape, width: number, joins: boolean): Written {
  const plain = plainLetters(value).trim();
  const text =
    shape === 'text'
      ? plain
          .replace(/['’`]/g, '')
          .replace(/[\s_\-./,&+()]+/g, joins ? '-' : '')
          .replace(/^-+|-+$/g, '')
      : padded(plain.replace(/\s+/g, ''), width);
  if (text === '') return { ok: false, why: 'nothing of it is a letter or digit' };
  if (holds(text, shape, width, joins)) return { ok: true, text };
  const strange = [...text].find((letter) => !/[A-Z0-9]/.test(letter));
  if (strange !== undefined) return { ok: false, why: `"${strange}" cannot stand in it` };
  if (shape === 'word') return { ok: false, why: 'it holds letters only' };
  if (shape === 'number') return { ok: false, why: 'it holds digits only' };
  if (shape === 'take') return { ok: false, why: 'a take begins with its number' };
  return { ok: false, why: `it needs a number of ${width} digits` };
}

const SHAPES: Record<FieldShape, RegExp> = {
  label: /^[A-Z0-9]+$/,
  number: /^\d+$/,
  take: /^\d+(?:[A-Z]{1,3}\d*)?$/,
  word: /^[A-Z]+$/,
  text: /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/,
};

/** Whether a text is a value as writeValue gives it; letters in either case. */
export function holds(text: string, shape: FieldShape, width: number, joins: boolean): boolean {
  const upper = text.toUpperCase();
  if (!SHAPES[shape].test(upper)) return false;
  if (shape === 'text') return joins || !upper.includes('-');
  return padded(upper, width) === upper;
}
