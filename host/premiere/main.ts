/**
 * Baton inside Premiere: the methods of `$.baton`, each one argument in and one JSON text out. The engine is shared by
 * all panels and outlives a reload, so everything hangs on this one name and is put there whole each time.
 */
import { answering } from './answer.ts';
import { forgetIndex } from './find.ts';
import { about, readProject } from './project.ts';
import { exportFcp7Xml, readSequence, sequences } from './sequence.ts';
import { show } from './show.ts';
import { readUsage } from './usage.ts';
import { watch } from './watch.ts';
import { apply, readBack } from './write.ts';

const baton = {
  // A plan begins with this question: what was known before it is not of it.
  about: answering(() => {
    forgetIndex();
    return about();
  }),
  readProject: answering(readProject),
  readUsage: answering(readUsage),
  apply: answering(apply),
  readBack: answering(readBack),
  sequences: answering(sequences),
  readSequence: answering(readSequence),
  exportFcp7Xml: answering(exportFcp7Xml),
  show: answering(show),
  watch: answering(watch),
};

($ as unknown as { baton: typeof baton }).baton = baton;
