/** 議長の操作: walks the steps of an item, and holds what only the chair or the secretariat may do. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import type { Answer } from '../live/types';
import { Declare } from './Declare';
import { SendButton, Select, submitting, Text } from './fields';
import { Muted, Refused } from './marks';
import { OpenRound } from './OpenRound';
import type { RoomStore, Tab } from './store';

interface Step { readonly name: string; readonly hint: string; readonly tab: Tab }

const steps = (): readonly Step[] => [
  { name: t('説明'), hint: t('紹介元の機関が、企業の状況と依頼内容を説明します。'), tab: 'sheet' },
  { name: t('質疑'), hint: t('事実と意見を分けて、各機関が質問します。'), tab: 'sheet' },
  { name: t('支援メニュー'), hint: t('各機関が、できる支援を「支援提案」に書きます。'), tab: 'offers' },
  { name: t('主担当'), hint: t('主担当機関を提案し、各機関の意思表示を受け付けます。'), tab: 'offers' },
  { name: t('宿題'), hint: t('担当機関と期限を決めて「記録」に残し、議題を終えます。'), tab: 'record' },
];
const LEAD = 3;

export function Console({ store }: { store: RoomStore }): JSX.Element | null {
  const conference = store.conference.state.value;
  if (conference === null || !store.mayRun || store.data.projector) return null;
  const selected = store.selected.value;
  return (
    <details class="chair-console" open>
      <summary>{t('議長の操作')}</summary>
      {conference.status === 'planned' ? <Opening store={store} /> : null}
      {conference.status === 'open' && selected !== null ? <ItemControls key={selected.id} store={store} item={selected} /> : null}
      {conference.status === 'open' ? <Closing store={store} /> : null}
      {conference.status === 'closed' ? <Muted>{t('この会議は終わっています。')}</Muted> : null}
      {conference.status === 'planned' || conference.status === 'open' ? <HandOver store={store} /> : null}
    </details>
  );
}

function Opening({ store }: { store: RoomStore }): JSX.Element {
  const form = store.forms.form('open', { chair_name: '' });
  const send = (): void => void form.submit('open_conference', {
    conference_id: store.data.conference_id, chair_name: form.get('chair_name'),
  });
  return (
    <form class="form" onSubmit={submitting(form, send)}>
      {store.isChair ? null : <Text form={form} name="chair_name" label={t('議長の氏名')} max={80} />}
      <Refused refusal={form.refusal.value} />
      <SendButton form={form} connected={store.link.status.value.connected} wide>{t('会議を開始する')}</SendButton>
    </form>
  );
}

function ItemControls({ store, item }: { store: RoomStore; item: AgendaItem }): JSX.Element {
  const act = store.forms.form(`item ${item.id}`);
  const run = (name: string, more: Readonly<Record<string, unknown>> = {}) => (): Promise<Answer> => act.run(name, { item_id: item.id, ...more });
  const button = (label: string, go: () => Promise<Answer>, kind = 'secondary'): JSX.Element => (
    <button type="button" class={`button button-${kind} is-small`} aria-disabled={act.busy.value ? 'true' : undefined}
      onClick={() => { if (!act.busy.value) void go(); }}>{label}</button>
  );
  return (
    <div class="console-item">
      {item.status === 'waiting' ? (
        <div class="cluster">
          {button(t('この議題を始める'), run('start_item'), 'primary')}
          <Sure label={t('継続にする')} question={t('始めずに終え、案件は次の会議に付議できる状態へ戻ります。')} act={run('carry_over_item')} />
        </div>
      ) : null}
      {item.status === 'running' ? (
        <>
          {item.kind === 'case' && store.item.value !== null ? <Steps store={store} item={item} /> : null}
          <div class="cluster console-buttons">
            {button(t('5分延長'), run('extend_item', { minutes: 5 }))}
            {button(t('議題を終える'), run('end_item'))}
            {item.kind === 'case' ? <Sure label={t('継続にする')} question={t('結果を出さずに終え、案件は次の会議に付議できる状態へ戻ります。')} act={run('carry_over_item')} /> : null}
          </div>
        </>
      ) : null}
      {item.status === 'done' ? <Muted>{t('この議題は終わりました。次の議題を選んで始めてください。')}</Muted> : null}
      <Refused refusal={act.refusal.value} kept={false} />
    </div>
  );
}

/** Where the discussion stands is the chair's to say; a question or a result moves it on by itself. */
function Steps({ store, item }: { store: RoomStore; item: AgendaItem }): JSX.Element {
  const place = store.forms.form(`step ${item.id}`);
  const round = store.round.value;
  const known = round === null ? 0 : round.result === null ? LEAD : LEAD + 1;
  const now = Math.max(known, Number(place.values.value['at'] ?? 0));
  const all = steps();
  const step = all[now];
  const go = (at: number): void => {
    place.values.value = { at: String(at) };
    const tab = all[at]?.tab;
    if (tab !== undefined) store.tab.value = tab;
  };
  return (
    <>
      <ol class="console-walk" aria-label={t('進め方')}>
        {all.map(({ name }, at) => (
          <li key={name} class={at < now ? 'is-done' : at === now ? 'is-now' : ''}>
            <button type="button" aria-current={at === now ? 'step' : undefined} onClick={() => go(at)}>{name}</button>
          </li>
        ))}
      </ol>
      <p class="small">{step?.hint}</p>
      {now === LEAD - 1 ? <Unwritten store={store} /> : null}
      {now === LEAD && round?.result !== null ? (round === null || round.result === 'continued' ? <OpenRound store={store} itemId={item.id} /> : null) : null}
      {round !== null && round.result === null ? <Declare key={round.id} store={store} round={round} /> : null}
      {now < LEAD ? <button type="button" class="button button-secondary is-small" onClick={() => go(now + 1)}>{t('次へ：{step}', { step: all[now + 1]?.name ?? '' })}</button> : null}
    </>
  );
}

