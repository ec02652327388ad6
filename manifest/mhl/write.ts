/** Writes an ASC MHL 2.0 generation and the chain file that lists all of a folder's generations, as their schemas want them. */
import { ESCAPES } from '../xml/escapes.ts';
import { WRITTEN_ALGORITHMS } from './digest.ts';
import type { MhlFile, MhlFolder, MhlHash, MhlReference } from './mhl.ts';
import type { ChainEntry } from './chain.ts';

/** A generation to be written. Paths as the drive spells them. */
export interface Generation {
  /** ISO 8601, UTC. */
  createdAt: string;
  hostname: string;
  tool: { name: string; version: string };
  process: 'in-place' | 'transfer' | 'flatten';
  ignore: string[];
  root: Pick<MhlFolder, 'content' | 'structure'>;
  /** In the order they are to stand. */
  entries: (Omit<MhlFile, 'unknown'> | MhlFolder)[];
  references: MhlReference[];
}

/** Passed over by every generation Baton makes. */
export const IGNORED = ['.DS_Store', 'ascmhl', 'ascmhl/'];

/** Names that XML 1.0 cannot hold (control characters, halves of surrogate pairs): such a list would be no list. */
export function unwritable(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => FORBIDDEN.test(path.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')));
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/;
const SPECIAL = /[&<>"\t\n\r]/g;

const escape = (text: string) => text.replace(SPECIAL, (character) => ESCAPES[character]!);

function element(
  name: string,
  text: string,
  attributes: Record<string, string | number | undefined> = {},
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escape(String(value))}"`],
  );
  return `<${name}${written.join('')}>${escape(text)}</${name}>`;
}

/** The text of the list. Every path must be writable. */
export function writeGeneration(generation: Generation): string {
  const { createdAt, hostname, tool, process, ignore, root, entries, references } = generation;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0">',
    '  <creatorinfo>',
    `    ${element('creationdate', createdAt)}`,
    `    ${element('hostname', hostname)}`,
    `    ${element('tool', tool.name, { version: tool.version })}`,
    '  </creatorinfo>',
    '  <processinfo>',
    `    ${element('process', process)}`,
    '    <roothash>',
    ...folderLines(root, '      '),
    '    </roothash>',
    '    <ignore>',
    ...ignore.map((pattern) => `      ${element('pattern', pattern)}`),
    '    </ignore>',
    '  </processinfo>',
  ];
  // The schema wants at least one entry in <hashes>, or none of it.
  if (entries.length > 0) lines.push('  <hashes>');
  for (const entry of entries) lines.push(...('hashes' in entry ? fileLines(entry) : directoryLines(entry)));
  if (entries.length > 0) lines.push('  </hashes>');
  if (references.length > 0) {
    lines.push('  <references>');
    for (const { path, c4 } of references)
      lines.push(
        '    <hashlistreference>',
        `      ${element('path', path)}`,
        `      ${element('c4', c4)}`,
        '    </hashlistreference>',
      );
    lines.push('  </references>');
  }
  lines.push('</hashlist>', '');
  return lines.join('\n');
}

function fileLines(file: Omit<MhlFile, 'unknown'>): string[] {
  const { path, size, modified, hashes, previousPath } = file;
  return [
    '    <hash>',
    `      ${element('path', path, { size, lastmodificationdate: modified })}`,
    ...hashLines(hashes, '      '),
    ...(previousPath === undefined ? [] : [`      ${element('previousPath', previousPath)}`]),
    '    </hash>',
  ];
}

function directoryLines(folder: MhlFolder): string[] {
  return [
    '    <directoryhash>',
    `      ${element('path', folder.path, { lastmodificationdate: folder.modified })}`,
    ...folderLines(folder, '      '),
    '    </directoryhash>',
  ];
}

function folderLines(
  { content, structure }: Pick<MhlFolder, 'content' | 'structure'>,
  indent: string,
): string[] {
  return [
    `${indent}<content>`,
    ...hashLines(content, `${indent}  `),
    `${indent}</content>`,
    `${indent}<structure>`,
    ...hashLines(structure, `${indent}  `),
    `${indent}</structure>`,
  ];
}

function hashLines(hashes: MhlHash[], indent: string): string[] {
  return WRITTEN_ALGORITHMS.flatMap((algorithm) => {
    const hash = hashes.find((each) => each.algorithm === algorithm);
    return hash
      ? [`${indent}${element(algorithm, hash.digest, { action: hash.action, hashdate: hash.date })}`]
      : [];
  });
}

/** The text of `ascmhl_chain.xml`. */
export function writeChain(entries: ChainEntry[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0">',
    ...entries.flatMap(({ sequence, path, c4 }) => [
      `  <hashlist sequencenr="${sequence}">`,
      `    ${element('path', path)}`,
      `    ${element('c4', c4)}`,
      '  </hashlist>',
    ]),
    '</ascmhldirectory>',
    '',
  ].join('\n');
}
