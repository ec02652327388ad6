/** Where the items of a read FCP7 XML meet: transitions, gaps and items that lie over one another. */
import { describe, expect, it } from 'vitest';
import type { CutList } from '../../manifest/documents/cutlist.ts';
import { TICKS, read, FILE, item, track, remap, events } from './xmeml-read-stage.ts';

describe('where items meet', () => {
  const over = (start: number, end: number, more: string) =>
    `<transitionitem><start>${start}</start><end>${end}</end>${more}<effect><name>Überblendung</name><effectid>Cross Dissolve</effectid><effectcategory>Dissolve</effectcategory></effect></transitionitem>`;
  const around = (more: string) =>
    read({
      video: track(
        item(0, -1, 100, 220),
        over(100, 120, more),
        item(-1, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
  const spans = (cut: CutList) =>
    events(cut).map((event) => [event.recordIn, event.recordOut, event.sourceIn, event.sourceOut]);

  it.each([
    ['center', 110],
    ['start', 100],
    ['end', 120],
    ['even', 110],
  ])('alignment %s: the cut is at %i and the sources lose their handles', (alignment, cut) => {
    const made = around(`<alignment>${alignment}</alignment>`);
    expect(spans(made.cut)).toEqual([
      [0, cut, 100, 100 + cut],
      [cut, 200, 200 + cut, 400],
    ]);
    expect(made.cut.tracks[0]!.transitions).toEqual([
      { in: 100, out: 120, kind: 'dissolve', name: 'Überblendung' },
    ]);
    expect(made.codes).toEqual([]);
  });

  it('Premiere’s cut point wins over the alignment', () => {
    const made = around(`<alignment>center</alignment><cutPointTicks>${TICKS * 5}</cutPointTicks>`);
    expect(events(made.cut)[1]!.recordIn).toBe(105);
  });

  it('edges written out at the far sides of a transition are taken back to the cut', () => {
    const made = read({
      video: track(
        item(0, 120, 100, 220),
        over(100, 120, ''),
        item(100, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut)).toEqual([
      [0, 110, 100, 210],
      [110, 200, 310, 400],
    ]);
  });

  it('an edge written out inside a transition is the cut', () => {
    const made = read({
      video: track(
        item(0, 104, 100, 204),
        over(100, 120, ''),
        item(104, 200, 304, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut).map((span) => span.slice(0, 2))).toEqual([
      [0, 104],
      [104, 200],
    ]);
  });

  it('retimed under a transition, the source loses its handle at its speed', () => {
    const made = read({
      video: track(
        item(0, -1, 50, 170, `${FILE}${remap('200')}`),
        over(100, 120, '<alignment>center</alignment>'),
        item(-1, 200, 300, 400, '<file id="f1"/>', 'b'),
      ),
    });
    expect(spans(made.cut)[0]).toEqual([0, 110, 100, 320]);
  });

  it('an edge of −1 without a transition is worked out from the length, and said', () => {
    const made = read({ video: track(item(10, -1, 0, 40)) });
    expect(spans(made.cut)).toEqual([[10, 50, 0, 40]]);
    expect(made.codes).toEqual(['xmeml-edge']);
  });

  it('items over one another go to a track of their own, and none is lost', () => {
    const made = read({
      video: track(item(0, 50, 0, 50), item(10, 20, 0, 10), item(15, 30, 0, 15), item(20, 40, 0, 20)),
    });
    expect(made.cut.tracks.map((each) => each.events.map((event) => event.recordIn))).toEqual([
      [0],
      [10, 20],
      [15],
    ]);
    expect(made.codes).toEqual(['xmeml-overlap']);
    expect(made.cut.tracks[1]!.events[1]!.id).toBe('V2-002');
  });

  // Whatever looked through all of them for each would not end within the time a test has.
  it('200,000 items over one another are sorted out', () => {
    const many = Array.from(
      { length: 200_000 },
      (_, at) => `<generatoritem><start>${at}</start><end>${at + 100}</end></generatoritem>`,
    );
    const { cut } = read({ video: track(many.join('')) });
    expect(events(cut)).toHaveLength(200_000);
    expect(cut.tracks).toHaveLength(100);
  });

  it('items without a place are errors with their line, and the rest is read', () => {
    const made = read({
      video: track(
        item(0, 10, 0, 10),
        '<clipitem><name>lost</name><start>x</start><end>5</end></clipitem>',
        item(30, 20, 0, 10),
      ),
    });
    expect(events(made.cut)).toHaveLength(1);
    expect(made.issues).toMatchObject([
      { code: 'xmeml-event', severity: 'error', message: expect.stringContaining('"lost" has no start') },
      {
        code: 'xmeml-event',
        severity: 'error',
        message: expect.stringContaining('ends 10 frames before it starts'),
      },
    ]);
    expect(made.issues[0]!.at).toMatch(/^cut\.xml line \d+$/);
  });
});