/** Agencies whose line of offers is still empty, by name. */
function Unwritten({ store }: { store: RoomStore }): JSX.Element | null {
  const caseId = store.item.value?.case?.id;
  const cells = caseId === undefined ? undefined : store.sheet(caseId).snapshot?.cells;
  if (cells === undefined) return null;
  const empty = store.electorate.filter((seat) => !cells[`${seat.agency_id}|menu`]?.value).map((seat) => seat.name);
  return <p class="small">{empty.length === 0 ? t('すべての機関が支援メニューを書きました。') : t('未記入：{names}', { names: empty.join('、') })}</p>;
}

function Closing({ store }: { store: RoomStore }): JSX.Element {
  const act = store.forms.form('close');
  return (
    <div>
      <Sure label={t('会議を終える')} question={t('終了後は発言も記録もできません。')} act={() => act.run('close_conference', { conference_id: store.data.conference_id })} />
      <Refused refusal={act.refusal.value} kept={false} />
    </div>
  );
}

function HandOver({ store }: { store: RoomStore }): JSX.Element {
  const form = store.forms.form('chair', { agency_id: '', person: '' });
  const send = (): void => void form.submit('hand_over_chair', {
    conference_id: store.data.conference_id, agency_id: form.get('agency_id'), person: form.get('person'),
  });
  return (
    <details class="disclosure">
      <summary>{t('議長を交代する')}</summary>
      <form class="form" onSubmit={submitting(form, send)}>
        <Select form={form} name="agency_id" label={t('機関')} required empty={t('選んでください')}
          options={store.members.filter((seat) => seat.reply !== 'absent').map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
        <Text form={form} name="person" label={t('氏名')} required max={80} />
        <Refused refusal={form.refusal.value} />
        <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('交代する')}</SendButton>
      </form>
    </details>
  );
}

/** An act that deserves a second look asks once, in place. */
export function Sure({ label, question, act }: { label: string; question: string; act: () => Promise<Answer> }): JSX.Element {
  const [asking, setAsking] = useState(false);
  if (!asking) return <button type="button" class="button button-tertiary is-small" onClick={() => setAsking(true)}>{label}</button>;
  return (
    <div class="sure" role="group" aria-label={label}>
      <p class="small">{question}</p>
      <div class="cluster">
        <button type="button" class="button button-danger is-small" ref={(element) => element?.focus()} onClick={() => { setAsking(false); void act(); }}>{label}</button>
        <button type="button" class="button button-tertiary is-small" onClick={() => setAsking(false)}>{t('やめる')}</button>
      </div>
    </div>
  );
}
