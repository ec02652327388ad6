/**
 * What the code inside Premiere's UXP answers: the methods of `$.baton` in ExtendScript, but for how a sequence is exported and how
 * changes are told, as promises, in the same terms. Types only: both ends share this file.
 */
import type { EditorChange } from '../contract.ts';
import type {
  RawAbout,
  RawExport,
  RawProject,
  RawResult,
  RawSequence,
  RawSequenceName,
  RawUsage,
  WireOp,
  WireTarget,
} from '../premiere/wire.ts';

export interface ExportRequest {
  id: string;
  path: string;
  format: 'fcp7-xml' | 'otio' | 'aaf';
}

export interface ShowRequest {
  what: 'source-monitor' | 'bin' | 'select';
  targets: WireTarget[];
  /** Ticks from the media's first frame; null = wherever it stands. */
  at: string | null;
}
export interface ShowAnswer {
  shown: boolean;
  reason: string | null;
}

/** Every method takes what the wire says and throws Errors; one with `baton` carries a code the panel knows. */
export interface UxpMethods {
  about(): Promise<RawAbout>;
  readProject(): Promise<RawProject>;
  readUsage(): Promise<RawUsage>;
  apply(request: { ops: WireOp[] }): Promise<RawResult[]>;
  readBack(request: { ops: WireOp[] }): Promise<RawResult[]>;
  sequences(): Promise<RawSequenceName[]>;
  readSequence(request: { id: string | null }): Promise<RawSequence | null>;
  exportSequence(request: ExportRequest): Promise<RawExport>;
  show(request: ShowRequest): Promise<ShowAnswer>;
}

export interface Uxp {
  methods: UxpMethods;
  /** What this Premiere can write itself. */
  exportable: ExportRequest['format'][];
  watch(changed: (what: EditorChange) => void): () => void;
}
