/** All that a disk behind one wire does for the panel, so that no face of it leaves a part out. */
import type { Desk, ListeningDesk, RenamingDesk, ScanningDesk, VerifyingDesk } from '../../bridge/desk.ts';
import {
  loopbackDesk,
  loopbackListening,
  loopbackRenaming,
  loopbackScanning,
  loopbackVerifying,
  type Ask,
} from '../../bridge/loopback.ts';

export interface WholeDesk {
  desk: Desk;
  scanning: ScanningDesk;
  listening: ListeningDesk;
  naming: RenamingDesk;
  verifying: VerifyingDesk;
}

export function wholeDesk(ask: Ask): WholeDesk {
  return {
    desk: loopbackDesk(ask),
    scanning: loopbackScanning(ask),
    listening: loopbackListening(ask),
    naming: loopbackRenaming(ask),
    verifying: loopbackVerifying(ask),
  };
}
