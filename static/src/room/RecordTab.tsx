/** 記録: outcomes typed while the item runs, so that the minutes exist when it ends. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot, Outcome } from '../live/item';
import { Day, Paragraph, Select, SendButton, submitting, Text } from './fields';
import { Muted, Person, Refused, SeatMark, Told } from './marks';
import { PastPolls } from './PollResult';
import { ToRemark } from './Said';
import type { RoomStore } from './store';
import { clockTime, dayText } from './time';

const EMPTY = { kind: 'information', text: '', agency_id: '', person: '', due: '' };

export function RecordTab({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  return (
    <div class="record">
      {store.data.projector ? <h2>{t('記録')}</h2> : null}
      {item.outcomes.length === 0 ? <Muted>{store.data.projector ? t('まだ記録はありません。') : t('まだ記録はありません。決まったこと・宿題・条件などを、その場で残せます。')}</Muted> : (
        <ul class="rows">{item.outcomes.map((outcome) => <Line key={outcome.id} store={store} item={item} outcome={outcome} />)}</ul>
      )}
      {store.data.projector || store.conference.state.value?.status === 'planned' ? null : <p><a href={store.data.urls.moments} target="_blank" rel="noopener">{t('会議時点を開く（別の画面）')}</a></p>}
      {store.data.projector ? null : <PastPolls store={store} />}
      {store.isSeated && store.isLive ? <Record store={store} item={item} /> : null}
    </div>
  );
}

function Line({ store, item, outcome }: { store: RoomStore; item: ItemSnapshot; outcome: Outcome }): JSX.Element {
  const { labels, language } = store.data;
  return (
    <li class="outcome">
      <span class="badge">{labels.outcomes[outcome.kind] ?? outcome.kind}</span>
      <span class="prewrap outcome-text"><Told store={store} text={outcome.text} /></span>
      <span class="outcome-by">
        {outcome.agency_id === null ? null : <SeatMark store={store} id={outcome.agency_id} />}
        <Person store={store} name={outcome.person} />
        {outcome.due === null ? null : <span class="due">{t('期限 {day}', { day: dayText(outcome.due, language) })}</span>}
        <span class="muted">{clockTime(outcome.at, language)} <Person store={store} name={t('記録：{name}', { name: outcome.recorded_by })} /></span>
        <ToRemark store={store} item={item} remarkId={outcome.remark_id} />
      </span>
    </li>
  );
}

function Record({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const form = store.forms.form(`record ${item.id}`, EMPTY);
  const task = form.get('kind') === 'task';
  const send = (): void => void form.submit('record_outcome', {
    item_id: item.id,
    kind: form.get('kind'),
    text: form.get('text'),
    agency_id: form.get('agency_id') || null,
    person: form.get('person'),
    due: form.get('due') || null,
  });
  return (
    <form class="form record-form" aria-labelledby="record-add" onSubmit={submitting(form, send)}>
      <h2 id="record-add">{t('記録を加える')}</h2>
      <div class="field-row">
        <Select form={form} name="kind" label={t('種類')} options={Object.entries(store.data.labels.outcomes).map(([value, label]) => ({ value, label }))} />
        <Select form={form} name="agency_id" label={t('担当機関')} required={task} empty={t('なし')}
          options={store.members.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
        <Text form={form} name="person" label={t('担当者')} max={80} />
        <Day form={form} name="due" label={t('期限')} required={task} />
      </div>
      <Paragraph form={form} name="text" label={t('内容')} required max={1000} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('記録する')}</SendButton>
    </form>
  );
}
