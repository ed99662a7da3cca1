/** The chair proposes a lead with supporters and their roles, and asks every seat. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { Paragraph, Select, SendButton, submitting } from './fields';
import type { Form } from './forms';
import { Refused } from './marks';
import type { ConferenceSeat } from '../live/conference';
import type { RoomStore } from './store';

export function OpenRound({ store, itemId }: { store: RoomStore; itemId: string }): JSX.Element | null {
  const form = store.forms.form(`ask ${itemId}`, { nominee_id: '', wording: '' });
  if (!store.isChair) return <p class="small">{t('主担当機関を提案できるのは、議長の機関だけです。')}</p>;
  const others = store.electorate.filter((seat) => seat.agency_id !== form.get('nominee_id'));
  const send = (): void => void form.submit('open_round', {
    item_id: itemId,
    nominee_id: form.get('nominee_id'),
    wording: form.get('wording'),
    supporters: others
      .filter((seat) => form.get(`with ${seat.agency_id}`) !== '')
      .map((seat) => ({ agency_id: seat.agency_id, role: form.get(`role ${seat.agency_id}`) })),
  });
  return (
    <form class="form ask-form" onSubmit={submitting(form, send)}>
      <Select form={form} name="nominee_id" label={t('主担当の候補')} required empty={t('選んでください')}
        options={store.electorate.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
      <Paragraph form={form} name="wording" label={t('確認する内容')} required />
      <fieldset class="supporters">
        <legend>{t('支援する機関と役割')}</legend>
        {others.map((seat) => <Supporter key={seat.agency_id} form={form} seat={seat} />)}
      </fieldset>
      <Refused refusal={form.refusal.value} />
      <SendButton form={form} connected={store.link.status.value.connected} wide>{t('各機関に確認する')}</SendButton>
    </form>
  );
}

/** Typing a role ticks the agency; both say the same thing. */
function Supporter({ form, seat }: { form: Form; seat: ConferenceSeat }): JSX.Element {
  const chosen = form.get(`with ${seat.agency_id}`) !== '';
  return (
    <div class="supporter">
      <label class="choice">
        <input type="checkbox" checked={chosen} onChange={(event) => form.set(`with ${seat.agency_id}`, event.currentTarget.checked ? '1' : '')} />
        <span class="choice-text">{seat.name}</span>
      </label>
      {chosen ? (
        <input class="input" type="text" maxLength={200} aria-label={t('{agency}の役割', { agency: seat.name })} placeholder={t('役割')}
          value={form.get(`role ${seat.agency_id}`)} onInput={(event) => form.set(`role ${seat.agency_id}`, event.currentTarget.value)} />
      ) : null}
    </div>
  );
}
