/**
 * An FCPXML whose resources stand first is read while its text is; one whose resources come last only when all of it is there. Both say
 * the same, for random cuts and for every real file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fcpxml } from '../../manifest/exports/fcpxml.ts';
import { fcpxmlReader } from '../../manifest/readers/fcpxml.ts';
import { anyCutList } from '../fixtures/cutlists.ts';
import { corpus } from '../corpus/folder.ts';

/** The resources behind everything else; the same text where it has none. */
function resourcesLast(text: string): string {
  const [block] = /<resources>[^]*?<\/resources>|<resources\/>/.exec(text) ?? [];
  if (block === undefined) return text;
  return text.replace(block, () => '').replace(/<\/fcpxml>\s*$/, (end) => block + end);
}

/** Without lines: they move. */
function read(text: string) {
  const { value, issues } = fcpxmlReader.read(text, { name: 'cut' });
  const said = issues.map(
    ({ code, severity, message }) => `${severity} ${code} ${message.replace(/line \d+/g, '')}`,
  );
  return { value, said };
}

describe('reading early', () => {
  it('gives what reading late gives, for any cut', () => {
    fc.assert(
      fc.property(anyCutList(), (list) => {
        const made = fcpxml.write(list);
        if ('refused' in made) return;
        const { text } = made.files[0]!;
        expect(resourcesLast(text)).not.toBe(text);
        expect(read(text)).toEqual(read(resourcesLast(text)));
      }),
      { numRuns: 200 },
    );
  });

  const folder = join(corpus, 'fcpxml');
  const here = existsSync(folder);
  if (!here) console.log(`skipped: FCPXML files of others (no ${folder}; set BATON_CORPUS)`);
  it.skipIf(!here)('gives what reading late gives, for every real file', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.fcpxml'),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(read(text), file).toEqual(read(resourcesLast(text)));
    }
  });

  const event = (inside: string, resources = RESOURCES) =>
    `<fcpxml version="1.10">${resources}<library><event name="e">${inside}</event></library></fcpxml>`;
  const RESOURCES =
    '<resources><format id="r1" frameDuration="1/25s"/><asset id="r2" name="a" duration="100s" hasVideo="1" format="r1"/></resources>';
  const clip = '<asset-clip ref="r2" name="c" offset="0s" duration="2s"/>';
  const project = (inside: string) => `<project name="p">${inside}</project>`;
  const sequence = (inside: string) => `<sequence format="r1">${inside}</sequence>`;

  it('only the first spine of the first sequence of a project is read', () => {
    const two =
      sequence(`<spine>${clip}</spine><spine>${clip}${clip}</spine>`) + sequence(`<spine>${clip}</spine>`);
    const { value, said } = read(event(project(two)));
    expect(value.map(({ tracks }) => tracks.map(({ events }) => events.length))).toEqual([[1]]);
    expect(said).toEqual(read(resourcesLast(event(project(two)))).said);
  });

  it('a text that breaks off keeps what was there, also of the clip it breaks off in', () => {
    const whole = event(
      project(
        sequence(
          `<spine>${clip}<asset-clip ref="r2" name="d" duration="1s"><note>x</note></asset-clip></spine>`,
        ),
      ),
    );
    const { value } = read(whole.slice(0, whole.indexOf('<note>') + 8));
    expect(value[0]!.tracks[0]!.events.map(({ name }) => name)).toEqual(['c', 'd']);
  });

  it('a fault late in the text does not make what came before it count twice', () => {
    const broken = event(project(sequence(`<spine>${clip}</spine>`)) + '<note>&b;</note>');
    const { value, said } = read(broken);
    expect(value.map(({ tracks }) => tracks.map(({ events }) => events.length))).toEqual([[1]]);
    expect(said.filter((each) => each.includes('xml-broken'))).toHaveLength(1);
  });

  it('a second root is no part of the document', () => {
    const { value } = read(event(project(sequence(`<spine>${clip}</spine>`))).repeat(2));
    expect(value).toHaveLength(1);
  });
});
