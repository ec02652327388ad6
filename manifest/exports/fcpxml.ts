/**
 * FCPXML 1.9–1.14, for Final Cut Pro and Resolve: V1 as the primary storyline, the other tracks as connected clips. Every time is
 * an exact fraction of a second. Valid under Apple's DTD of the version that is written.
 */
import { loseGrades } from '../cdl.ts';
import type { CutList } from '../documents/cutlist.ts';
import type { Loss } from '../documents/issue.ts';
import { rateLabel } from '../time/rate.ts';
import { DEFAULT_OPTIONS, type Export, type ExportOptions, type Exported, type Refused } from './export.ts';
import { tcFormat } from './fcpxml/kind.ts';
import { sayWholes } from './fcpxml/losses.ts';
import { resources } from './fcpxml/resources.ts';
import { spineOf } from './fcpxml/spine.ts';
import { writeSpine } from './fcpxml/story.ts';
import { frameTime } from './fcpxml/time.ts';
import { isVersion, VERSIONS } from './fcpxml/version.ts';
import { XmlWriter } from './xml.ts';

export const fcpxml: Export = {
  id: 'fcpxml',
  label: 'FCPXML (Final Cut Pro, Resolve)',
  suffix: '.fcpxml',
  write,
};

/** `options.fcpxml` chooses the version; for Resolve, which opens them as compound clips, no synchronized clips are made. */
function write(list: CutList, options: ExportOptions = DEFAULT_OPTIONS): Exported | Refused {
  const version = options.fcpxml;
  if (!isVersion(version))
    return { refused: `FCPXML ${version} is not written; choose one of ${VERSIONS.join(', ')}` };
  // A frame's duration is a fraction with a 32-bit denominator.
  if (list.rate.num >= 2 ** 31)
    return { refused: `FCPXML cannot hold a rate of ${rateLabel(list.rate)} frames a second` };
  const losses: Loss[] = [];
  const lose = (loss: Loss) => losses.push(loss);
  const media = resources(list, lose);
  const spine = spineOf(list, media, options.target !== 'resolve', lose);
  sayWholes(list, lose);
  loseGrades(list, 'FCPXML', lose);

  const xml = new XmlWriter('fcpxml');
  xml.open('fcpxml', { version });
  media.write(xml);
  xml.open('library');
  xml.open('event', { name: list.name });
  xml.open('project', { name: list.name });
  xml.open('sequence', {
    format: media.sequenceFormat,
    duration: frameTime(spine.length, list.rate),
    tcStart: frameTime(list.start, list.rate),
    tcFormat: tcFormat(list.rate.drop),
    audioLayout: 'stereo',
    audioRate: '48k',
  });
  writeSpine({ xml, list, media, version, spine, kinds: new Map() });
  for (let depth = 0; depth < 5; depth++) xml.close();
  losses.push(...xml.losses);
  return { files: [{ suffix: '.fcpxml', text: xml.text() }], losses };
}
