/** A page with one sheet for the browser test: a source in memory that plays server and other participants. */

import { t } from '../../../static/src/i18n';
import { SheetGrid } from '../../../static/src/sheet/grid';
import type { CellSpec, CellValue, GridColumn, PresentPerson, SheetSource, Value, Way } from '../../../static/src/sheet/types';

const PHASES = ['相談', '検討', '支援中', 'モニタリング'].map((label, at) => ({ value: `p${at}`, label }));
const WISHES = ['資金繰り', '売上・販路', '事業承継'].map((label, at) => ({ value: `w${at}`, label }));

const SPECS: Readonly<Record<string, CellSpec>> = {
  no: { type: 'readonly', readonly: true },
  name: { type: 'text', readonly: false, maxLength: 60, required: true },
  phase: { type: 'enum', readonly: false, options: PHASES },
  due: { type: 'date', readonly: false },
  debt: { type: 'money', readonly: false },
  memo: { type: 'text', readonly: false, maxLength: 20 },
  story: { type: 'longtext', readonly: false, maxLength: 1000 },
  wishes: { type: 'multi', readonly: false, options: WISHES },
  staff: { type: 'int', readonly: false },
  sure: { type: 'bool', readonly: false },
};
const TITLES: Readonly<Record<string, string>> = {
  no: '案件番号', name: '事業者名', phase: '支援段階', due: '次回確認日', debt: '借入残高（千円）', memo: 'メモ',
  story: '経過', wishes: '依頼区分', staff: '従業員数', sure: '社長の同意',
};
const BEFORE: Readonly<Record<string, (at: number) => Value>> = {
  no: (at) => `A-${String(at + 1).padStart(5, '0')}`,
  name: (at) => `株式会社テスト${at + 1}`,
  phase: (at) => PHASES[at % 4]?.value ?? null,
  due: () => '2026-01-15',
  debt: (at) => at * 3700 - 7400,
  memo: (at) => `メモ${at}`,
  story: () => '十月に来所。\n資金繰りについて相談があった。',
  wishes: (at) => (at % 3 === 0 ? ['w0', 'w2'] : ['w1']),
  staff: (at) => at + 1,
  sure: (at) => at % 2 === 0,
};

class MemorySource implements SheetSource {
  grid: SheetGrid | null = null;
  rows: string[] = [];
  names: GridColumn[] = [];
  readonly writes: unknown[] = [];
  readonly places: unknown[] = [];
  readonly opened: string[] = [];
  private readonly cells = new Map<string, CellValue>();

  constructor(count: number, extra: number) {
    this.rows = Array.from({ length: count }, (_, at) => `r${at}`);
    this.names = Object.entries(TITLES).map(([id, title], at) => ({
      id, title, width: id === 'name' ? 180 : id === 'debt' ? 140 : 120, frozen: at < 2,
    }));
    for (let at = 0; at < extra; at += 1) this.names.push({ id: `x${at}`, title: `項目${at + 1}`, width: 110 });
  }

  columns(): readonly GridColumn[] { return this.names; }
  rowIds(): readonly string[] { return this.rows; }
  rowLabel(row: string): string { return String(this.cell(row, 'name').value ?? row); }
  readonly locked = new Set<string>();
  spec(_row: string, column: string): CellSpec | null {
    if (this.locked.has(column)) return { type: 'readonly', readonly: true };
    return SPECS[column] ?? (column === 'x1' ? null : { type: 'text', readonly: false });
  }

  cell(row: string, column: string): CellValue {
    const known = this.cells.get(`${row} ${column}`);
    const at = Number(row.slice(1));
    return known ?? { value: Number.isNaN(at) ? null : BEFORE[column]?.(at) ?? null, version: 1 };
  }

  write(row: string, column: string, value: Value, baseVersion: number, way: Way, reason: string): void {
    this.writes.push({ row, column, value, baseVersion, way, reason });
    this.put(row, column, value, '自分');
  }

  put(row: string, column: string, value: Value, by: string): void {
    const version = this.cell(row, column).version + 1;
    this.cells.set(`${row} ${column}`, { value, version, by, at: new Date().toISOString() });
    this.grid?.changed([{ row, column }]);
  }

  past(row: string, column: string): boolean {
    this.opened.push(`${row} ${column}`);
    return column !== 'no';
  }

  where(row: string, column: string, editing: boolean): void { this.places.push({ row, column, editing }); }
}

const asked = new URLSearchParams(location.search);
const source = new MemorySource(Number(asked.get('rows') ?? 200), Number(asked.get('extra') ?? 4));
const root = document.getElementById('sheet');
if (!root) throw new Error('the page has no place for the sheet');
if (asked.has('large')) document.documentElement.style.setProperty('font-size', '137.5%');
const begun = performance.now();
const grid = new SheetGrid(root, source, {
  label: '情報共有シート', t, lines: Number(asked.get('lines') ?? 1),
});
source.grid = grid;

const other = '保証協会 鈴木';
const harness = {
  builtIn: performance.now() - begun,
  value: (row: string, column: string): Value => source.cell(row, column).value,
  version: (row: string, column: string): number => source.cell(row, column).version,
  writes: source.writes,
  places: source.places,
  remote: (row: string, column: string, value: Value): void => source.put(row, column, value, other),
  insertAbove: (row: string, id: string): void => {
    source.rows = source.rows.flatMap((one) => (one === row ? [id, one] : [one]));
    grid.changed();
  },
  remove: (row: string): void => {
    source.rows = source.rows.filter((one) => one !== row);
    grid.changed();
  },
  clash: (row: string, column: string, theirs: Value, mine: Value): void => {
    source.put(row, column, theirs, other);
    grid.clash(row, column, { theirs: source.cell(row, column), theirsBy: other, mine });
  },
  refuse: (row: string, column: string, typed: string, message: string): void => {
    source.put(row, column, null, '自分');
    grid.refused(row, column, typed, message);
  },
  opened: source.opened,
  unexplained: (row: string, column: string, value: Value, base: number): void => {
    source.put(row, column, null, '自分');
    grid.unexplained({ row, column, value, base, reason: '', message: '決定後の訂正には理由が必要です。' });
  },
  presence: (people: PresentPerson[]): void => grid.presence(people),
  unsaved: (cells: { row: string; column: string }[]): void => grid.unsaved(cells),
  lock: (column: string): void => {
    source.locked.add(column);
    grid.changed();
  },
  focus: (): void => grid.focus(),
  destroy: (): void => grid.destroy(),
};
Object.assign(window, { harness });
