/** Every format Baton writes. A new one is one file in this folder and one line here. */
import { edl } from './edl.ts';
import type { Export } from './export.ts';
import { fcpxml } from './fcpxml.ts';
import { html } from './html.ts';
import { otio } from './otio.ts';

export const EXPORTS: readonly Export[] = [edl, fcpxml, otio, html];
