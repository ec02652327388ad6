/** The panel's few signs, 16 × 16, drawn in the colour of the text beside them; every one stands beside its word. */
import type { Tone } from '../words.ts';

const PATHS = {
  check: 'M13 4.5 6.4 11.4 3 8',
  alert: 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.4M8 11.6v.2',
  stop: 'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2ZM8 5v3.8M8 11v.2',
  info: 'M8 1.8a6.2 6.2 0 1 0 .01 0ZM8 7.4v3.8M8 4.8v.2',
  ring: 'M8 3.2a4.8 4.8 0 1 0 .01 0Z',
  add: 'M8 3v10M3 8h10',
  remove: 'M3 8h10',
  once: 'M3 3v3.6h3.6M3.2 6.4A5.2 5.2 0 1 1 2.8 9',
  move: 'M2.5 8h10.5M9.2 4.2 13 8l-3.8 3.8',
  keep: 'M3.5 6h9M3.5 10h9',
  change: 'M3 13l.6-2.9L10.9 2.8l2.3 2.3-7.3 7.3Z',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  refresh: 'M13 3v3.6H9.4M12.8 6.4A5.2 5.2 0 1 0 13.2 9',
  bin: 'M1.8 4.2V13h12.4V5.6H7.6L6.2 3.4H1.8Z',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, tone, turned }: { name: IconName; tone?: Tone; turned?: boolean }) {
  const look = `icon${tone ? ` tone-${tone}` : ''}${turned ? ' icon-turned' : ''}`;
  return (
    <svg className={look} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

const OF_TONE: Record<Tone, IconName> = {
  good: 'check',
  attention: 'alert',
  bad: 'stop',
  note: 'info',
  quiet: 'ring',
};

/** A state: its sign and its word in one colour. The sign's shape alone tells the states apart too. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`status tone-${tone}`}>
      <Icon name={OF_TONE[tone]} />
      <span className="status-word">{children}</span>
    </span>
  );
}
