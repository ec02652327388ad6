/** Every command of the panel, one line each. */
import { apply } from './apply.ts';
import { cancel } from './cancel.ts';
import { chooseSequence } from './choose-sequence.ts';
import type { Command } from './command.ts';
import { copyReport } from './copy-report.ts';
import { exportCut } from './export-cut.ts';
import { openHandoff } from './open-handoff.ts';
import { refresh } from './refresh.ts';

export const COMMANDS: Command[] = [
  openHandoff,
  refresh,
  apply,
  cancel,
  chooseSequence,
  exportCut,
  copyReport,
];
