/** The channels between the plugin's main process and its page. */
export const CHANNELS = {
  ask: 'baton:ask',
  choose: 'baton:choose',
  manifest: 'baton:manifest',
  changed: 'baton:changed',
} as const;
