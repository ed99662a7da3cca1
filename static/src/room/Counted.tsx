/** 回答の一覧: what the declared result was reached from, as a table that can be counted by hand. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Closing, Round } from '../live/lead';
import { SeatMark, StanceBadge } from './marks';
import { ruleText } from './rule-text';
import type { RoomStore } from './store';

export function Counted({ store, round, closing }: { store: RoomStore; round: Round; closing: Closing }): JSX.Element {
  return (
    <details class="disclosure counted">
      <summary>{t('回答の一覧')}</summary>
      <p class="small">{ruleText(round.rule)}</p>
      <table class="table is-dense">
        <caption class="hidden-text">{t('宣言のときの各機関の回答')}</caption>
        <thead><tr><th scope="col">{t('機関')}</th><th scope="col">{t('回答')}</th><th scope="col">{t('控え')}</th></tr></thead>
        <tbody>
          {closing.seats.map((seat) => {
            const said = closing.stances[seat.agency_id];
            const out = closing.recused.includes(seat.agency_id);
            return (
              <tr key={seat.agency_id}>
                <th scope="row"><SeatMark store={store} id={seat.agency_id} name={seat.name} /></th>
                <td data-label={t('回答')}>{out ? t('退席（利益相反）') : said === undefined ? t('未回答') : <><StanceBadge store={store} stance={said.stance} />{said.manner === undefined || said.manner === 'own' ? null : <span class="small"> {store.data.labels.manners[said.manner]}</span>}</>}</td>
                <td data-label={t('控え')} class="mono">{out ? '' : (said?.receipt ?? '')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
