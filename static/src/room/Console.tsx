/** 議長の操作: one bar that walks the steps of an item; what needs a form opens under it. */
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem, ConferenceSnapshot } from '../live/conference';
import { isSealed, resultOf, type Round } from '../live/lead';
import { BreakForm } from './BreakForm';
import { Declare } from './Declare';
import { SendButton, submitting, Text } from './fields';
import type { Form } from './forms';
import { Refused } from './marks';
import { ItemActs } from './ItemActs';
import { OpenRound } from './OpenRound';
import { Others } from './Others';
import { judged } from './judged';
import type { RoomStore } from './store';
import { STEP_ORDER, steps, Walk } from './Walk';

const MENU = STEP_ORDER.indexOf('menu');
const LEAD = STEP_ORDER.indexOf('lead');

type Panel = '' | 'ask' | 'declare' | 'break' | 'item' | 'others';

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
  /** Its answer may come when something else has been opened already. */
  const done = (from: Panel): void => { if (panel.peek() === from) show(''); };
  useReady(store, () => { if (open === '') show('declare'); });
  const over = conference.status === 'closed' || conference.status === 'cancelled';
  return (
    <section class="chair-bar" aria-label={t('議長の操作')}>
      <div class="chair-row">
        <h2>{t('議長の操作')}</h2>
        {conference.status === 'planned' ? <Opening store={store} /> : null}
        {over ? <p class="chair-hint">{t('この会議は終わっています。')}</p> : null}
        {conference.status === 'open' && item !== null ? <ItemControls key={item.id} store={store} item={item} open={open} show={show} /> : null}
        {conference.status === 'paused' ? <Resume store={store} /> : null}
        {conference.status === 'open' ? <Opens panel="break" open={open} show={show}>{t('休憩')}</Opens> : null}
        {store.isUnderWay && item !== null ? <Opens panel="item" open={open} show={show}>{t('議題の操作')}</Opens> : null}
        {over ? null : <Opens panel="others" open={open} show={show}>{t('その他の操作')}</Opens>}
      </div>
      {open === '' ? null : (
        <div class="chair-panel">
          <button type="button" class="button button-tertiary is-small chair-close" onClick={() => show('')}>{t('閉じる')}</button>
          {open === 'others' ? <Others store={store} /> : null}
          {open === 'break' ? <BreakForm store={store} done={() => done('break')} /> : null}
          {open === 'item' && item !== null ? <ItemActs key={item.id} store={store} item={item} done={() => done('item')} /> : null}
          {open === 'ask' && item !== null && (mayAsk(store.round.value) || store.asked !== null) ? <OpenRound store={store} itemId={item.id} done={() => show('')} /> : null}
          {open === 'declare' && store.asked !== null && !isSealed(store.asked) ? <Declare key={store.asked.id} store={store} round={store.asked} done={() => show('')} /> : null}
        </div>
      )}
    </section>
  );
}

interface OpensProps {
  readonly panel: Panel;
  readonly open: Panel;
  readonly show: (panel: Panel) => void;
  readonly children: string;
}

function Opens({ panel, open, show, children }: OpensProps): JSX.Element {
  return (
    <button type="button" class="button button-secondary is-small" aria-expanded={open === panel} onClick={() => show(open === panel ? '' : panel)}>{children}</button>
  );
}

function Resume({ store }: { store: RoomStore }): JSX.Element {
  const act = store.forms.form('resume');
  const run = (): void => {
    if (!act.busy.value) void act.run('resume_conference', { conference_id: store.data.conference_id });
  };
  return (
    <>
      <button type="button" class="button button-primary is-small" aria-disabled={act.busy.value ? 'true' : undefined} onClick={run}>{t('会議を再開する')}</button>
      <p class="chair-hint">{t('休憩中は、発言・記録・意思表示を受け付けません。議題の並べ替えはできます。')}</p>
      {act.refusal.value === null ? null : <div class="chair-refusal"><Refused refusal={act.refusal.value} kept={false} /></div>}
    </>
  );
}

/** Calls the chair once when everybody has answered and a decision may be declared. */
function useReady(store: RoomStore, call: () => void): void {
  const round = store.asked;
  const result = round === null || isSealed(round) ? null : judged(store, round).result;
  const ready = store.isChair && (result === 'decided' || result === 'provisional');
  useLayoutEffect(() => {
    if (ready) call();
  }, [ready, round?.id]);
}

/** Nothing is asked now, and what was asked before did not settle it. */
const mayAsk = (round: Round | null): boolean => round === null || ['continued', 'no_taker'].includes(resultOf(round) ?? '');

function Opening({ store }: { store: RoomStore }): JSX.Element {
  const form = store.forms.form('open', { chair_name: '' });
  const send = (preliminary = false): void => void form.submit('open_conference', {
    conference_id: store.data.conference_id, chair_name: form.get('chair_name'), preliminary,
  });
  return (
    <form class="chair-opening" onSubmit={submitting(form, () => send())}>
      {store.isChair ? null : <Text form={form} name="chair_name" label={t('議長の氏名')} max={80} />}
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('会議を開始する')}</SendButton>
      <Refused refusal={form.refusal.value} shown={form.shown} kept={!store.isChair} />
      {form.refusal.value?.detail?.preliminary === true ? (
        <button type="button" class="button button-secondary is-small" onClick={() => send(true)}>{t('事前協議として開始する')}</button>
      ) : null}
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
      {walks ? <Walking store={store} item={item} act={act} open={open} show={show} /> : null}
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

/** Where the discussion stands is the chair's to say; a question and a result move it on by themselves. */
function Walking({ store, item, act, open, show }: ControlsProps & { act: Form }): JSX.Element {
  const round = store.round.value;
  const now = STEP_ORDER.indexOf(item.step ?? 'explanation');
  const all = steps();
  const go = (at: number): void => {
    const step = all[at];
    if (step === undefined || act.busy.value) return;
    if (at !== now) void act.run('take_step', { item_id: item.id, step: step.key });
    store.tab.value = step.tab;
    if (at === LEAD && store.isChair && mayAsk(round)) show('ask');
    else if (open === 'ask') show('');
  };
  const next = all[now + 1];
  return (
    <>
      <Walk store={store} item={item} go={go} />
      <p class="chair-hint">{now === MENU ? <Unwritten store={store} hint={all[now]?.hint ?? ''} /> : all[now]?.hint}</p>
      {now < LEAD && next !== undefined ? <button type="button" class="button button-primary is-small" onClick={() => go(now + 1)}>{t('次へ：{step}', { step: store.data.labels.item_steps[next.key] ?? '' })}</button> : null}
      {now === LEAD && store.isChair && mayAsk(round) ? <button type="button" class="button button-primary is-small" onClick={() => show('ask')}>{t('主担当を提案する')}</button> : null}
      {store.isChair && store.asked !== null && !isSealed(store.asked) && open !== 'ask' ? <button type="button" class="button button-secondary is-small" onClick={() => show('ask')}>{t('別の案で確認し直す')}</button> : null}
      {store.isChair && round !== null && round.result === null && !isSealed(round) ? <button type="button" class="button button-primary is-small" onClick={() => show('declare')}>{t('結果を宣言する')}</button> : null}
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
