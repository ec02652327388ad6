/** Every command of the panel, one line each. */
import { apply } from './apply.ts';
import { buildHandoff } from './build-handoff.ts';
import { cancel } from './cancel.ts';
import { chooseSequence } from './choose-sequence.ts';
import type { Command } from './command.ts';
import { connectEditor } from './connect-editor.ts';
import { copyReport } from './copy-report.ts';
import { compareCuts } from './compare-cuts.ts';
import { edit } from './edit.ts';
import { exportCut } from './export-cut.ts';
import { keepBins } from './keep-bins.ts';
import { layOut } from './lay-out.ts';
import { listen } from './listen.ts';
import { openHandoff } from './open-handoff.ts';
import { planRevert } from './plan-revert.ts';
import { proposeNames } from './propose-names.ts';
import { redo } from './redo.ts';
import { refresh } from './refresh.ts';
import { renameFiles } from './rename-files.ts';
import { revert } from './revert.ts';
import { scan } from './scan.ts';
import { show } from './show.ts';
import { syncSound } from './sync-sound.ts';
import { takeDropped } from './take-dropped.ts';
import { undo } from './undo.ts';
import { undoRename } from './undo-rename.ts';
import { verify } from './verify.ts';

export const COMMANDS: Command[] = [
  openHandoff,
  buildHandoff,
  scan,
  takeDropped,
  refresh,
  apply,
  planRevert,
  revert,
  keepBins,
  layOut,
  edit,
  undo,
  redo,
  proposeNames,
  renameFiles,
  undoRename,
  verify,
  cancel,
  chooseSequence,
  exportCut,
  compareCuts,
  listen,
  syncSound,
  show,
  connectEditor,
  copyReport,
];
