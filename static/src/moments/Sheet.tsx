/** The sheet of the item's case as it stood, as far as the reader may see it now. */
import { signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import { cellKey, type SheetSnapshot } from '../live/sheet';
import type { ColumnInfo } from '../room/case-sheet';
import { clockTime, dayText, today } from '../room/time';
import { shownText } from '../sheet/values';
import { Muted, Part } from './parts';
import type { MomentsStore } from './store';

/** Columns of a case, asked for once; null where they could not be had. */
const asked = new Map<string, Signal<readonly ColumnInfo[] | null | undefined>>();

function columnsOf(store: MomentsStore, caseId: string): readonly ColumnInfo[] | null | undefined {
  let columns = asked.get(caseId);
  if (columns === undefined) {
    columns = signal<readonly ColumnInfo[] | null | undefined>(undefined);
    asked.set(caseId, columns);
    void fetched(store.data.urls.columns.replace('CASE', caseId), columns);
  }
  return columns.value;
}

async function fetched(address: string, into: Signal<readonly ColumnInfo[] | null | undefined>): Promise<void> {
  try {
    const answer = await fetch(address, { headers: { Accept: 'application/json' } });
    into.value = answer.ok ? ((await answer.json()) as { columns: ColumnInfo[] }).columns : null;
  } catch {
    into.value = null;
  }
}

export function Sheet({ store, item }: { store: MomentsStore; item: AgendaItem }): JSX.Element | null {
  const caseId = store.caseOf(item);
  const sheet = store.sheet(item);
  if (caseId === null || sheet === null) return null;
  const columns = columnsOf(store, caseId);
  return (
    <Part title={t('情報共有シート')}>
      {columns === undefined ? <Muted>{t('読み込んでいます。')}</Muted>
        : columns === null ? <Muted>{t('シートの項目を読み込めませんでした。画面を読み込み直してください。')}</Muted>
          : <Rows store={store} sheet={sheet} columns={columns} />}
    </Part>
  );
}

interface Written { readonly key: string; readonly label: string; readonly text: string; readonly by: string }

/** Cells that had been written by then, row by row. */
function Rows({ store, sheet, columns }: { store: MomentsStore; sheet: SheetSnapshot; columns: readonly ColumnInfo[] }): JSX.Element {
  const rows = sheet.rows.map((row, place) => {
    const nth = sheet.rows.slice(0, place + 1).filter((one) => one.kind === row.kind).length;
    const name = row.kind === 'proposal' ? store.name(row.owner_id) || t('会議に出ていない機関') : row.kind === 'issue' ? t('経営課題{number}', { number: nth }) : row.kind === 'note' ? t('機関内メモ') : t('案件の項目');
    return { id: row.id, name, cells: columns.filter((one) => one.row_kind === row.kind).flatMap((column) => written(store, sheet, row.id, column)) };
  });
  const filled = rows.filter((row) => row.cells.length > 0);
  if (filled.length === 0) return <Muted>{t('この時点では、まだ記入されていません。')}</Muted>;
  return (
    <>
      {filled.map((row) => (
        <details key={row.id} class="moments-sheet" open>
          <summary>{row.name}</summary>
          <dl class="facts">{row.cells.map((cell) => <div key={cell.key}><dt>{cell.label}</dt><dd><span class="prewrap">{cell.text}</span> <span class="muted small">{cell.by}</span></dd></div>)}</dl>
        </details>
      ))}
    </>
  );
}

function written(store: MomentsStore, sheet: SheetSnapshot, row: string, column: ColumnInfo): Written[] {
  const cell = sheet.cells[cellKey(row, column.key)];
  if (cell === undefined || cell.value === null || cell.value === '') return [];
  const { language } = store.data;
  const text = shownText({ type: column.type, options: column.options, readonly: true }, cell.value, t, language);
  const when = `${dayText(today(Date.parse(cell.at)), language)} ${clockTime(cell.at, language)}`;
  return [{ key: column.key, label: column.label, text, by: `${cell.agency} ${cell.person} ${when}` }];
}
