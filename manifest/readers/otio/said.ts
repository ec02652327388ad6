/** Issues of one file, each kind said once with how often and where first: a file of 10,000 clips may have 10,000 effects. */
import type { Issue, Severity } from '../../documents/issue.ts';

export interface Said {
  /** `place` is where in the file; the first is named, the others are counted. `detail` goes into the message once. */
  say(code: string, place: string, message: string, severity?: Severity): void;
  /** For what concerns one place alone: never folded together with others. */
  fault(code: string, place: string, message: string): void;
  issues(): Issue[];
}

/** No more faults than this are listed one by one; a hostile file has as many as it likes. */
const MOST_FAULTS = 200;

export function said(file: string): Said {
  const kinds = new Map<string, { count: number; place: string; message: string; severity: Severity }>();
  const faults: Issue[] = [];
  let more = 0;
  return {
    say: (code, place, message, severity = 'warning') => {
      const known = kinds.get(code);
      if (known) known.count++;
      else kinds.set(code, { count: 1, place, message, severity });
    },
    fault: (code, place, message) => {
      if (faults.length >= MOST_FAULTS) more++;
      else
        faults.push({
          code,
          severity: 'error',
          at: `${file} ${place}`,
          clips: [],
          message: `${file} ${place}: ${message}`,
        });
    },
    issues: () => [
      ...faults,
      ...(more > 0
        ? [
            {
              code: 'otio-more',
              severity: 'error' as const,
              at: file,
              clips: [],
              message: `${file}: ${more} more items could not be read.`,
            },
          ]
        : []),
      ...[...kinds].map(([code, { count, place, message, severity }]): Issue => ({
        code,
        severity,
        at: `${file} ${place}`,
        clips: [],
        message: `${file} ${place}: ${message}${count > 1 ? ` (${count} times in this file)` : ''}`,
      })),
    ],
  };
}
