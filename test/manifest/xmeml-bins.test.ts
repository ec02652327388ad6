/** A handoff as bins in FCP7 XML: what an editor that imports it finds, with a cut and without one. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { binsOf } from '../../manifest/bins.ts';
import { HandoffSchema, isUnusable, type Handoff } from '../../manifest/documents/handoff.ts';
import { DEFAULT_OPTIONS, type Exported } from '../../manifest/exports/export.ts';
import { handoffXmeml, xmeml } from '../../manifest/exports/xmeml.ts';
import { entriesByClip, wantedLabel, wantedMarkers, wantedMetadata } from '../../manifest/plan/wanted.ts';
import { xmeml as reader } from '../../manifest/readers/xmeml.ts';
import { sync } from '../../manifest/sync.ts';
import { RATES } from '../../manifest/time/rate.ts';
import { child, childrenOf, childText, readXml, type XmlElement } from '../../manifest/xml/read.ts';
import { clip, event, handoff, list, pictureSource, track } from './cutlist-samples.ts';
import { validXmeml } from './xmeml-dtd.ts';

const example = HandoffSchema.parse(
  JSON.parse(readFileSync(fileURLToPath(new URL('../../examples/handoff.json', import.meta.url)), 'utf8')),
);
const ROOTS = Object.fromEntries(example.roots.map(({ name }) => [name, `/Volumes/${name}`]));

function parsed({ files }: Exported): XmlElement {
  const { text } = files[0]!;
  validXmeml(text);
  const { root, issues } = readXml(text, 'bins.xml');
  expect(issues).toEqual([]);
  return root!;
}

interface Found {
  bin: string;
  clip: XmlElement;
}

/** Every clip with the path of its bin. */
function clips(element: XmlElement, path: string[] = []): Found[] {
  return element.children.flatMap((each) => {
    if (each.name === 'bin') return clips(each, [...path, childText(each, 'name')!]);
    if (each.name === 'project' || each.name === 'children') return clips(each, path);
    return each.name === 'clip' ? [{ bin: path.join('/'), clip: each }] : [];
  });
}

function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((each) => [...(each.name === name ? [each] : []), ...all(each, name)]);
}

const one = (given: Handoff, roots: Record<string, string> = { main: '/m' }) => {
  const made = handoffXmeml(given, roots);
  return { ...made, found: clips(parsed(made)), text: made.files[0]!.text };
};

describe('the example shoot', () => {
  const made = handoffXmeml(example, ROOTS);
  const found = clips(parsed(made));
  const kept = example.clips.filter((each) => each.kind !== 'document' && !isUnusable(each));
  const verdicts = sync(example);

  it('has every usable clip in the bin that the panel would put it into', () => {
    const places = binsOf(example, verdicts);
    const wanted = kept.map((each) => `${places.get(each.id)!.join('/')}: ${each.path.split('/').pop()!}`);
    expect(found.map(({ bin, clip: each }) => `${bin}: ${childText(each, 'name')}`).sort()).toEqual(
      wanted.sort(),
    );
    expect(kept.length).toBeGreaterThan(10);
  });

  it('says which clips no editor can hold', () => {
    const lost = made.losses.filter((loss) => loss.what === 'clip').map((loss) => loss.where);
    expect(lost).toEqual(example.clips.filter((each) => !kept.includes(each)).map((each) => each.path));
  });

  it('carries labels, log notes and markers as the panel would write them', () => {
    const entries = entriesByClip(example);
    const byFile = new Map(found.map(({ clip: each }) => [all(each, 'pathurl')[0]!.text, each]));
    expect(byFile.size).toBe(kept.length);
    for (const each of kept) {
      const url = `file://localhost/Volumes/${each.root}/${each.path.split('/').map(encodeURIComponent).join('/')}`;
      const element = byFile.get(url)!;
      const rows = entries.get(each.id) ?? [];
      const verdict = verdicts.find((one_) => one_.clipId === each.id);
      const metadata = wantedMetadata(each, rows, verdict);
      const logging = child(element, 'logginginfo');
      expect(
        ['scene', 'shottake', 'lognote', 'description'].map((name) => logging && childText(logging, name)),
        each.path,
      ).toEqual([metadata.scene, metadata.take, metadata.note, metadata.description]);
      expect(logging && childText(logging, 'good')?.toLowerCase()).toBe(metadata.good);
      const label = wantedLabel(each, verdict);
      expect(all(element, 'label2').length, each.path).toBe(label ? 1 : 0);
      const markers = wantedMarkers(each, rows, example.rate);
      expect(childrenOf(element, 'marker').map((marker) => childText(marker, 'name'))).toEqual(
        markers.map((marker) => marker.name),
      );
    }
  });

  it('defines each file once', () => {
    const files = all(parsed(made), 'file');
    const defined = files.filter((file) => file.children.length > 0);
    expect(new Set(defined.map((file) => file.attributes['id'])).size).toBe(defined.length);
    expect(defined).toHaveLength(kept.length);
  });

  it('has no sequence, which its reader says', () => {
    const { value, issues } = reader.read(made.files[0]!.text, { name: 'bins.xml' });
    expect(value).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual(['xmeml-empty']);
  });
});

const tech = {
  rate: RATES['25'],
  startTc: '10:00:00:00',
  durationFrames: 250,
  channels: 2,
  sampleRate: 48000,
};

