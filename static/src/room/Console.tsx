/** 議長の操作: one bar that walks the steps of an item; what needs a form opens under it. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem, ConferenceSnapshot } from '../live/conference';
import type { Round } from '../live/item';
import { outcomeOf } from '../live/verdict';
import { Declare } from './Declare';
import { SendButton, submitting, Text } from './fields';
import type { Form } from './forms';
import { Refused } from './marks';
import { OpenRound } from './OpenRound';
import { Others } from './Others';
import type { RoomStore, Tab } from './store';

type Panel = '' | 'ask' | 'declare' | 'others';

interface Step { readonly name: string; readonly hint: string; readonly tab: Tab }

const steps = (): readonly Step[] => [
  { name: t('説明'), hint: t('紹介元の機関が、企業の状況と依頼内容を説明します。'), tab: 'sheet' },
  { name: t('質疑'), hint: t('事実と意見を分けて、各機関が質問します。'), tab: 'sheet' },
  { name: t('支援メニュー'), hint: t('各機関が、できる支援を「支援提案」に書きます。'), tab: 'offers' },
  { name: t('主担当'), hint: t('主担当機関を提案し、各機関の意思表示を受け付けます。'), tab: 'offers' },
  { name: t('宿題'), hint: t('担当機関と期限を決めて「記録」に残し、議題を終えます。'), tab: 'record' },
];
const MENU = 2;
const LEAD = 3;

export function Console({ store }: { store: RoomStore }): JSX.Element | null {
  const conference = store.conference.state.value;
  if (conference === null || !store.mayRun || store.data.projector) return null;
  return <Bar store={store} conference={conference} />;
}

function Bar({ store, conference }: { store: RoomStore; conference: ConferenceSnapshot }): JSX.Element {
  const item = store.selected.value;
  // The panel is remembered like a form: it stays open while one looks at another item and back.
  const panel = store.forms.choice(`panel ${item?.id ?? ''}`);
  const open = panel.value as Panel;
  const show = (to: Panel): void => { panel.value = to; };
  useReady(store, () => { if (open === '') show('declare'); });
  const over = conference.status === 'closed' || conference.status === 'cancelled';
  return (
    <section class="chair-bar" aria-label={t('議長の操作')}>
      <div class="chair-row">
        <h2>{t('議長の操作')}</h2>
        {conference.status === 'planned' ? <Opening store={store} /> : null}
        {over ? <p class="chair-hint">{t('この会議は終わっています。')}</p> : null}
        {conference.status === 'open' && item !== null ? <ItemControls key={item.id} store={store} item={item} open={open} show={show} /> : null}
        {over ? null : (
          <button type="button" class="button button-secondary is-small" aria-expanded={open === 'others'} onClick={() => show(open === 'others' ? '' : 'others')}>{t('その他の操作')}</button>
        )}
      </div>
      {open === '' ? null : (
        <div class="chair-panel">
          <button type="button" class="button button-tertiary is-small chair-close" onClick={() => show('')}>{t('閉じる')}</button>
          {open === 'others' ? <Others store={store} item={item} /> : null}
          {open === 'ask' && item !== null && mayAsk(store.round.value) ? <OpenRound store={store} itemId={item.id} done={() => show('')} /> : null}
          {open === 'declare' && store.asked !== null ? <Declare key={store.asked.id} store={store} round={store.asked} done={() => show('')} /> : null}
        </div>
      )}
    </section>
  );
}

/** Calls the chair once when everybody has answered and a decision may be declared. */
function useReady(store: RoomStore, call: () => void): void {
  const round = store.asked;
  const result = round === null ? null : outcomeOf(round).result;
  const ready = store.isChair && (result === 'decided' || result === 'provisional');
  useEffect(() => {
    if (ready) call();
  }, [ready, round?.id]);
}

/** Nothing is asked now, and what was asked before did not settle it. */
const mayAsk = (round: Round | null): boolean => round === null || round.result === 'continued' || round.result === 'no_taker';

function Opening({ store }: { store: RoomStore }): JSX.Element {
  const form = store.forms.form('open', { chair_name: '' });
  const send = (): void => void form.submit('open_conference', {
    conference_id: store.data.conference_id, chair_name: form.get('chair_name'),
  });
  return (
    <form class="chair-opening" onSubmit={submitting(form, send)}>
      {store.isChair ? null : <Text form={form} name="chair_name" label={t('議長の氏名')} max={80} />}
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('会議を開始する')}</SendButton>
      <Refused refusal={form.refusal.value} shown={form.shown} />
    </form>
  );
}

