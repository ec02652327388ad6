/**
 * Every editor a panel may find itself in, in the order they are tried. The stand-in is not here: it needs Node and is
 * opened by name (standin.ts).
 */
import type { Host } from './host.ts';
import { loopbackHost } from './loopback.ts';
import { premiereCep } from './premiere-cep.ts';
import { premiereUxp } from './premiere-uxp.ts';

export type { Host } from './host.ts';

export const HOSTS: Host[] = [loopbackHost, premiereCep, premiereUxp];
