/** Which items of a sequence are linked: each names the others by id, or by track and place. */
import type { CutEvent } from '../../documents/cutlist.ts';
import { child, childrenOf, childText, type XmlElement } from '../../xml/read.ts';
import type { Joined } from './rejoin.ts';
import type { Report } from './report.ts';
import { whole } from './values.ts';

/** An event, its element, and where that stands in the file. */
export interface Linkable {
  event: CutEvent;
  element: XmlElement;
  /** `video 1 3`: type, track and place among all items of the track, from 1. */
  place: string;
}

/** Gives the events of a group one number, from 1 in the order of the file. A group of one is none, and so is one of channels. */
export function link(items: Linkable[], joined: Joined, report: Report): void {
  const byId = new Map<string, number>();
  const byPlace = new Map<string, number>();
  items.forEach(({ element, place }, at) => {
    const { id } = element.attributes;
    if (id !== undefined && !byId.has(id)) byId.set(id, at);
    byPlace.set(place, at);
  });
  const parent = items.map((_, at) => at);
  const top = (at: number): number => {
    let found = at;
    while (parent[found] !== found) found = parent[found] = parent[parent[found]!]!;
    return found;
  };
  let lost = 0;
  items.forEach(({ element }, at) => {
    for (const each of childrenOf(element, 'link')) {
      const other = target(each, byId, byPlace);
      if (other === undefined) lost++;
      else parent[top(other)] = top(at);
    }
  });
  if (lost)
    report.warn(
      'xmeml-link',
      null,
      `${lost} links name items that the sequence does not hold; they are left out`,
    );
  number(
    items,
    items.map((_, at) => top(at)),
    joined,
  );
}

function target(
  each: XmlElement,
  byId: Map<string, number>,
  byPlace: Map<string, number>,
): number | undefined {
  const id = childText(each, 'linkclipref');
  if (id !== undefined && byId.has(id)) return byId.get(id);
  const [track, place] = [whole(childText(each, 'trackindex')), whole(childText(each, 'clipindex'))];
  if (track === null || place === null || child(each, 'mediatype') === undefined) return undefined;
  return byPlace.get(`${childText(each, 'mediatype')} ${track} ${place}`);
}

function number(items: Linkable[], groups: number[], joined: Joined): void {
  const sizes = new Map<number, number>();
  items.forEach(({ event }, at) => {
    if (!joined.has(event)) sizes.set(groups[at]!, (sizes.get(groups[at]!) ?? 0) + 1);
  });
  const numbers = new Map<number, number>();
  items.forEach(({ event }, at) => {
    const group = groups[at]!;
    if (joined.has(event) || sizes.get(group)! < 2) return;
    if (!numbers.has(group)) numbers.set(group, numbers.size + 1);
    event.link = numbers.get(group)!;
  });
}
