/**
 * The names under which Baton's packages are installed. An installed folder is Baton's own when its manifest carries one of
 * these, and only then may it be replaced or removed.
 */

/** CEP: the bundle, which is also the name of its folder, and the one panel in it. */
export const CEP_BUNDLE = 'baton.handoff.cep';
export const CEP_PANEL = 'baton.handoff.cep.panel';
/** UXP. */
export const UXP_PLUGIN = 'baton.handoff.uxp';
/** Resolve's Workflow Integration: what the plugin gives to Initialize, and the name of its folder. */
export const RESOLVE_PLUGIN = 'baton.handoff.resolve';

/** The packages `npm run package` leaves in dist/. */
export const PACKAGES = {
  cep: 'baton-premiere-cep.zip',
  uxp: 'baton-premiere.ccx',
  plugin: 'baton-resolve-plugin.zip',
  scripts: 'baton-resolve-scripts.zip',
} as const;
