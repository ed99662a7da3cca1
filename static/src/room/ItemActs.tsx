/** 議題の操作: later, to another conference, withdrawn, put in between; each keeps what was typed. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import { Day, Paragraph, Select, SendButton, submitting, Text, type Option } from './fields';
import type { Form } from './forms';
import { Refused } from './marks';
import type { RoomStore } from './store';
import { dayText, today } from './time';

interface Props { readonly store: RoomStore; readonly item: AgendaItem; readonly done: () => void }

export function ItemActs({ store, item, done }: Props): JSX.Element {
  const title = t('議題{number}：{title}', { number: item.position, title: store.titleOf(item) });
  return (
    <div class="item-acts">
      <h2>{title}</h2>
      {item.status === 'done' ? null : <Later store={store} item={item} />}
      <div class="item-acts-forms">
        {item.status === 'done' ? null : <CarryOver store={store} item={item} done={done} />}
        {item.status === 'done' || (item.kind !== 'case' && item.status === 'running') ? null : <Withdraw store={store} item={item} done={done} />}
        {item.result === 'continued' ? <Settle store={store} item={item} done={done} /> : null}
        <Insert store={store} item={item} />
      </div>
    </div>
  );
}

const members = (store: RoomStore): readonly Option[] => store.members.map((seat) => ({ value: seat.agency_id, label: seat.name }));

function Later({ store, item }: { store: RoomStore; item: AgendaItem }): JSX.Element | null {
  const act = store.forms.form(`later ${item.id}`);
  const after = store.agenda.filter((one) => one.status === 'waiting' && one.position > item.position);
  if (after.length === 0) return null;
  const put = (to: string): void => {
    if (!act.busy.value) void act.run('put_off_item', { item_id: item.id, to });
  };
  return (
    <div class="item-later">
      <button type="button" class="button button-secondary is-small" onClick={() => put('next')}>{t('次の議題のあとに回す')}</button>
      <button type="button" class="button button-secondary is-small" onClick={() => put('last')}>{t('最後に回す')}</button>
      <Refused refusal={act.refusal.value} kept={false} />
    </div>
  );
}

function CarryOver({ store, item, done }: Props): JSX.Element {
  const form = store.forms.form(`carry ${item.id}`, { owner_agency_id: '', owner_person: '', next_date: '', conference_id: '' });
  const { language, next_conferences } = store.data;
  const onto = form.get('conference_id') !== '';
  const send = async (): Promise<void> => {
    if (await form.submit('carry_over_item', { item_id: item.id, ...given(form, ['owner_agency_id', 'owner_person', 'next_date', 'conference_id']) })) done();
  };
  return (
    <form class="form" aria-label={t('継続にする')} onSubmit={submitting(form, () => void send())}>
      <h3>{t('継続（次の会議へ）')}</h3>
      {next_conferences.length === 0 ? null : (
        <Select form={form} name="conference_id" label={t('移す先の会議')} empty={t('決めない')}
          options={next_conferences.map(({ id, name, day }) => ({ value: id, label: `${dayText(day, language)}　${name}` }))} />
      )}
      {onto ? null : <Day form={form} name="next_date" label={t('次に協議する日')} min={today(store.now.value)} />}
      <Select form={form} name="owner_agency_id" label={t('次回まで担当する機関')} empty={item.kind === 'case' ? t('案件を受け付けた機関') : t('主催機関')} options={members(store)} />
      <Text form={form} name="owner_person" label={t('担当者')} max={80} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{onto ? t('次の会議へ移す') : t('継続にする')}</SendButton>
    </form>
  );
}

function Withdraw({ store, item, done }: Props): JSX.Element {
  const form = store.forms.form(`withdraw ${item.id}`, { agency_id: '', person: '', reason: '' });
  const isCase = item.kind === 'case';
  const send = async (): Promise<void> => {
    if (await form.submit('withdraw_item', { item_id: item.id, ...given(form, ['agency_id', 'person', 'reason']) })) done();
  };
  return (
    <form class="form" aria-label={isCase ? t('取り下げる') : t('見送る')} onSubmit={submitting(form, () => void send())}>
      <h3>{isCase ? t('取下げ') : t('見送り')}</h3>
      {isCase ? (
        <>
          <Select form={form} name="agency_id" label={t('申し出た機関')} required empty={t('選んでください')} options={members(store)} />
          <Text form={form} name="person" label={t('申し出た人')} max={80} />
        </>
      ) : null}
      <Paragraph form={form} name="reason" label={t('理由')} required={isCase} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{isCase ? t('取下げとして終える') : t('見送りとして終える')}</SendButton>
    </form>
  );
}

/** What a continued item still lacks before the conference may close. */
function Settle({ store, item, done }: Props): JSX.Element {
  const settled = store.itemRoom(item.id)?.state.value?.settled;
  const form = store.forms.form(`settle ${item.id}`, { owner_agency_id: '', owner_person: '', next_date: '' });
  useEffect(() => {
    if (settled == null || form.touched) return;
    form.recall({ owner_agency_id: settled.owner_agency_id ?? '', owner_person: settled.owner_person, next_date: settled.next_date ?? '' });
  }, [settled]);
  const send = async (): Promise<void> => {
    if (await form.submit('settle_item', { item_id: item.id, owner_agency_id: form.get('owner_agency_id'), ...given(form, ['owner_person', 'next_date']) })) done();
  };
  return (
    <form class="form" aria-label={t('次回までの担当と期日')} onSubmit={submitting(form, () => void send())}>
      <h3>{t('次回までの担当と期日')}</h3>
      <Select form={form} name="owner_agency_id" label={t('次回まで担当する機関')} required empty={t('選んでください')} options={members(store)} />
      <Text form={form} name="owner_person" label={t('担当者')} max={80} />
      <Day form={form} name="next_date" label={t('次に協議する日')} min={today(store.now.value)} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('登録する')}</SendButton>
    </form>
  );
}

function Insert({ store, item }: { store: RoomStore; item: AgendaItem }): JSX.Element {
  const form = store.forms.form('insert', { kind: 'exchange', title: '', minutes: '10' });
  const send = (): void => void form.submit('add_item', {
    conference_id: store.data.conference_id, after_item_id: item.id,
    kind: form.get('kind'), title: form.get('title'), minutes: form.get('minutes'),
  });
  return (
    <form class="form" aria-label={t('議題を挿入する')} onSubmit={submitting(form, send)}>
      <h3>{t('このあとに議題を挿入')}</h3>
      <Select form={form} name="kind" label={t('種類')} options={['exchange', 'report'].map((kind) => ({ value: kind, label: store.data.labels.items[kind] ?? '' }))} />
      <Text form={form} name="title" label={t('議題名')} required max={120} />
      <Text form={form} name="minutes" label={t('時間（分）')} required max={3} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('挿入する')}</SendButton>
    </form>
  );
}

/** Fields left empty are not sent: the server has its own rule for them. */
function given(form: Form, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, form.get(name)] as const).filter(([, value]) => value !== ''));
}
