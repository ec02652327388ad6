/** What can be done from here: a face without Node, or without a dialog, can do less. */

export interface Abilities {
  /** Whether another manifest can be chosen here. */
  canOpen: boolean;
  /** Whether folders can be scanned from here. */
  canScan: boolean;
  /** Whether sound can be listened to from here. */
  canListen: boolean;
  /** Whether files can be renamed from here. */
  canRename: boolean;
  /** Whether files can be proven by hash from here. */
  canVerify: boolean;
}

export const NO_ABILITIES: Abilities = {
  canOpen: false,
  canScan: false,
  canListen: false,
  canRename: false,
  canVerify: false,
};

export function abilitiesOf({ canOpen, canScan, canListen, canRename, canVerify }: Abilities): Abilities {
  return { canOpen, canScan, canListen, canRename, canVerify };
}
