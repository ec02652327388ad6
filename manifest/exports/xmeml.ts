/**
 * FCP7 XML (xmeml 5), which Premiere and Resolve import: the cut as a sequence and, with a handoff behind it, every clip in
 * bins by scene and take with its log notes. Valid under Apple's DTD of that version.
 */
import { loseGrades } from '../cdl.ts';
import type { CutList } from '../documents/cutlist.ts';
import type { Handoff } from '../documents/handoff.ts';
import type { Loss } from '../documents/issue.ts';
import { rateLabel } from '../time/rate.ts';
import { DEFAULT_OPTIONS, type Export, type Exported, type ExportOptions, type Refused } from './export.ts';
import { binsFor } from './xmeml/bins.ts';
import { fileTable } from './xmeml/files.ts';
import { sequenceXml } from './xmeml/sequence.ts';
import { escaper, timebaseOf } from './xmeml/text.ts';

export const xmeml: Export = {
  id: 'xmeml',
  label: 'FCP7 XML (Premiere)',
  suffix: '.xml',
  write,
  writeHandoff: handoffXmeml,
};

/** Written for `target: 'resolve'` it holds no speeds: Resolve's importer reads them wrongly and says nothing. */
function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  if (!timebaseOf(list.rate))
    return {
      refused: `FCP7 XML knows whole rates and their 1000/1001, and the sequence runs at ${rateLabel(list.rate)} frames a second; take OTIO, which counts at any rate`,
    };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const escape = escaper(lose);
  const files = fileTable(escape, lose);
  const { handoff, roots = {} } = options;
  const bins = handoff ? binsFor(handoff, roots, list.rate, files, escape, lose) : null;
  // The bins stand first in the file and define the media, which the sequence then only names.
  const first = bins ? bins.xml() : '';
  const sequence = sequenceXml(list, {
    files,
    escape,
    lose,
    logged: bins?.logged ?? new Map(),
    plain: options.target === 'resolve',
    nests: options.nests ?? [],
  });
  loseGrades(list, 'FCP7 XML', lose);
  files.finish();
  const inside = handoff ? projectXml(escape(titleOf(handoff), 'project'), first + sequence) : sequence;
  return { files: [{ suffix: '.xml', text: documentXml(inside) }], losses };
}

/** The bins without a cut: one file that an editor imports to have the project. `roots` as in ExportOptions. */
export function handoffXmeml(handoff: Handoff, roots: Record<string, string>): Exported {
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const escape = escaper(lose);
  const files = fileTable(escape, lose);
  const inside = binsFor(handoff, roots, undefined, files, escape, lose).xml();
  files.finish();
  const text = documentXml(projectXml(escape(titleOf(handoff), 'project'), inside));
  return { files: [{ suffix: '.xml', text }], losses };
}

function titleOf(handoff: Handoff): string {
  return handoff.production.title || 'Handoff';
}

/** `name` is escaped. */
function projectXml(name: string, inside: string): string {
  return `<project>\n<name>${name}</name>\n<children>\n${inside}</children>\n</project>\n`;
}

function documentXml(inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">\n${inside}</xmeml>\n`;
}
