/** Every command, in the order help shows them. */
import type { Command } from '../command.ts';
import { applyCommand } from './apply.ts';
import { changesCommand } from './changes.ts';
import { checkCommand } from './check.ts';
import { convertCommand } from './convert.ts';
import { cutCommand } from './cut.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { initCommand } from './init.ts';
import { installCommand } from './install.ts';
import { jobCommand } from './job.ts';
import { logCommand } from './log.ts';
import { markCommand } from './mark.ts';
import { planCommand } from './plan.ts';
import { receiptCommand } from './receipt.ts';
import { renameCommand } from './rename.ts';
import { revertCommand } from './revert.ts';
import { scanCommand } from './scan.ts';
import { serveCommand } from './serve.ts';
import { signCommand } from './sign.ts';
import { syncCommand } from './sync.ts';
import { verifyCommand } from './verify.ts';
import { waiveCommand } from './waive.ts';

export const COMMANDS: Command[] = [
  initCommand,
  scanCommand,
  logCommand,
  checkCommand,
  waiveCommand,
  markCommand,
  renameCommand,
  signCommand,
  verifyCommand,
  syncCommand,
  planCommand,
  applyCommand,
  revertCommand,
  jobCommand,
  receiptCommand,
  cutCommand,
  convertCommand,
  changesCommand,
  installCommand,
  doctorCommand,
  demoCommand,
  serveCommand,
];
