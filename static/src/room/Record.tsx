/** 決定の記録: from when a decision holds, when it is looked at again, and what is done first. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/lead';
import { Day, Text } from './fields';
import type { Form } from './forms';
import { Person } from './marks';
import type { RoomStore } from './store';
import { dayAfter, dayText, today } from './time';

/** The first action is due within a fortnight (the domain's `decision_record`). */
const FIRST_ACTION_DAYS = 14;

export const RECORD = { effective_on: '', review_on: '', action: '', action_person: '', action_due: '' };

export function recordOf(form: Form): Record<string, string | null> {
  const day = (name: string): string | null => form.get(name) || null;
  return {
    effective_on: day('effective_on'), review_on: day('review_on'), action: form.get('action'),
    action_person: form.get('action_person'), action_due: day('action_due'),
  };
}

export function RecordFields({ store, form }: { store: RoomStore; form: Form }): JSX.Element {
  const now = today(store.now.value);
  return (
    <fieldset class="record-fields">
      <legend>{t('決定の記録')}</legend>
      <Text form={form} name="action" label={t('主担当の最初の行動（発効日から{days}日以内）', { days: FIRST_ACTION_DAYS })} required />
      <div class="record-days">
        <Text form={form} name="action_person" label={t('担当者')} required max={80} />
        <Day form={form} name="action_due" label={t('期限')} required min={now} />
        <Day form={form} name="effective_on" label={t('発効日')} required min={now} />
        <Day form={form} name="review_on" label={t('見直し日')} required min={now} />
      </div>
    </fieldset>
  );
}

/** What the fields begin with: today, and whoever the nominee named. */
export function proposed(store: RoomStore, round: Round): typeof RECORD {
  const now = today(store.now.value);
  return { ...RECORD, effective_on: now, action_person: round.lead_person, action_due: dayAfter(now, FIRST_ACTION_DAYS) };
}

export function Recorded({ store, round }: { store: RoomStore; round: Round }): JSX.Element | null {
  const { record } = round;
  if (record === null) return null;
  const day = (told: string | null): string => (told === null ? '' : dayText(told, store.data.language));
  return (
    <dl class="record-told small">
      <dt>{t('発効日')}</dt><dd>{day(record.effective_on)}</dd>
      <dt>{t('見直し日')}</dt><dd>{day(record.review_on)}</dd>
      <dt>{t('最初の行動')}</dt><dd>{record.action}<br /><Person store={store} name={record.action_person} /> {t('{day}まで', { day: day(record.action_due) })}</dd>
    </dl>
  );
}
