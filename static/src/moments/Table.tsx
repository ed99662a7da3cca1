/** The table itself at the moment in view: clock, agenda, and who took part as it had been noted. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { AgendaItem, ConferenceSeat } from '../live/conference';
import { clockTime, timeLeft } from '../room/time';
import { Agency, Muted, Part } from './parts';
import type { MomentsStore } from './store';

export function Clock({ store }: { store: MomentsStore }): JSX.Element {
  const { conference: { value: conference }, data } = store;
  const running = store.agenda.find((item) => item.status === 'running');
  const status = data.labels.conference[conference.status] ?? '';
  const chair = t('議長：{agency} {name}', { agency: store.name(conference.chair.agency_id), name: conference.chair.name });
  return (
    <div class="moments-clock">
      <span class="badge badge-neutral">{status}</span>
      {running?.ends_at ? <Left store={store} endsAt={running.ends_at} /> : null}
      {conference.paused === null ? null : (
        <span>{t('休憩中：{reason}（{time}再開予定）', { reason: conference.paused.reason, time: clockTime(conference.paused.resumes_at, data.language) })}</span>
      )}
      <span class="small">{chair}</span>
      {conference.preliminary.length === 0 ? null : <span class="small">{t('事前協議扱い（欠席：{names}）', { names: conference.preliminary.join(t('、')) })}</span>}
    </div>
  );
}

/** What the clock of the running item showed; during a break it stands still. */
function Left({ store, endsAt }: { store: MomentsStore; endsAt: string }): JSX.Element {
  const { paused } = store.conference.value;
  const left = timeLeft(endsAt, paused === null ? store.now : Date.parse(paused.at));
  return <span class={`moments-left ${left.urgency}`}>{left.seconds < 0 ? t('超過 {time}', { time: left.text }) : t('議題の残り {time}', { time: left.text })}</span>;
}

export function Agenda({ store }: { store: MomentsStore }): JSX.Element {
  return (
    <Part title={t('議題')}>
      {store.agenda.length === 0 ? <Muted>{t('議題はまだありません。')}</Muted> : (
        <ol class="moments-agenda plain">{store.agenda.map((item) => <Item key={item.id} store={store} item={item} />)}</ol>
      )}
    </Part>
  );
}

function Item({ store, item }: { store: MomentsStore; item: AgendaItem }): JSX.Element {
  const inView = store.item?.id === item.id;
  return (
    <li class={item.status === 'running' ? 'is-running' : undefined}>
      <button type="button" class="moments-link" aria-pressed={inView} onClick={() => { store.chosen.value = item.id; }}>{store.titleOf(item)}</button>
      <span class="small">{t('{minutes}分', { minutes: item.minutes })}・{stateOf(store, item)}</span>
      {item.recused.length === 0 ? null : <span class="small">{t('退席（利益相反）：{names}', { names: item.recused.map((id) => store.name(id)).join(t('、')) })}</span>}
    </li>
  );
}

function stateOf(store: MomentsStore, item: AgendaItem): string {
  const { labels } = store.data;
  if (item.status === 'waiting') return t('このあと');
  if (item.status === 'done') return item.result === null ? t('終了') : labels.item_results[item.result] ?? t('終了');
  const step = item.step === null ? '' : labels.item_steps[item.step] ?? '';
  return step === '' ? t('進行中') : t('進行中 ・ {step}', { step });
}

export function Seats({ store }: { store: MomentsStore }): JSX.Element {
  return (
    <Part title={t('出席')}>
      <Muted>{t('その時点までに記録された出席です。接続（入退室）は記録していません。')}</Muted>
      <ul class="moments-seats plain">{store.conference.value.seats.map((seat) => <Seat key={seat.agency_id} store={store} seat={seat} />)}</ul>
    </Part>
  );
}

function Seat({ store, seat }: { store: MomentsStore; seat: ConferenceSeat }): JSX.Element {
  const { attendance } = seat;
  return (
    <li>
      <Agency store={store} id={seat.agency_id} />
      {seat.role === 'observer' ? <span class="small">{t('オブザーバー')}</span> : null}
      {attendance === null ? <span class="muted small">{t('出席はまだ記録されていません')}</span> : (
        <span class="small">
          <strong>{store.data.labels.modes[attendance.mode]}</strong>{' '}
          {attendance.people.map((one) => (one.title === '' ? one.name : t('{name}（{title}）', { name: one.name, title: one.title }))).join(t('、'))}
          {attendance.arrived === '' ? '' : <> {t('{time} 到着', { time: attendance.arrived })}</>}
          {attendance.left === '' ? '' : <> {t('{time} 退席', { time: attendance.left })}</>}
        </span>
      )}
    </li>
  );
}
