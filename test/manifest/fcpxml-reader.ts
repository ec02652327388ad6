/** Reads an FCPXML back for the tests: elements in order with saxes, times as exact fractions. */
import { SaxesParser } from 'saxes';
import { add, fraction, subtract, ZERO, type Fraction } from '../../manifest/time/fraction.ts';

export interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

/** Throws on anything that is not well-formed. */
export function parseXml(text: string): Node {
  const root: Node = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return root.children[0]!;
}

export function all(node: Node, name: string): Node[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

/** `1001/24000s`, `5s`: refuses any other writing, and numbers outside 64 over 32 bits. */
export function time(text: string | undefined): Fraction {
  const match = /^(-?\d+)(?:\/(\d+))?s$/.exec(text ?? '');
  if (!match) throw new Error(`"${text}" is not a time`);
  const [num, den] = [BigInt(match[1]!), BigInt(match[2] ?? 1)];
  if (den >= 2n ** 31n || num >= 2n ** 63n) throw new Error(`"${text}" does not fit`);
  return fraction(num, den);
}

/** A clip on the timeline, wherever it hangs: `at` is its place in the sequence, both in seconds. */
export interface Placed {
  node: Node;
  lane: number;
  at: Fraction;
  duration: Fraction;
  start: Fraction;
}

const CLIPS = ['asset-clip', 'video'];

/** Every clip of the sequence, and the elements of the spine, which must follow one another without a hole. */
export function timeline(root: Node): { sequence: Node; clips: Placed[]; spine: Placed[] } {
  const sequence = all(root, 'sequence')[0]!;
  const spine = all(sequence, 'spine')[0]!
    .children.filter(({ name }) => name !== 'transition')
    .map((node) => place(node, ZERO, ZERO));
  let end = time(sequence.attributes.tcStart);
  for (const { at, duration, node } of spine) {
    if (at.num * end.den !== end.num * at.den)
      throw new Error(`the spine breaks before ${node.attributes.name}`);
    end = add(end, duration);
  }
  const clips = spine.filter(({ node }) => CLIPS.includes(node.name));
  for (const { node, at, start } of spine)
    for (const child of node.children.filter((each) => CLIPS.includes(each.name)))
      clips.push(place(child, at, start));
  return { sequence, clips, spine };
}

function place(node: Node, parentAt: Fraction, parentStart: Fraction): Placed {
  const { offset, duration, start, lane } = node.attributes;
  return {
    node,
    lane: Number(lane ?? 0),
    at: add(parentAt, subtract(time(offset), parentStart)),
    duration: time(duration),
    start: time(start),
  };
}
