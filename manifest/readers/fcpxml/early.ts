/**
 * Reads the spines of projects while the text is still being read, where the resources they name stand before them, as the DTD has
 * it: the elements of a long timeline then need not lie in memory all at once.
 */
import type { CutList } from '../../documents/cutlist.ts';
import type { Choose, XmlElement } from '../../xml/read.ts';
import { closeSequence, openSequence, readSequence, type Opened, type Reading } from './sequence.ts';

/** The root's resources and whatever else sequences are read with; null where they do not stand before `project`. */
type Ready = (root: XmlElement) => Reading | null;

export class Early {
  private root: XmlElement | null = null;
  private readonly ready: Ready;
  /** By their sequence. */
  private readonly read = new Map<XmlElement, { opened: Opened; spine: XmlElement }>();

  constructor(ready: Ready) {
    this.ready = ready;
  }

  readonly choose: Choose = (spine, around) => {
    // A broken text may have a second root, which is no part of the tree.
    if (around.length === 0) this.root ??= spine;
    if (spine.name !== 'spine' || !isProject(around) || around[0] !== this.root) return null;
    const sequence = around[around.length - 1]!;
    const project = around[around.length - 2]!;
    if (!isFirst(project, sequence) || !isFirst(sequence, spine)) return null;
    const reading = this.ready(this.root);
    const opened = reading && openSequence(reading, sequence);
    if (!opened) return null;
    this.read.set(sequence, { opened, spine });
    return (child) => opened.line.take(child);
  };

  /** A project's sequence as a list; null, said, where no rate is known to count at. */
  listOf(reading: Reading, sequence: XmlElement, name: string): CutList | null {
    const early = this.read.get(sequence);
    if (!early) return readSequence(reading, sequence, name);
    return closeSequence(reading, early.opened, early.spine, name);
  }
}

/** Whether these lead to a sequence that will be read: the others of a file are parts of compound clips. */
function isProject(around: readonly XmlElement[]): boolean {
  const last = around.length - 1;
  if (around[last]?.name !== 'sequence' || around[last - 1]?.name !== 'project') return false;
  if (around[0]!.name !== 'fcpxml') return false;
  return around.every(({ name }, at) => at === 0 || at >= last - 1 || name === 'library' || name === 'event');
}

function isFirst(parent: XmlElement, element: XmlElement): boolean {
  return parent.children.find(({ name }) => name === element.name) === element;
}
