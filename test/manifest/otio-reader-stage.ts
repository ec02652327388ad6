/** The codes and the first track's events of an OTIO file that is read: for the tests of reading. */
import { read } from './otio-samples.ts';

export const codes = (file: unknown) => read(file).issues.map((issue) => issue.code);
export const events = (file: unknown) => read(file).value[0]!.tracks[0]!.events;
