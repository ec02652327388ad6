/** Scenes written once above their takes: a blank scene cell below means the same scene, as a merged cell does once it is a CSV. */
import type { Issue } from '../documents/issue.ts';
import type { LogRow } from '../documents/log.ts';

/** Fills scenes down a sheet, row by row, and keeps count of the rows in which it guessed. */
export class SceneCarrier {
  private above: Pick<LogRow, 'scene' | 'setup'> = {};
  private readonly rows: number[] = [];

  /** A blank line ends a scene's list of takes. */
  blank(): void {
    this.above = {};
  }

  /** The row with the scene it lacks; the row itself where it lacks none, or speaks of a file. */
  carry(row: LogRow): LogRow {
    if (row.scene !== undefined) {
      const { scene, setup } = row;
      this.above = { scene, ...(setup === undefined ? {} : { setup }) };
      return row;
    }
    const named = row.file !== undefined || row.soundFile !== undefined || row.about !== undefined;
    if (named || this.above.scene === undefined || (row.take === undefined && row.setup === undefined))
      return row;
    this.rows.push(row.row);
    if (row.setup !== undefined) this.above = { ...this.above, setup: row.setup };
    return { ...row, ...this.above };
  }

  /** One for the whole sheet: that these rows were guessed at. */
  issues(name: string): Issue[] {
    const { rows } = this;
    if (rows.length === 0) return [];
    const which = rows.length === 1 ? `Row ${rows[0]}` : `${rows.length} rows (${runs(rows)})`;
    const message = `${name}: ${which} of it name no scene; that of the row above is taken.`;
    const fix = 'fill in the scene where that is wrong';
    return [{ code: 'log-scene-carried', severity: 'note', at: name, clips: [], message, fix }];
  }
}

/** `3–5, 9`: rows that follow each other, at most ten runs of them. */
function runs(rows: number[]): string {
  const found: [number, number][] = [];
  for (const row of rows) {
    const last = found[found.length - 1];
    if (last && last[1] === row - 1) last[1] = row;
    else found.push([row, row]);
  }
  const shown = found.slice(0, 10).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${shown.join(', ')}${found.length > 10 ? ', …' : ''}`;
}
