import type { Row } from './rows.js';

/** Why a download ends before its last row. */
export interface CutOff {
  readonly code: string;
  /** Says how many rows have been sent, why there are no more, and where to go on. */
  readonly message: string;
  /** The URL of the rows that are missing. */
  readonly next: string;
}

/** A download that is being written. */
export interface ExportWriter {
  readonly begin: string;
  row(row: Row, isFirst: boolean): string;
  readonly end: string;
  /** Returns the last line of a download that is cut off. The document is not complete after it. */
  cutOff(cutOff: CutOff): string;
}

export interface ExportFormat {
  readonly path: string;
  readonly type: string;
  /** The parameters of this format alone. */
  readonly own: readonly string[];
  /** @throws {ParameterError} For a parameter that is not valid. */
  create(search: URLSearchParams, site: string): ExportWriter;
}