interface ControlsProps {
  readonly store: RoomStore;
  readonly item: AgendaItem;
  readonly open: Panel;
  /** Only opens: a click that comes just after the panel opened by itself must not close it. */
  readonly show: (panel: Panel) => void;
}

function ItemControls({ store, item, open, show }: ControlsProps): JSX.Element {
  const act = store.forms.form(`item ${item.id}`);
  const walks = item.status === 'running' && item.kind === 'case' && store.item.value !== null;
  return (
    <>
      {walks ? <Walk store={store} item={item} act={act} open={open} show={show} /> : null}
      {item.status === 'waiting' ? <ActButton act={act} item={item} name="start_item" kind="primary">{t('この議題を始める')}</ActButton> : null}
      {item.status === 'running' ? (
        <>
          <ActButton act={act} item={item} name="extend_item" more={{ minutes: 5 }}>{t('5分延長')}</ActButton>
          {walks ? null : <ActButton act={act} item={item} name="end_item">{t('議題を終える')}</ActButton>}
        </>
      ) : null}
      {item.status === 'done' ? <p class="chair-hint">{t('この議題は終わりました。次の議題を選んで始めてください。')}</p> : null}
      {act.refusal.value === null ? null : <div class="chair-refusal"><Refused refusal={act.refusal.value} kept={false} /></div>}
    </>
  );
}

interface ActButtonProps {
  readonly act: Form;
  readonly item: AgendaItem;
  readonly name: string;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly kind?: 'primary' | 'secondary';
  readonly children: string;
}

function ActButton({ act, item, name, more = {}, kind = 'secondary', children }: ActButtonProps): JSX.Element {
  const run = (): void => {
    if (!act.busy.value) void act.run(name, { item_id: item.id, ...more });
  };
  return <button type="button" class={`button button-${kind} is-small`} aria-disabled={act.busy.value ? 'true' : undefined} onClick={run}>{children}</button>;
}

/** Where the discussion stands is the chair's to say; a question or a result moves it on by itself. */
function Walk({ store, item, act, open, show }: ControlsProps & { act: Form }): JSX.Element {
  const place = store.forms.choice(`step ${item.id}`);
  const round = store.round.value;
  const known = round === null || round.result === 'continued' ? 0 : round.result === null ? LEAD : LEAD + 1;
  const now = Math.max(known, Number(place.value));
  const all = steps();
  const go = (at: number): void => {
    place.value = String(at);
    const tab = all[at]?.tab;
    if (tab !== undefined) store.tab.value = tab;
    if (at === LEAD && store.isChair && mayAsk(round)) show('ask');
    else if (open === 'ask') show('');
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
      <p class="chair-hint">{now === MENU ? <Unwritten store={store} hint={all[now]?.hint ?? ''} /> : all[now]?.hint}</p>
      {now < LEAD ? <button type="button" class="button button-primary is-small" onClick={() => go(now + 1)}>{t('次へ：{step}', { step: all[now + 1]?.name ?? '' })}</button> : null}
      {now === LEAD && store.isChair && mayAsk(round) ? <button type="button" class="button button-primary is-small" onClick={() => show('ask')}>{t('主担当を提案する')}</button> : null}
      {store.isChair && round !== null && round.result === null ? <button type="button" class="button button-primary is-small" onClick={() => show('declare')}>{t('結果を宣言する')}</button> : null}
      {now > LEAD ? <ActButton act={act} item={item} name="end_item" kind="primary">{t('議題を終える')}</ActButton> : null}
    </>
  );
}

/** Agencies whose line of offers is still empty, by name. */
function Unwritten({ store, hint }: { store: RoomStore; hint: string }): JSX.Element {
  const caseId = store.item.value?.case?.id;
  const cells = caseId === undefined ? undefined : store.sheet(caseId).snapshot?.cells;
  if (cells === undefined) return <>{hint}</>;
  const empty = store.electorate.filter((seat) => !cells[`${seat.agency_id}|menu`]?.value).map((seat) => seat.name);
  return <>{empty.length === 0 ? t('すべての機関が支援メニューを書きました。') : t('未記入：{names}', { names: empty.join(t('、')) })}</>;
}
