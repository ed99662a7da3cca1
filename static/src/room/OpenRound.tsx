/** The chair proposes a lead with supporters and their roles, and asks every seat. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ConferenceSeat } from '../live/conference';
import { Paragraph, Select, SendButton, submitting } from './fields';
import { Fitting } from './Fitting';
import type { Form } from './forms';
import { Refused } from './marks';
import type { RoomStore } from './store';
import { WhatIf } from './WhatIf';

export function OpenRound({ store, itemId, done }: { store: RoomStore; itemId: string; done: () => void }): JSX.Element {
  const form = store.forms.form(`ask ${itemId}`, { nominee_id: '', wording: '', because: '', blind: '' });
  const others = store.electorate.filter((seat) => seat.agency_id !== form.get('nominee_id'));
  const chosen = others.filter((seat) => form.get(`with ${seat.agency_id}`) !== '');
  const send = async (): Promise<void> => {
    const taken = await form.submit('open_round', {
      item_id: itemId,
      nominee_id: form.get('nominee_id'),
      wording: form.get('wording'),
      because: form.get('because'),
      blind: form.get('blind') !== '',
      supporters: chosen.map((seat) => ({ agency_id: seat.agency_id, role: form.get(`role ${seat.agency_id}`) })),
    });
    if (taken) done();
  };
  const before = store.round.value;
  return (
    <>
      <Fitting key={itemId} store={store} itemId={itemId} />
      <WhatIf key={`if ${itemId}`} store={store} itemId={itemId} nomineeId={form.get('nominee_id')} />
      <form class="form ask-form" onSubmit={submitting(form, () => void send())}>
        <div class="ask-columns">
          <div>
            <Select form={form} name="nominee_id" label={t('主担当の候補')} required empty={t('選んでください')}
              options={store.electorate.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
            <Paragraph form={form} name="wording" label={t('確認する内容')} required />
            {before === null ? null : <Paragraph form={form} name="because" label={t('改めて確認する理由')} required />}
            <label class="choice">
              <input type="checkbox" checked={form.get('blind') !== ''} onChange={(event) => form.set('blind', event.currentTarget.checked ? '1' : '')} />
              <span class="choice-text">{t('公開するまで回答を互いに伏せる')}</span>
            </label>
          </div>
          <fieldset class="supporters">
            <legend>{t('支援する機関と役割')}</legend>
            {others.map((seat) => <Supporter key={seat.agency_id} form={form} seat={seat} at={chosen.indexOf(seat)} />)}
          </fieldset>
        </div>
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{t('各機関に確認する')}</SendButton>
      </form>
    </>
  );
}

/** `at`: its place among those chosen, by which a refusal names it; -1 where it is not chosen. */
function Supporter({ form, seat, at }: { form: Form; seat: ConferenceSeat; at: number }): JSX.Element {
  const path = `supporters-${at}-role`;
  const error = at < 0 ? '' : (form.refusal.value?.fields[path] ?? '');
  if (at >= 0) form.shown.add(path);
  return (
    <div class="supporter">
      <label class="choice">
        <input type="checkbox" checked={at >= 0} onChange={(event) => form.set(`with ${seat.agency_id}`, event.currentTarget.checked ? '1' : '')} />
        <span class="choice-text">{seat.name}</span>
      </label>
      {at < 0 ? null : (
        <input class="input" type="text" maxLength={200} aria-label={t('{agency}の役割', { agency: seat.name })} placeholder={t('役割')}
          aria-invalid={error === '' ? undefined : 'true'} value={form.get(`role ${seat.agency_id}`)}
          onInput={(event) => form.set(`role ${seat.agency_id}`, event.currentTarget.value)} />
      )}
      {error === '' ? null : <p class="error">{error}</p>}
    </div>
  );
}
