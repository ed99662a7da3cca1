/** 休憩・中断: why, and for how long; it says when the table would go on. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { SendButton, submitting, Text } from './fields';
import { Refused } from './marks';
import type { RoomStore } from './store';
import { clockTime } from './time';

const MINUTE = 60_000;

export function BreakForm({ store, done }: { store: RoomStore; done: () => void }): JSX.Element {
  const form = store.forms.form('break', { reason: t('休憩'), minutes: '10' });
  const minutes = Number(form.get('minutes').normalize('NFKC'));
  const send = async (): Promise<void> => {
    const taken = await form.submit('pause_conference', {
      conference_id: store.data.conference_id, reason: form.get('reason'), minutes: form.get('minutes'),
    });
    if (taken) done();
  };
  return (
    <form class="form" aria-label={t('休憩する')} onSubmit={submitting(form, () => void send())}>
      <div class="field-row">
        <Text form={form} name="reason" label={t('理由')} required max={80} />
        <Text form={form} name="minutes" label={t('長さ（分）')} required max={3} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{t('休憩に入る')}</SendButton>
        {minutes > 0 ? <p class="small break-until">{t('{time}再開予定', { time: clockTime(new Date(store.now.value + minutes * MINUTE), store.data.language) })}</p> : null}
      </div>
      <Refused refusal={form.refusal.value} shown={form.shown} />
    </form>
  );
}
