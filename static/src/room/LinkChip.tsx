/** What a remark points to: a cell of the sheet or a paper, named and opened only for those who may see it. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { CaseSheet, ColumnInfo } from './case-sheet';
import type { LaneName } from './lanes';
import type { RoomStore, Tab } from './store';

const TABS: Readonly<Record<string, Tab>> = { case: 'sheet', proposal: 'offers', issue: 'issues', progress: 'progress' };

interface Target { readonly row: string; readonly column: ColumnInfo; readonly sheet: CaseSheet }

/** The cell behind the link; null where this agency does not see it. */
function targetOf(store: RoomStore, link: string): Target | null {
  const caseId = store.item.value?.case?.id;
  const [row = '', key = ''] = link.replace(/^cell:/u, '').split('|');
  if (caseId === undefined) return null;
  const sheet = store.sheet(caseId);
  const column = sheet.columns.value.find((one) => one.key === key);
  const there = sheet.room.state.value?.rows.some((one) => one.id === row) ?? false;
  return column === undefined || !there ? null : { row, column, sheet };
}

/** 返済状況; of a list with its line: 支援メニュー（よろず支援拠点）, 経営課題 2. */
export function cellName(store: RoomStore, sheet: CaseSheet, row: string, column: ColumnInfo): string {
  if (column.row_kind === 'proposal') return t('{item}（{agency}）', { item: column.label, agency: store.seat(row)?.name ?? '' });
  if (column.row_kind === 'case') return column.label;
  const lines = (sheet.room.state.value?.rows ?? []).filter((one) => one.kind === column.row_kind);
  return t('{item} {number}', { item: column.label, number: lines.findIndex((one) => one.id === row) + 1 });
}

function PaperChip({ store, id }: { store: RoomStore; id: string }): JSX.Element {
  const item = store.item.value;
  const sheet = item?.case ? store.sheet(item.case.id) : null;
  const paper = sheet?.room.state.value?.papers.find((one) => one.id === id);
  if (item === null || paper === undefined) return <span class="link-chip is-paper is-closed">{t('資料')}</span>;
  if (store.data.projector) return <span class="link-chip is-paper">{paper.title}</span>;
  const open = (): void => {
    store.pane.value = 'center';
    store.tab.value = 'papers';
    store.forms.choice(`paper ${item.id}`).value = id;
    store.forms.choice(`follow ${item.id}`).value = '';
  };
  return <button type="button" class="link-chip is-paper" onClick={open}><span class="hidden-text">{t('資料を開く：')}</span>{paper.title}</button>;
}

export function LinkChip({ store, link }: { store: RoomStore; link: string }): JSX.Element {
  if (link.startsWith('paper:')) return <PaperChip store={store} id={link.slice('paper:'.length)} />;
  const target = targetOf(store, link);
  if (target === null) return <span class="link-chip is-closed">{t('シートの項目')}</span>;
  const name = cellName(store, target.sheet, target.row, target.column);
  const tab = TABS[target.column.row_kind];
  if (store.data.projector || tab === undefined) return <span class="link-chip">{name}</span>;
  const open = (): void => {
    store.pane.value = 'center';
    store.tab.value = tab;
    store.soughtCell.value = { row: target.row, column: target.column.key };
  };
  return <button type="button" class="link-chip" onClick={open}><span class="hidden-text">{t('シートで開く：')}</span>{name}</button>;
}

/** What a remark can point to: cells and papers this agency sees; its private papers only among itself. */
export function linkable(store: RoomStore, lane: LaneName): readonly { readonly group: string; readonly cells: readonly { readonly link: string; readonly name: string }[] }[] {
  const caseId = store.item.value?.case?.id;
  if (caseId === undefined) return [];
  const sheet = store.sheet(caseId);
  const rows = sheet.room.state.value?.rows ?? [];
  const groups = new Map<string, { link: string; name: string }[]>();
  for (const column of sheet.columns.value) {
    if (TABS[column.row_kind] === undefined) continue;
    const cells = groups.get(column.group_label) ?? [];
    for (const row of rows) {
      if (row.kind === column.row_kind) cells.push({ link: `cell:${row.id}|${column.key}`, name: cellName(store, sheet, row.id, column) });
    }
    groups.set(column.group_label, cells);
  }
  const papers = (sheet.room.state.value?.papers ?? []).filter((one) => lane === 'agency' || one.group !== 'private');
  groups.set(t('資料'), papers.map((one) => ({ link: `paper:${one.id}`, name: one.title })));
  return [...groups].map(([group, cells]) => ({ group, cells })).filter(({ cells }) => cells.length > 0);
}