test('two clips and a note read as their golden', async () => {
  const picture = clip('CAM A/7_03.mov', tech, {
    identity: { scene: '7', setup: 'A', take: '3', camera: 'A', reel: 'A001' },
    pick: 'circled',
  });
  const sound = clip(
    'SOUND/7_03.wav',
    {
      sampleRate: 48000,
      startSamples: 36000 * 48000,
      durationSamples: 48000 * 10,
      channels: 1,
      rate: RATES['25'],
    },
    { kind: 'sound', identity: { scene: '7', take: '3', soundRoll: 'SR1' } },
  );
  const given = handoff([picture, sound]);
  given.log.entries.push({
    id: 'row-1',
    sheet: 'day1.csv',
    row: 2,
    clips: [picture.id],
    notes: [{ id: 'n1', kind: 'director', text: 'Best <performance>', offset: 48 }],
  });
  const { text, found } = one(given);
  expect(found.map(({ bin }) => bin)).toEqual(['Scenes/07/Take 03', 'Scenes/07/Take 03']);
  await expect(text).toMatchFileSnapshot('exports/goldens/bins.xml');
});

describe('a handoff with a cut', () => {
  const picture = clip('a.mov', tech, {
    identity: { scene: '7', take: '3' },
    pick: 'circled',
    soundKind: 'mos',
  });
  const source = pictureSource('a', RATES['25'], '10:00:00:00', { clip: picture.id, file: '/m/a.mov' });
  const cut = list(RATES['25'], '01:00:00:00', [track('V1', [event(source, 0, 25, 10, RATES['25'])])]);
  const made = xmeml.write(cut, {
    ...DEFAULT_OPTIONS,
    handoff: handoff([picture]),
    roots: { main: '/m' },
  }) as Exported;
  const root = parsed(made);

  it('stands beside its bins in one project', () => {
    expect(root.children.map((each) => each.name)).toEqual(['project']);
    expect(child(root.children[0]!, 'children')!.children.map((each) => each.name)).toEqual([
      'bin',
      'sequence',
    ]);
  });

  it('uses the files and master clips of the bins, with their logs', () => {
    const [item] = all(all(root, 'sequence')[0]!, 'clipitem');
    expect(child(item!, 'file')!.children).toEqual([]);
    expect(childText(item!, 'masterclipid')).toBe(all(root, 'clip')[0]!.attributes['id']);
    expect(childText(child(item!, 'logginginfo')!, 'good')).toBe('TRUE');
    expect(all(item!, 'label2')[0]!.text).toBe('Forest');
  });

  it('is read as the cut it is', () => {
    const { value, issues } = reader.read(made.files[0]!.text, { name: 'cut.xml' });
    expect(issues).toEqual([]);
    expect(value[0]!.tracks[0]!.events[0]).toMatchObject({
      sourceIn: 10,
      sourceOut: 35,
      source: { file: '/m/a.mov' },
    });
  });
});

describe('what bins cannot hold', () => {
  it('a root nobody placed leaves its clips offline, and that is said', () => {
    const { losses, text } = one(handoff([clip('a.mov', tech)]), {});
    expect(losses).toMatchObject([{ what: 'offline', where: 'a.mov' }]);
    expect(text).not.toContain('pathurl');
  });

  it('Windows roots give Windows URLs', () => {
    const { text } = one(handoff([clip('day 1/a.mov', tech)]), { main: 'D:\\shoot' });
    expect(text).toContain('<pathurl>file://localhost/D:/shoot/day%201/a.mov</pathurl>');
  });

  it('sound without a rate is counted at the project’s, else at 25', () => {
    const wave = clip('a.wav', { sampleRate: 48000, durationSamples: 96000, channels: 1 }, { kind: 'sound' });
    const lengths = (given: Handoff) => childText(one(given).found[0]!.clip, 'duration');
    expect(lengths({ ...handoff([wave]), rate: RATES['30'] })).toBe('60');
    expect(lengths(handoff([wave]))).toBe('50');
  });

  it('every channel of a recorder’s file has its track', () => {
    const poly = clip('a.wav', { sampleRate: 48000, durationSamples: 96000, channels: 4 }, { kind: 'sound' });
    const [{ clip: element } = { clip: null }] = one(handoff([poly])).found;
    expect(all(element!, 'sourcetrack').map((each) => childText(each, 'trackindex'))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(all(element!, 'link')).toHaveLength(16);
  });

  it('a channel count that no recorder has does not fill the disk', () => {
    const odd = clip(
      'a.wav',
      { sampleRate: 48000, durationSamples: 96000, channels: 1e9 },
      { kind: 'sound' },
    );
    const { losses, text } = one(handoff([odd]));
    expect(losses).toMatchObject([{ what: 'channels', where: 'a.wav' }]);
    expect(text.length).toBeLessThan(2_000_000);
  });

  it('hostile names stand in the file as they are', () => {
    const odd = clip('<&>/]]> "x".mov', tech, { identity: { scene: '<script>', take: '&amp;' } });
    const { found } = one(handoff([odd]));
    expect(found[0]!.bin).toBe('Scenes/<SCRIPT>/Take &AMP;');
    expect(childText(found[0]!.clip, 'name')).toBe(']]> "x".mov');
  });
});
