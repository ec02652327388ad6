/** How an unsynced clip is shown in an editor's project: each way is a person's choice. A marker stands on its first frame. */
export const FLAGS = ['label', 'field', 'marker'] as const;
export type Flag = (typeof FLAGS)[number];

export const DEFAULT_FLAGS: readonly Flag[] = ['label', 'field'];
