/** 訂正: what is put right beside a decision, which itself stays as it was declared. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/lead';
import { Person, Told } from './marks';
import type { RoomStore } from './store';
import { dayText, today } from './time';

const DAYS = new Set(['next_date', 'effective_on', 'review_on', 'action_due', 'condition_due']);
const NAMES = new Set(['lead_person', 'declared_by', 'action_person']);

export function Addenda({ store, round }: { store: RoomStore; round: Round }): JSX.Element | null {
  if (round.addenda.length === 0) return null;
  const { labels, language } = store.data;
  const said = (field: string, text: string): JSX.Element => {
    if (NAMES.has(field)) return <Person store={store} name={text} />;
    return DAYS.has(field) ? <>{dayText(text, language)}</> : <Told store={store} text={text} />;
  };
  return (
    <>
      <h3 class="small strong">{t('訂正')}</h3>
      <ol class="addenda small">
        {round.addenda.map((one) => (
          <li key={one.number}>
            {labels.addendum_fields[one.field]}{one.agency_id === '' ? '' : t('（{agency}）', { agency: store.seat(one.agency_id)?.name ?? '' })}{' '}
            <del>{said(one.field, one.was)}</del> → <ins>{said(one.field, one.says)}</ins><br />
            <Told store={store} text={one.reason} /> <span class="muted">{dayText(today(Date.parse(one.at)), language)} {one.agency} <Person store={store} name={one.by} /></span>
          </li>
        ))}
      </ol>
    </>
  );
}
