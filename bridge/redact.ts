/** Takes out of a text what could name a file, a place or a person, so that it can be sent with a fault. */
import type { Handoff } from '../manifest/documents/handoff.ts';
import { fileName, stem } from '../manifest/documents/paths.ts';

/** Takes out every name in `known`, then whatever looks like a path or a name. */
export function redact(text: string, known: readonly string[]): string {
  let plain = text;
  for (const name of known) if (plain.includes(name)) plain = plain.split(name).join('<name>');
  return plain
    .replace(/"[^"]*"|“[^”]*”/g, '<name>')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/:"'<>|]+){2,}[\\/]?/g, '<path>')
    .replace(/[^\s/\\<>]+\.[A-Za-z0-9]{2,5}\b(?!\d)/g, '<file>');
}

/** Every file, place and person that a handoff names; absent ones among them count for nothing in longestFirst. */
export function namesOf(handoff: Handoff): (string | undefined)[] {
  return [
    ...handoff.clips.flatMap((clip) => [clip.path, fileName(clip.path), stem(clip.path)]),
    ...handoff.log.entries.flatMap((entry) => entry.notes.map((note) => note.author)),
    handoff.production.title,
    handoff.production.company,
    handoff.note?.author,
    handoff.signOff?.by,
    ...(handoff.waivers ?? []).map((waiver) => waiver.by),
  ];
}

/** For redact: longest first, so that a path goes before the file name in it. */
export function longestFirst(names: readonly (string | null | undefined)[]): string[] {
  // A name of one or two letters would take ordinary words apart.
  const whole = names.filter((name): name is string => typeof name === 'string' && name.length > 2);
  return [...new Set(whole)].sort((a, b) => b.length - a.length);
}
