/** What baton convert answers in JSON. */

export interface Converted {
  files: { path: string; format: string }[];
  losses: { format: string; message: string }[];
  counts: { events: number; transitions: number; markers: number; retimes: number };
  issues: { code: string; severity: string }[];
}
