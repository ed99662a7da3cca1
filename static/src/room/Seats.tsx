/** 出席の記録: every seat with how its agency takes part; members first, observers apart. Who is connected stands beside it. */
import type { JSX, RefObject } from 'preact';
import { t } from '../i18n';
import { MODES, type Attendance, type Mode } from '../live/attendance';
import type { ConferenceSeat, Reply } from '../live/conference';
import { SendButton, submitting, Text } from './fields';
import type { Form, Values } from './forms';
import { Agency, Refused } from './marks';
import type { RoomStore } from './store';
import { clockTime } from './time';

const PROPOSED: Readonly<Partial<Record<Reply, Mode>>> = { attend: 'on_site', substitute: 'proxy', written: 'written', absent: 'absent' };
const MOST = 10;

interface SeatsProps { readonly store: RoomStore; readonly dialog: RefObject<HTMLDialogElement | null> }

export function Seats({ store, dialog }: SeatsProps): JSX.Element {
  const observers = store.seats.filter((seat) => seat.role === 'observer');
  const all = store.forms.form('attendance');
  const waiting = store.seats.some((seat) => seat.attendance === null && PROPOSED[seat.reply] !== undefined);
  const follow = (): void => void all.run('take_attendance_as_replied', { conference_id: store.data.conference_id });
  return (
    <dialog class="seats" ref={dialog} aria-labelledby="seats-title">
      <div class="seats-head">
        <h2 id="seats-title">{t('出席の記録')}</h2>
        <form method="dialog"><button type="submit" class="button button-secondary is-small">{t('閉じる')}</button></form>
      </div>
      {store.mayRun && waiting ? (
        <form class="seats-follow" onSubmit={submitting(all, follow)}>
          <p>{t('まだ記録のない機関を、事前の回答のとおりにまとめて記録できます。')}</p>
          <SendButton form={all} connected={store.link.status.value.connected} small>{t('回答のとおりに記録する')}</SendButton>
          <Refused refusal={all.refusal.value} kept={false} />
        </form>
      ) : null}
      <SeatList store={store} title={t('参加機関')} seats={store.members} />
      {observers.length === 0 ? null : <SeatList store={store} title={t('オブザーバー')} seats={observers} />}
    </dialog>
  );
}

function SeatList({ store, title, seats }: { store: RoomStore; title: string; seats: readonly ConferenceSeat[] }): JSX.Element {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="seat-list">{seats.map((seat) => <Seat key={seat.agency_id} store={store} seat={seat} />)}</ul>
    </section>
  );
}

function Seat({ store, seat }: { store: RoomStore; seat: ConferenceSeat }): JSX.Element {
  const act = store.forms.form(`attendance ${seat.agency_id}`, valuesOf(null));
  const own = store.isSeated && seat.agency_id === store.data.actor.agency_id;
  const over = ['closed', 'cancelled'].includes(store.conference.state.value?.status ?? '');
  const mayNote = (store.mayRun || own) && !over;
  const now = seat.attendance;
  const connected = store.link.present.value.filter((one) => one.agency_id === seat.agency_id);
  const note = (change: Partial<Attendance>): void => {
    void act.run('take_attendance', bodyOf(store, seat, { ...(now ?? proposed(seat)), ...change }, Object.keys(change)));
  };
  const time = (): string => clockTime(new Date(store.link.now()), 'ja');
  return (
    <li class="seat-line">
      <div class="seat-who">
        <Agency store={store} kind={seat.kind} name={seat.name} />
        <span class="muted small">{t('事前の回答：{reply}', { reply: store.data.labels.replies[seat.reply] ?? '' })}</span>
        <Proxies store={store} seat={seat} />
        <span class="seat-connected small">{connected.length === 0 ? t('在室なし') : t('在室：{names}', { names: connected.map((one) => one.person).join(t('、')) })}</span>
      </div>
      <div class="seat-noted">
        {mayNote ? <ModeButtons store={store} seat={seat} act={act} pick={(mode) => note({ mode })} /> : (
          <span class="strong">{now === null ? t('未記録') : store.data.labels.modes[now.mode]}</span>
        )}
        <People now={now} />
        {mayNote && now !== null && now.mode !== 'absent' && now.mode !== 'written' ? (
          <span class="seat-times">
            {now.arrived === '' ? <button type="button" class="button button-tertiary is-small" onClick={() => note({ arrived: time() })}>{t('いま到着')}</button> : null}
            {now.left === '' ? <button type="button" class="button button-tertiary is-small" onClick={() => note({ left: time() })}>{t('いま退席')}</button> : (
              <button type="button" class="button button-tertiary is-small" onClick={() => note({ left: '' })}>{t('退席の時刻を消す')}</button>
            )}
          </span>
        ) : null}
        {mayNote ? <Names store={store} seat={seat} form={act} /> : null}
        <Refused refusal={act.refusal.value} shown={act.shown} kept={false} />
      </div>
    </li>
  );
}

