/** 推薦: each agency names who should lead and why, before anything is put to the table. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import { Paragraph, Select, SendButton, submitting } from './fields';
import { Muted, Refused, SeatMark, Told } from './marks';
import type { RoomStore } from './store';

export function Nominations({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  return (
    <section class="decision is-quiet" aria-labelledby="nominate-title">
      <h2 id="nominate-title">{t('主担当機関の推薦')}</h2>
      {item.nominations.length === 0 ? <Muted>{t('まだ推薦はありません。')}</Muted> : (
        <ul class="stances">
          {item.nominations.map((one) => (
            <li key={one.agency_id}>
              <SeatMark store={store} id={one.agency_id} /><span class="small">{t('の推薦')}</span>
              <SeatMark store={store} id={one.nominee_id} />
              <p class="prewrap"><Told store={store} text={one.reason} /></p>
            </li>
          ))}
        </ul>
      )}
      {store.isSeated && store.isLive ? <Nominate store={store} item={item} /> : null}
    </section>
  );
}

function Nominate({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const form = store.forms.form(`nominate ${item.id}`, { nominee_id: '', reason: '' });
  const mine = item.nominations.find((one) => one.agency_id === store.data.actor.agency_id);
  const send = (): void => void form.submit('nominate_lead', {
    item_id: item.id, nominee_id: form.get('nominee_id'), reason: form.get('reason'),
  });
  return (
    <details class="disclosure" open={form.refusal.value !== null}>
      <summary>{mine === undefined ? t('推薦する') : t('自機関の推薦を直す')}</summary>
      <form class="form" onSubmit={submitting(form, send)}>
        <Select form={form} name="nominee_id" label={t('推薦する機関')} required empty={t('選んでください')}
          options={store.electorate.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
        <Paragraph form={form} name="reason" label={t('理由')} required />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{t('推薦を送る')}</SendButton>
      </form>
    </details>
  );
}
