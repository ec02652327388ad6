/**
 * Every cut format, written and read, at 10,000 events on 8 tracks: time, against xml2js where the format is XML and against JSON of the
 * same model elsewhere (the limit: a format does more than JSON). Then how reading grows with the file.
 */
import { Builder, parseString } from 'xml2js';
import type { CutEvent, CutList, CutSource, CutTrack } from '../manifest/documents/cutlist.ts';
import { EXPORTS } from '../manifest/exports/index.ts';
import { READERS } from '../manifest/readers/index.ts';
import { RATES } from '../manifest/time/rate.ts';
import { held, rivals, table } from './table.ts';

const RATE = RATES['23.976'];

function source(index: number, type: 'video' | 'audio'): CutSource {
  const sound = type === 'audio';
  return {
    file: `/Volumes/SHOOT/A${index}.${sound ? 'wav' : 'mov'}`,
    name: `A${index}.${sound ? 'wav' : 'mov'}`,
    reel: `A${String(index % 1000).padStart(3, '0')}`,
    scene: String(index % 90),
    take: String(index % 9),
    rate: sound ? { num: 48000, den: 1, drop: false } : RATE,
    start: sound ? 48000 * 3600 : 86400,
    duration: sound ? 48000 * 600 : 20_000,
    hasPicture: !sound,
    channels: sound ? 2 : 0,
    ...(sound ? { sampleRate: 48000 } : { size: { width: 1920, height: 1080 } }),
  };
}

function track(type: 'video' | 'audio', index: number, count: number): CutTrack {
  const name = `${type === 'video' ? 'V' : 'A'}${index}`;
  const sources = Array.from({ length: 200 }, (_, nth) => source(nth + 200 * index, type));
  const events = Array.from({ length: count }, (_, nth): CutEvent => {
    const from = sources[nth % sources.length]!;
    const sourceIn = type === 'audio' ? 2002 * (nth % 100) : nth % 1000;
    return {
      id: `${name}-${nth}`,
      kind: 'clip',
      name: from.name,
      recordIn: nth * 48,
      recordOut: nth * 48 + 48,
      sourceIn,
      sourceOut: sourceIn + (type === 'audio' ? 96_096 : 48),
      source: from,
      speed: { num: 1, den: 1 },
      enabled: true,
    };
  });
  return { type, index, name, enabled: true, events, transitions: [] };
}

/** Eight tracks, four of picture and four of sound. */
export function bigCut(events: number): CutList {
  const each = Math.floor(events / 8);
  const tracks = [1, 2, 3, 4].flatMap((index) => [track('video', index, each), track('audio', index, each)]);
  tracks.sort((a, b) => (a.type === b.type ? a.index - b.index : a.type === 'video' ? -1 : 1));
  return {
    kind: 'cutlist',
    version: 1,
    name: 'Bench',
    rate: RATE,
    start: 86400,
    size: { width: 1920, height: 1080 },
    tracks,
    markers: [],
  };
}

const isXml = (text: string) => text.startsWith('<');

/** What xml2js makes of the text, to be built again: the same document through the peer. */
function peerTree(text: string): unknown {
  let tree: unknown;
  parseString(text, { async: false }, (error, value) => {
    if (error) throw error;
    tree = value;
  });
  return tree;
}

function writing(cut: CutList): (string | number)[][] {
  return EXPORTS.map((format) => {
    const made = format.write(cut);
    if ('refused' in made) return [format.id, 'refused', '', '', ''];
    const texts = made.files.map((file) => file.text);
    const size = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
    const tree = isXml(texts[0]!) && !format.id.includes('html') ? peerTree(texts[0]!) : null;
    const times = rivals({
      ours: () => format.write(cut),
      peer: tree ? () => new Builder().buildObject(tree) : () => JSON.stringify(cut),
    });
    return [
      format.id,
      size,
      times['ours']!,
      times['peer']!,
      `${(times['peer']! / times['ours']!).toFixed(2)}x`,
      tree ? 'xml2js Builder' : 'JSON.stringify',
    ];
  });
}

function reading(cut: CutList): (string | number)[][] {
  return READERS.filter((reader) => reader.reads === 'timeline').flatMap((reader) => {
    const format = EXPORTS.find((each) => each.id === reader.id);
    const made = format?.write(cut);
    if (!made || 'refused' in made) return [];
    const { text } = made.files.reduce((most, file) => (file.text.length > most.text.length ? file : most));
    const read = () => reader.read(text, { name: 'bench', rate: RATE });
    const json = JSON.stringify(cut);
    const times = rivals({
      ours: read,
      peer: isXml(text) ? () => peerTree(text) : () => JSON.parse(json) as unknown,
    });
    const peer = isXml(text) ? 'xml2js' : 'JSON.parse';
    return [
      [
        reader.id,
        text.length / 1e6,
        times['ours']!,
        times['peer']!,
        `${(times['peer']! / times['ours']!).toFixed(2)}x`,
        peer,
        held(read),
      ],
    ];
  });
}

function growth(): (string | number)[][] {
  return READERS.filter((reader) => reader.reads === 'timeline').flatMap((reader) => {
    const format = EXPORTS.find((each) => each.id === reader.id);
    const row = [2000, 20_000].map((events) => {
      const made = format?.write(bigCut(events), {
        target: 'premiere',
        reels: 8,
        fcpxml: '1.10',
        split: false,
      });
      if (!made || 'refused' in made) return null;
      const { text } = made.files[0]!;
      return {
        size: text.length,
        time: rivals({ ours: () => reader.read(text, { name: 'bench', rate: RATE }) }, 5)['ours']!,
      };
    });
    const [small, large] = row;
    if (!small || !large) return [];
    return [
      [
        reader.id,
        small.time,
        large.time,
        `${(large.size / small.size).toFixed(1)}x`,
        `${(large.time / small.time).toFixed(1)}x`,
      ],
    ];
  });
}

const cut = bigCut(10_000);
table(
  'Write 10,000 events on 8 tracks',
  ['format', 'MB', 'ours ms', 'peer ms', 'peer/ours', 'peer'],
  writing(cut),
);
table(
  'Read them back',
  ['format', 'MB', 'ours ms', 'peer ms', 'peer/ours', 'peer', 'MiB held'],
  reading(cut),
);
table('Growth from 2,000 to 20,000 events', ['format', 'ms', 'ms', 'size', 'time'], growth());
