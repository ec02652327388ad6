/** The versions of FCPXML that are written. They differ in little that a cut list needs; each is valid under its own DTD. */
export const VERSIONS = ['1.9', '1.10', '1.11', '1.12', '1.13', '1.14'] as const;

export type Version = (typeof VERSIONS)[number];

export function isVersion(text: string): text is Version {
  return (VERSIONS as readonly string[]).includes(text);
}

/** 10 of 1.10. */
export function minor(version: Version): number {
  return Number(version.slice(2));
}
