/** What each agency offers, to be looked at: the projector's table. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { cellKey } from '../live/sheet';
import { shownText } from '../sheet/values';
import type { CaseSheet, ColumnInfo } from './case-sheet';
import { Muted, SeatMark, Told } from './marks';
import type { RoomStore } from './store';

export function OfferTable({ store, sheet }: { store: RoomStore; sheet: CaseSheet }): JSX.Element | null {
  const cells = sheet.snapshot?.cells;
  const columns = sheet.columns.value.filter(
    (column) => column.row_kind === 'proposal' && !(store.data.masked && column.key === 'in_charge'),
  );
  if (sheet.room.gone.value || columns.length === 0) return null;
  if (cells === undefined) return <Muted>{t('読み込んでいます。')}</Muted>;
  const text = (column: ColumnInfo, row: string): string =>
    shownText(sheet.spec(column, null), cells[cellKey(row, column.key)]?.value ?? null, t, store.data.language);
  return (
    <>
      <h2>{t('各機関の支援提案')}</h2>
      <div class="table-region" role="region" tabIndex={0} aria-label={t('各機関の支援提案')}>
        <table class="table is-grid">
          <thead><tr><th scope="col">{t('機関')}</th>{columns.map((column) => <th key={column.key} scope="col">{column.label}</th>)}</tr></thead>
          <tbody>
            {store.members.map((seat) => (
              <tr key={seat.agency_id}>
                <th scope="row"><SeatMark store={store} id={seat.agency_id} /></th>
                {columns.map((column) => <td key={column.key} class="prewrap"><Told store={store} text={text(column, seat.agency_id)} /></td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
