/** Every kind of sidecar document that Baton reads; others are kept and not opened. */
import { p2Clip } from './p2-clip.ts';
import type { SidecarReader } from './sidecar.ts';
import { sonyNrt } from './sony-nrt.ts';
import { xmp } from './xmp.ts';

export const SIDECARS: SidecarReader[] = [sonyNrt, p2Clip, xmp];
