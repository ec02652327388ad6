/**
 * A Premiere in memory: it runs the built premiere.jsx in an ES3 world against a project that behaves as the real one was
 * seen to. One script at a time, text for answers, "EvalScript error." for everything that goes wrong.
 */
import { readFileSync } from 'node:fs';
import { runInContext, type Context } from 'node:vm';
import { es3World } from './es3.ts';
import { ITEM_TYPES, ProjectItem, textsOf } from './item.ts';
import { DialogOpen, Model, type Misbehaviour, type Shown } from './model.ts';
import { Sequence } from './sequence.ts';
import { emptyState, readState, type MediaFacts, type StandinState } from './state.ts';
import { Time } from './time.ts';
import { events, views } from './views.ts';

export interface StandinPremiereOptions {
  /** A saved state; a new project where absent. */
  state?: unknown;
  media: (path: string) => MediaFacts | null;
  misbehaviour?: Misbehaviour;
}

export class StandinPremiere {
  readonly #model: Model;
  readonly #world: Context;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<(type: string, data: string) => void>();

  constructor(options: StandinPremiereOptions) {
    const state = options.state === undefined ? emptyState() : readState(structuredClone(options.state));
    this.#model = new Model(state, { media: options.media, misbehaviour: options.misbehaviour ?? {} });
    this.#world = es3World();
    Object.assign(
      this.#world,
      globals(this.#model, (path) => this.#run(readFileSync(path, 'utf8'))),
      events((type, data) => {
        for (const listener of this.#listeners) listener(type, data);
      }),
    );
  }

  /** Runs a script at once, outside the queue and the calls that count; throws what it throws. */
  load(code: string): void {
    this.#run(code);
  }

  /** A copy: what happens later does not change it. */
  state(): StandinState {
    return structuredClone(this.#model.state);
  }

  /** How often each native call that writes was made. */
  get calls(): Readonly<Record<string, number>> {
    return this.#model.calls;
  }

  /** How often scripts asked for something that costs Premiere a look. */
  get looks(): number {
    return this.#model.looks;
  }

  /** What the person sees. */
  get shown(): Readonly<Shown> {
    return this.#model.shown;
  }

  /** A panel hears the events that scripts dispatch, until it calls what it is given. */
  listen(type: string, heard: (data: string) => void): () => void {
    const listener = (told: string, data: string) => {
      if (told === type) heard(data);
    };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether Premiere stands still with a dialog open. */
  get waiting(): boolean {
    return this.#model.dialog;
  }

  /** The person closes the dialog; the script that raised it goes on. */
  closeDialog(): void {
    this.#model.closeDialog();
  }

  /** Scripts queue up behind each other on Premiere's one main thread; behind a dialog they wait for ever. */
  evalScript(code: string): Promise<string> {
    const answer = this.#queue.then(() => this.#evaluate(code));
    this.#queue = answer;
    return answer;
  }

  async #evaluate(code: string): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, this.#model.options.misbehaviour.delayMs ?? 0));
    this.#model.answered = false;
    this.#model.tick();
    // A script stopped by a dialog is taken back and run again once the dialog is closed.
    const before = this.#model.options.misbehaviour.modal ? structuredClone(this.#model.state) : null;
    const answer = this.#coerced(code);
    if (!this.#model.dialog) return answer;
    if (before) this.#model.load(before);
    await this.#model.closed();
    return this.#coerced(code);
  }

  #coerced(code: string): string {
    try {
      const answer = String(this.#run(code));
      this.#ring();
      return answer;
    } catch {
      return 'EvalScript error.';
    }
  }

  /** What happened is told once the script has ended. */
  #ring(): void {
    for (const event of this.#model.waiting.splice(0))
      for (const listener of this.#model.bound.get(event) ?? []) setTimeout(listener, 0);
  }

  #run(code: string): unknown {
    return runInContext(code, this.#world, { filename: 'premiere.jsx' });
  }
}

/** `File` reads its path as a URI where it holds per cent escapes. */
function filePath(path: unknown): string {
  try {
    return decodeURIComponent(String(path));
  } catch {
    return String(path);
  }
}

function globals(model: Model, evalFile: (path: string) => unknown): Record<string, unknown> {
  class File {
    readonly fsName: string;
    constructor(path: unknown) {
      this.fsName = filePath(path);
    }
    get exists(): boolean {
      return model.exists(this.fsName);
    }
  }
  const dialog = () => {
    model.dialog = true;
    throw new DialogOpen();
  };
  return {
    app: application(model),
    Time,
    ProjectItemType: { ...ITEM_TYPES },
    File,
    $: {
      evalFile: (file: unknown) => evalFile(file instanceof File ? file.fsName : filePath(file)),
      os: 'Stand-in',
      version: '4.5.6',
    },
    alert: dialog,
    confirm: dialog,
    prompt: dialog,
  };
}

function application(model: Model): unknown {
  return {
    get version() {
      return model.state.appVersion;
    },
    isDocumentOpen: () => true,
    get project() {
      return project(model);
    },
    ...views(model, () => project(model)),
  };
}

function project(model: Model): unknown {
  const { state } = model;
  return {
    documentID: state.project.documentID,
    name: state.project.name,
    path: state.project.path,
    get rootItem() {
      return new ProjectItem(model, model.state.root.id);
    },
    get sequences() {
      return model.collection(
        'numSequences',
        model.state.sequences.map(({ id }) => new Sequence(model, id)),
      );
    },
    get activeSequence() {
      if (model.options.misbehaviour.staleActiveSequence)
        return { sequenceID: 'of-the-project-before', name: 'Old cut' };
      return model.state.activeSequence === null
        ? model.none(0)
        : new Sequence(model, model.state.activeSequence);
    },
    openSequence(id: unknown) {
      const known = model.state.sequences.some((sequence) => sequence.id === id);
      if (known) model.state.activeSequence = String(id);
      if (known) model.fire('onActiveSequenceChanged');
      return known;
    },
    importFiles(paths: unknown, _suppressUI: unknown, bin: unknown, stills: unknown) {
      const list = textsOf(paths);
      if (!list) throw new Error('Illegal Parameter type');
      const into = bin instanceof ProjectItem ? model.node(bin.nodeId) : model.state.root;
      return model.importFiles(list, into, stills === true);
    },
    addPropertyToProjectMetadataSchema(name: unknown, label: unknown, type: unknown) {
      model.count('addPropertyToProjectMetadataSchema');
      if (!model.state.schema.some((known) => known.name === name)) {
        model.state.schema.push({ name: String(name), label: String(label), type: Number(type) });
      }
      return true;
    },
  };
}
