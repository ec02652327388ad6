/** Time Remap: what speed a clip plays at, and which media frames stand at its in and out. */
import { add, compare, divide, fraction, multiply, subtract, type Fraction } from '../../time/fraction.ts';
import { child, childrenOf, childText, type XmlElement } from '../../xml/read.ts';
import { readDecimal, speedOf } from './percent.ts';
import { frames, truth } from './values.ts';

export interface Remap {
  /** Null = it varies; 0/1 = a freeze. */
  speed: { num: number; den: number } | null;
  /** Clip frames against media frames, both at the clip's rate, in the order of the clip's. Empty where nothing is drawn. */
  keys: Key[];
}

interface Key {
  when: Fraction;
  value: Fraction;
}

/** More than any hand has set; what follows is not read. */
const MOST_KEYS = 10_000;

/** The clip's effect elements, without their filters; switched-off ones are none. */
export function effectsOf(item: XmlElement): XmlElement[] {
  return childrenOf(item, 'filter').flatMap((filter) => {
    const effect = child(filter, 'effect');
    return effect && truth(filter, 'enabled', true) ? [effect] : [];
  });
}

export function isTimeRemap(effect: XmlElement): boolean {
  const name = childText(effect, 'effectid') ?? childText(effect, 'name') ?? '';
  return /^time ?remap$/i.test(name);
}

/**
 * Null where the clip plays plainly, which a Time Remap may well say: Resolve puts an empty one, speed and graph all zero, on
 * every clip. `'unreadable'` where its speed is no number.
 */
export function remapOf(effect: XmlElement, item: XmlElement): Remap | 'unreadable' | null {
  const parameters = new Map<string, XmlElement>();
  for (const parameter of childrenOf(effect, 'parameter'))
    parameters.set(childText(parameter, 'parameterid')?.toLowerCase() ?? '', parameter);
  const value = (id: string) => {
    const parameter = parameters.get(id);
    return parameter && childText(parameter, 'value');
  };
  const graph = parameters.get('graphdict');
  const keys = graph ? keysOf(graph) : [];
  const text = value('speed');
  const size = text === undefined ? null : speedOf(text);
  const backwards = value('reverse')?.toUpperCase() === 'TRUE';
  const varies = value('variablespeed') === '1';
  if (size === null) {
    if (varies || keys.length > 1) return { speed: null, keys };
    return text === undefined ? null : 'unreadable';
  }
  if (size.num === 0 && !varies) {
    const still = truth(item, 'stillframe', false) || frames(item, 'stillframeoffset') !== null;
    // The last of Resolve's keys lies at the media's end and may be off zero.
    const empty = keys.length > 0 && keys.slice(0, -1).every((key) => key.value.num === 0n);
    return empty && !still ? null : { speed: { num: 0, den: 1 }, keys };
  }
  if (varies) return { speed: null, keys };
  const num = backwards && size.num > 0 ? -size.num : size.num;
  if (num === size.den && !bends(keys)) return null;
  return { speed: bends(keys) ? null : { num, den: size.den }, keys };
}

function keysOf(graph: XmlElement): Key[] {
  const keys: Key[] = [];
  for (const keyframe of childrenOf(graph, 'keyframe').slice(0, MOST_KEYS)) {
    const [when, value] = [
      readDecimal(childText(keyframe, 'when')),
      readDecimal(childText(keyframe, 'value')),
    ];
    if (when && value) keys.push({ when, value });
  }
  return keys.sort((a, b) => compare(a.when, b.when));
}

/** Whether a key lies off the straight line between its neighbours by more than Final Cut's own rounding, two frames. */
function bends(keys: Key[]): boolean {
  for (let at = 1; at + 1 < keys.length; at++) {
    const [before, here, after] = [keys[at - 1]!, keys[at]!, keys[at + 1]!];
    if (compare(before.when, after.when) === 0) continue;
    const off = subtract(here.value, between(before, after, here.when));
    if (off.num > 2n * off.den || off.num < -2n * off.den) return true;
  }
  return false;
}

function between(a: Key, b: Key, when: Fraction): Fraction {
  const slope = divide(subtract(b.value, a.value), subtract(b.when, a.when));
  return add(a.value, multiply(subtract(when, a.when), slope));
}

/** The media frame the graph draws at a clip frame; null where it draws no line. */
export function graphAt(keys: Key[], frame: number): Fraction | null {
  const when = fraction(frame);
  const exact = keys.find((key) => compare(key.when, when) === 0);
  if (exact) return exact.value;
  let at = keys.findIndex((key) => compare(key.when, when) > 0);
  if (at < 0) at = keys.length - 1;
  const [a, b] = [keys[Math.max(0, at - 1)], keys[Math.max(1, at)]];
  if (!a || !b || compare(a.when, b.when) === 0) return null;
  return between(a, b, when);
}
