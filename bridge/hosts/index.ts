/**
 * Every editor a panel may find itself in, in the order they are tried. The stand-ins are not here: they need Node and are
 * opened by name (standin.ts, standin-uxp.ts, standin-resolve.ts).
 */
import type { Host } from './host.ts';
import { loopbackHost } from './loopback.ts';
import { premiereCep } from './premiere-cep.ts';
import { premiereUxp } from './premiere-uxp.ts';
import { resolvePlugin } from './resolve-plugin.ts';

export type { Host } from './host.ts';

export const HOSTS: Host[] = [loopbackHost, premiereCep, premiereUxp, resolvePlugin];
