/** Copies as trees of text, with lists of what they held: for the tests of judging them. */
import { gatherEvidence, type FoundList } from '../../manifest/mhl/evidence.ts';
import type { HashAction, MhlFile } from '../../manifest/mhl/mhl.ts';
import { judge, type FileVerdict, type Place, type Readings, type RootCase } from '../../manifest/verify.ts';
import { planReading } from '../../manifest/verify/reading.ts';

/** Content by path: a file's bytes are its word, its digest too. */
type Tree = Record<string, string>;

const digest = (word: string) => Buffer.from(word).toString('hex').padStart(16, '0').slice(-16);

export function place(name: string, tree: Tree, more: Partial<Place> = {}): Place {
  return {
    name,
    files: new Map(
      Object.entries(tree).map(([path, word]) => [path, { size: word.length, identity: `${name}:${path}` }]),
    ),
    unreadable: new Map(),
    ...more,
  };
}

interface ListWords {
  name?: string;
  folder?: string;
  generation?: number;
  legacy?: boolean;
  ignore?: string[];
  action?: HashAction;
  previous?: Record<string, string>;
  algorithm?: 'xxh64' | 'md5';
  sizes?: boolean;
}

export function list(tree: Tree, words: ListWords = {}): FoundList {
  const {
    name = '0001.mhl',
    folder = '',
    generation = 1,
    legacy = false,
    ignore = [],
    action = 'original',
    previous = {},
    algorithm = 'xxh64',
    sizes = true,
  } = words;
  const files = Object.entries(tree).map(([path, word]): MhlFile => ({
    path,
    ...(sizes ? { size: word.length } : {}),
    hashes: word === '' ? [] : [{ algorithm, digest: digest(word), action }],
    unknown: word === '' ? ['null'] : [],
    ...(previous[path] ? { previousPath: previous[path] } : {}),
  }));
  const document = {
    version: legacy ? '1.1' : '2.0',
    legacy,
    creator: {},
    ignore,
    files,
    folders: [],
    references: [],
  };
  return { name, folder, generation, c4: name, document };
}

export function caseOf(
  places: Place[],
  lists: FoundList[] = [],
  clips: Record<string, number | null> = {},
): RootCase {
  const { evidence } = gatherEvidence(lists);
  return { root: 'media', places, clips: new Map(Object.entries(clips)), evidence };
}

/** Reads what the plan asks for and nothing else, as the disk would answer. */
export function judged(root: RootCase, trees: Tree[]): FileVerdict[] {
  const read = new Map(
    planReading(root, { algorithm: 'xxh64' }).map(({ place: at, path, algorithms }) => [
      `${at}\n${path}`,
      { digests: Object.fromEntries(algorithms.map((each) => [each, digest(trees[at]![path]!)])) },
    ]),
  );
  const readings: Readings = (at, path) => read.get(`${at}\n${path}`);
  return judge(root, readings);
}

export function compare(trees: Tree[], lists: FoundList[] = [], clips: Record<string, number | null> = {}) {
  const root = caseOf(
    trees.map((tree, index) => place(index === 0 ? 'media' : `copy${index}`, tree)),
    lists,
    clips,
  );
  return judged(root, trees);
}
