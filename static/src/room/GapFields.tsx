/** 引受手不在の記録: what support is missing, who answers for what comes next, and by when. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { Day, Paragraph, Select, Text } from './fields';
import type { Form } from './forms';
import type { RoomStore } from './store';
import { dayAfter, today } from './time';

/** The next step is due within two months (the domain's `gaps`). */
const STEP_DAYS = 60;

export const GAP = { gap_kind: '', gap_text: '', gap_owner_id: '', gap_owner_person: '', gap_step: '', gap_due: '' };

/** What the fields begin with: the secretariat, where it may know the case. */
export function proposedGap(store: RoomStore): typeof GAP {
  const host = store.data.host_agency_id;
  return { ...GAP, gap_owner_id: owners(store).some((one) => one.value === host) ? host : '' };
}

export function gapOf(form: Form): Record<string, string | null> {
  const orNone = (name: string): string | null => form.get(name) || null;
  return {
    gap_kind: orNone('gap_kind'), gap_text: form.get('gap_text'), gap_owner_id: orNone('gap_owner_id'),
    gap_owner_person: form.get('gap_owner_person'), gap_step: form.get('gap_step'), gap_due: orNone('gap_due'),
  };
}

function owners(store: RoomStore): { value: string; label: string }[] {
  return store.electorate.map((seat) => ({ value: seat.agency_id, label: seat.name }));
}

export function GapFields({ store, form }: { store: RoomStore; form: Form }): JSX.Element {
  const now = today(store.now.value);
  const kinds = Object.entries(store.data.labels.gap_kinds).map(([value, label]) => ({ value, label }));
  return (
    <fieldset class="record-fields">
      <legend>{t('引受手不在の記録')}</legend>
      <p class="small">{t('各機関が引き受けられない理由は、推薦と回答から自動で記録に入ります。')}</p>
      <Select form={form} name="gap_kind" label={t('不足している支援')} required empty={t('選んでください')} options={kinds} />
      <Paragraph form={form} name="gap_text" label={t('どのような支援が足りないか')} required />
      <div class="record-days">
        <Select form={form} name="gap_owner_id" label={t('担当する機関')} required empty={t('選んでください')} options={owners(store)} />
        <Text form={form} name="gap_owner_person" label={t('担当者の氏名')} required max={80} />
      </div>
      <Paragraph form={form} name="gap_step" label={t('次の対応')} required max={300} />
      <div class="record-days">
        <Day form={form} name="gap_due" label={t('次の対応の期限（{days}日以内）', { days: STEP_DAYS })} required min={now} max={dayAfter(now, STEP_DAYS)} />
      </div>
    </fieldset>
  );
}