/** 委任状 the agency has given, to whom and for what. */
function Proxies({ store, seat }: { store: RoomStore; seat: ConferenceSeat }): JSX.Element | null {
  const conference = store.conference.state.value;
  const given = conference?.proxies.filter((one) => one.agency_id === seat.agency_id) ?? [];
  return (
    <>
      {given.map((one) => {
        const to = one.holder === 'chair' ? t('議長') : t('{name}（{agency}）', { name: one.holder_name, agency: store.seat(one.holder_agency_id)?.name ?? '' });
        const item = conference?.items.find(({ id }) => id === one.item_id);
        return <span key={one.id} class="small">{item === undefined ? t('委任：{to}（会議全体）', { to }) : t('委任：{to}（議題{n}だけ）', { to, n: item.position })}</span>;
      })}
    </>
  );
}

function People({ now }: { now: Attendance | null }): JSX.Element | null {
  if (now === null || (now.people.length === 0 && now.arrived === '' && now.left === '')) return null;
  const names = now.people.map(({ name, title }) => (title === '' ? name : t('{name}（{title}）', { name, title }))).join(t('、'));
  const times = [now.arrived === '' ? '' : t('{time} 到着', { time: now.arrived }), now.left === '' ? '' : t('{time} 退席', { time: now.left })];
  return <p class="seat-people">{[names, ...times].filter((part) => part !== '').join('　')}</p>;
}

function ModeButtons({ store, seat, act, pick }: { store: RoomStore; seat: ConferenceSeat; act: Form; pick: (mode: Mode) => void }): JSX.Element {
  return (
    <div class="seat-modes" role="group" aria-label={t('{agency}の出席', { agency: seat.name })}>
      {MODES.map((mode) => (
        <button key={mode} type="button" class="button button-secondary is-small" aria-pressed={seat.attendance?.mode === mode}
          aria-disabled={act.busy.value ? 'true' : undefined} onClick={() => { if (!act.busy.value) pick(mode); }}>{store.data.labels.modes[mode]}</button>
      ))}
    </div>
  );
}

/** Names and times as a form; it opens filled with what is noted, or with what the reply announced. */
function Names({ store, seat, form }: { store: RoomStore; seat: ConferenceSeat; form: Form }): JSX.Element {
  const now = seat.attendance ?? proposed(seat);
  const shown = Math.min(MOST, Math.max(2, now.people.length + 1));
  const send = async (): Promise<void> => {
    const people = Array.from({ length: MOST }, (_, n) => ({ name: form.get(`people-${n}-name`), title: form.get(`people-${n}-title`) }));
    const sent = people.filter(({ name }) => name.trim() !== '');
    const answer = await form.run('take_attendance', bodyOf(store, seat, { mode: now.mode, people: sent, arrived: form.get('arrived'), left: form.get('left') }, ['people', 'arrived', 'left']));
    if (answer.ok) form.recall(form.values.value);
  };
  return (
    <details class="seat-names" onToggle={(event) => { if (event.currentTarget.open && !form.touched) form.recall(valuesOf(now)); }}>
      <summary>{t('出席者と時刻を入力する')}</summary>
      <form class="form" onSubmit={submitting(form, () => void send())}>
        {Array.from({ length: shown }, (_, n) => (
          <div class="field-row" key={n}>
            <Text form={form} name={`people-${n}-name`} label={t('氏名（{n}人目）', { n: n + 1 })} max={80} />
            <Text form={form} name={`people-${n}-title`} label={t('役職（{n}人目）', { n: n + 1 })} max={60} />
          </div>
        ))}
        <div class="field-row">
          <Text form={form} name="arrived" label={t('途中からの到着（例：14:10）')} max={5} />
          <Text form={form} name="left" label={t('途中での退席（例：15:30）')} max={5} />
        </div>
        <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('記録する')}</SendButton>
      </form>
    </details>
  );
}

/** What the reply announced (the domain's `attendance`). */
function proposed(seat: ConferenceSeat): Attendance {
  const names = seat.attendees.split(/[、，,/／\n]/).map((name) => name.trim()).filter((name) => name !== '');
  return { mode: PROPOSED[seat.reply] ?? 'on_site', people: names.slice(0, MOST).map((name) => ({ name, title: '' })), arrived: '', left: '' };
}

function valuesOf(now: Attendance | null): Values {
  const values: Record<string, string> = { arrived: now?.arrived ?? '', left: now?.left ?? '' };
  now?.people.forEach(({ name, title }, n) => {
    values[`people-${n}-name`] = name;
    values[`people-${n}-title`] = title;
  });
  return values;
}

/** Everything as this screen has it, and which `only` of it was meant: the rest stays as it stands when it arrives. */
function bodyOf(store: RoomStore, seat: ConferenceSeat, { mode, people, arrived, left }: Attendance, only: readonly string[]): Record<string, unknown> {
  const times = { ...(arrived === '' ? {} : { arrived }), ...(left === '' ? {} : { left }) };
  return { conference_id: store.data.conference_id, agency_id: seat.agency_id, mode, people, ...times, only };
}
