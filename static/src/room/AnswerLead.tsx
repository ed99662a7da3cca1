/** 受諾: the nominee says itself whether it leads, and with whom; silence is not consent here either. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/item';
import { Paragraph, Radios, SendButton, submitting, Text } from './fields';
import { Refused } from './marks';
import type { RoomStore } from './store';

export function AnswerLead({ store, round }: { store: RoomStore; round: Round }): JSX.Element | null {
  const form = store.forms.form(`lead ${round.id}`, { accepted: '', person: store.data.actor.person, reason: '' });
  const changing = store.forms.choice(`lead again ${round.id}`);
  if (round.accepted !== null && changing.value === '') {
    return <p class="small"><button type="button" class="button button-tertiary is-small" onClick={() => { changing.value = 'open'; }}>{t('受諾の回答を変更する')}</button></p>;
  }
  const accepted = form.get('accepted');
  const send = async (): Promise<void> => {
    const taken = await form.submit('answer_lead', {
      round_id: round.id,
      accepted: accepted === 'true',
      person: accepted === 'true' ? form.get('person') : '',
      reason: accepted === 'true' ? '' : form.get('reason'),
    });
    if (taken) changing.value = '';
  };
  return (
    <form class="form lead-form" onSubmit={submitting(form, () => { if (accepted !== '') void send(); })}>
      <Radios form={form} name="accepted" label={t('主担当機関の候補に挙がりました。引き受けますか。')} options={[
        { value: 'true', label: t('受諾する') }, { value: 'false', label: t('受諾しない') },
      ]} />
      {accepted === 'true' ? <Text form={form} name="person" label={t('主担当となる担当者')} required max={80} /> : null}
      {accepted === 'false' ? <Paragraph form={form} name="reason" label={t('受諾しない理由')} required /> : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      {accepted === '' ? null : <SendButton form={form} connected={store.link.status.value.connected} small>{t('受諾の回答を送る')}</SendButton>}
    </form>
  );
}
