/** One element of a track: a clip, a generator or a transition, with its numbers read and nothing decided yet. */
import type { CutMarker } from '../../documents/cutlist.ts';
import { nearest } from '../../time/fraction.ts';
import type { Rate } from '../../time/rate.ts';
import { TICKS_PER_SECOND } from '../../time/ticks.ts';
import { child, childrenOf, childText, type XmlElement } from '../../xml/read.ts';
import { quoted, type Report } from './report.ts';
import { frames, rateOf, whole, words } from './values.ts';

export interface RawItem {
  element: XmlElement;
  generator: boolean;
  name: string;
  /** The item's own rate; its in and out count at it. */
  rate: Rate;
  /** −1 where a transition hides the edge. */
  start: number;
  end: number;
  in: number;
  out: number;
}

export interface RawTransition {
  element: XmlElement;
  name: string;
  in: number;
  out: number;
  alignment: string;
  /** Premiere's own word for the cut, from the transition's first frame; null where absent. */
  cut: number | null;
}

/** Null, with an issue, where nobody can tell where it stands. */
export function readItem(element: XmlElement, inherited: Rate, report: Report): RawItem | null {
  const generator = element.name === 'generatoritem';
  const effect = child(element, 'effect');
  const name = words(element, 'name') ?? (effect && words(effect, 'name')) ?? '';
  const [start, end] = [frames(element, 'start'), frames(element, 'end')];
  if (start === null || end === null) {
    const edge = start === null ? 'start' : 'end';
    report.add(
      'xmeml-event',
      'error',
      element.line,
      `${quoted(name)} has no ${edge} that is a frame count (${quoted(childText(element, edge) ?? '')}), so it cannot be placed`,
    );
    return null;
  }
  const length = start >= 0 && end > start ? end - start : 0;
  const from = frames(element, 'in');
  const to = frames(element, 'out');
  if (from === null && child(element, 'in'))
    report.warn(
      'xmeml-source',
      element.line,
      `${quoted(name)} has no source in that is a frame count; 0 is taken`,
    );
  return {
    element,
    generator,
    name,
    rate: rateOf(element) ?? inherited,
    start,
    end,
    in: from ?? 0,
    out: to ?? (from ?? 0) + length,
  };
}

export function readTransition(element: XmlElement, rate: Rate, report: Report): RawTransition | null {
  const effect = child(element, 'effect');
  const name = (effect && words(effect, 'name')) ?? words(element, 'name') ?? '';
  const [start, end] = [frames(element, 'start'), frames(element, 'end')];
  if (start === null || end === null || start < 0 || end <= start) {
    report.warn(
      'xmeml-transition',
      element.line,
      `the transition ${quoted(name)} does not run from one frame to a later one; it is left out`,
    );
    return null;
  }
  const ticks = childText(element, 'cutPointTicks');
  const cut =
    ticks !== undefined && /^\d{1,18}$/.test(ticks)
      ? nearest(Number(ticks), rate.num, Number(TICKS_PER_SECOND) * rate.den)
      : null;
  return {
    element,
    name,
    in: start,
    out: end,
    alignment: childText(element, 'alignment')?.toLowerCase() ?? 'center',
    cut: cut !== null && cut <= end - start ? cut : null,
  };
}

/** Markers with their frames as the parent counts; `at` says which frame of the model that is. */
export function readMarkers(
  parent: XmlElement,
  at: (frame: number) => number,
  lengthAt: (length: number) => number,
  report: Report,
): CutMarker[] {
  return childrenOf(parent, 'marker').flatMap((marker) => {
    const from = frames(marker, 'in');
    const to = frames(marker, 'out');
    const name = words(marker, 'name') ?? '';
    if (from === null || from < 0) {
      report.warn(
        'xmeml-marker',
        marker.line,
        `the marker ${quoted(name)} stands at no frame; it is left out`,
      );
      return [];
    }
    const duration = to !== null && to > from ? lengthAt(to - from) : 0;
    const comment = words(marker, 'comment') ?? '';
    return [{ frame: at(from), duration, name, comment, colour: colourOf(marker) }];
  });
}

/** Premiere's eight marker colours, by the number it writes (alpha, blue, green, red). */
const PREMIERE: Record<string, string> = {
  '4281740498': 'red',
  '4294741314': 'blue',
  '4280578025': 'orange',
  '4281049552': 'yellow',
  '4294967295': 'white',
  '4289825711': 'purple',
  '4281828977': 'green',
  '4292277273': 'cyan',
};

function colourOf(marker: XmlElement): string {
  const own = childText(marker, 'pproColor');
  if (own !== undefined && PREMIERE[own]) return PREMIERE[own];
  const colour = child(marker, 'color');
  const parts = ['red', 'green', 'blue'].map((part) => (colour ? whole(childText(colour, part)) : null));
  if (!parts.every((part) => part !== null && part >= 0 && part <= 255)) return '';
  return `#${parts.map((part) => part!.toString(16).padStart(2, '0')).join('')}`;
}
