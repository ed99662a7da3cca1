/** A view of the sheet in its grid; the grid lives as long as the tab is open. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { effect, useSignal, type Signal } from '@preact/signals';
import { t } from '../i18n';
import { SheetGrid } from '../sheet/grid';
import type { CaseSheet, ColumnInfo } from './case-sheet';
import { CellPast } from './cell-past';
import { CellHistory } from './CellHistory';
import { Muted, Refused } from './marks';
import { viewOf, type View } from './sheet-source';
import type { RoomStore } from './store';
import { clockTime, dayText, today } from './time';

interface SheetTabProps {
  readonly store: RoomStore;
  readonly sheet: CaseSheet;
  readonly kind: View;
  readonly label: string;
}

export function SheetTab({ store, sheet, kind, label }: SheetTabProps): JSX.Element {
  const ready = sheet.columns.value.length > 0;
  if (sheet.room.gone.value) return <Muted>{t('このシートを閲覧する権限がありません。')}</Muted>;
  if (sheet.failed.value) {
    return (
      <div class="refusal" role="alert">
        <p>{t('シートの項目を読み込めませんでした。')}</p>
        <button type="button" class="button button-secondary is-small" onClick={() => sheet.retry()}>{t('もう一度読み込む')}</button>
      </div>
    );
  }
  if (!ready) return <Muted>{t('読み込んでいます。')}</Muted>;
  if (!sheet.columns.value.some((column) => column.row_kind === kind)) return <Muted>{t('この表は、情報提供の同意の範囲に含まれていません。')}</Muted>;
  return (
    <div class="sheet-tab">
      <Grid store={store} sheet={sheet} kind={kind} label={label} />
      {kind === 'case' ? <WithRecord store={store} /> : null}
      {kind === 'issue' || kind === 'progress' ? <AddRow store={store} sheet={sheet} kind={kind} /> : null}
    </div>
  );
}

function Grid({ store, sheet, kind, label }: SheetTabProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const past = useSignal<CellPast | null>(null);
  const back = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (place.current === null) return;
    const moment = (iso: string): string => {
      const day = today(Date.parse(iso));
      const time = clockTime(iso, store.data.language);
      return day === today(store.link.now()) ? time : `${dayText(day, store.data.language)} ${time}`;
    };
    const open = (column: ColumnInfo, row: string): void => {
      past.value = new CellPast(sheet, column, row, store.data.urls.history.replace('CASE', sheet.caseId));
    };
    const source = viewOf(sheet, {
      seats: () => store.members, mark: (of) => store.data.marks[of] ?? '', moment,
      past: store.data.projector ? undefined : open,
    }, kind);
    const grid = new SheetGrid(place.current, source, { label, t });
    source.grid = grid;
    back.current = () => grid.focus();
    const stops = [
      sheet.listen(source.listener),
      effect(() => grid.presence(source.people())),
      effect(() => {
        source.withRecord = recordShown(store).value !== '';
        grid.changed();
      }),
      effect(() => {
        const sought = store.soughtCell.value;
        if (sought !== null && source.isRecord(sought)) recordShown(store).value = '1';
        const ref = sought === null || sheet.snapshot === null ? null : source.place(sought);
        if (ref === null) return;
        store.soughtCell.value = null;
        requestAnimationFrame(() => grid.go(ref));
      }),
      // Who has a seat decides which lines the offers have.
      effect(() => {
        if ((kind === 'proposal' || kind === 'progress') && store.members.length > 0) grid.changed();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      source.grid = null;
      grid.destroy();
    };
  }, [sheet, kind]);
  const close = (): void => {
    past.value = null;
    back.current();
  };
  return (
    <>
      <div class="sheet-place" ref={place} />
      {past.value === null ? null : <CellHistory store={store} past={past.value} close={close} />}
    </>
  );
}

const recordShown = (store: RoomStore): Signal<string> => store.forms.choice('sheet record');

/** What is registered is many lines that nobody writes at the table: shown when they are asked for. */
function WithRecord({ store }: { store: RoomStore }): JSX.Element {
  const shown = recordShown(store);
  return (
    <label class="choice sheet-with-record">
      <input type="checkbox" checked={shown.value !== ''} onChange={(event) => { shown.value = event.currentTarget.checked ? '1' : ''; }} />
      <span class="choice-text">{t('企業・財務・同意などの登録内容も表示する')}</span>
    </label>
  );
}

function AddRow({ store, sheet, kind }: { store: RoomStore; sheet: CaseSheet; kind: View }): JSX.Element | null {
  const act = store.forms.form(`row ${kind} ${sheet.caseId}`);
  const editable = store.mayAct && sheet.columns.value.some((column) => column.row_kind === kind && column.right !== 'view');
  if (!editable) return null;
  const add = (): void => {
    if (!act.busy.value) void act.run('add_sheet_row', { case_id: sheet.caseId, kind });
  };
  return (
    <div>
      <button type="button" class="button button-secondary is-small" aria-disabled={act.busy.value ? 'true' : undefined} onClick={add}>{t('行を追加')}</button>
      <Refused refusal={act.refusal.value} kept={false} />
    </div>
  );
}
