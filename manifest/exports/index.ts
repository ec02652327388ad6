/** Every format Baton writes. A new one is one file in this folder and one line here. */
import { ale } from './ale.ts';
import { avidMarkers } from './avid-markers.ts';
import { csv } from './csv.ts';
import { edl } from './edl.ts';
import type { Export } from './export.ts';
import { fcpxml } from './fcpxml.ts';
import { html } from './html.ts';
import { markersCsv } from './markers-csv.ts';
import { otio } from './otio.ts';
import { resolveMarkers } from './resolve-markers.ts';
import { resolveMetadata } from './resolve-metadata.ts';
import { xmeml } from './xmeml.ts';

export const EXPORTS: readonly Export[] = [
  edl,
  fcpxml,
  xmeml,
  otio,
  ale,
  csv,
  html,
  resolveMarkers,
  avidMarkers,
  markersCsv,
  resolveMetadata,
];
