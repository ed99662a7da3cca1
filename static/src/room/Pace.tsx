/** How the table stands against its timetable, and that it rests: on every screen alike. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { RoomStore } from './store';
import { clockTime, timeLeft, type Urgency } from './time';

const LABELS: Readonly<Record<Urgency, () => string>> = {
  '': () => t('議題の残り'),
  'is-near': () => t('残り5分以内'),
  'is-soon': () => t('残り1分以内'),
  'is-over': () => t('超過'),
};

/** あと2件・12分遅れ */
export function Pace({ store }: { store: RoomStore }): JSX.Element | null {
  const foreseen = store.foreseen.value;
  if (foreseen === null || !store.isUnderWay) return null;
  const waiting = foreseen.starts.size;
  if (waiting === 0 && store.running.value === null) return null;
  const left = waiting === 0 ? t('最後の議題') : t('あと{count}件', { count: waiting });
  return <p class="room-pace">{t('{left}・{pace}', { left, pace: paceText(foreseen.late) })}</p>;
}

function paceText(late: number): string {
  if (late === 0) return t('定刻どおり');
  const far = { hours: Math.floor(Math.abs(late) / 60), minutes: Math.abs(late) % 60 };
  if (far.hours > 0) return late > 0 ? t('{hours}時間{minutes}分遅れ', far) : t('{hours}時間{minutes}分早い', far);
  return late > 0 ? t('{minutes}分遅れ', { minutes: late }) : t('{minutes}分早い', { minutes: -late });
}

export function Clock({ store }: { store: RoomStore }): JSX.Element | null {
  const running = store.running.value;
  if (!running?.ends_at) return null;
  const left = timeLeft(running.ends_at, store.clock);
  const rests = store.paused !== null;
  const label = rests ? t('休憩中') : LABELS[left.urgency]();
  return (
    <div class={`room-clock ${rests ? 'is-paused' : left.urgency}`}>
      <span class="room-clock-label">{label}</span>
      <span class="room-clock-time" role="timer">{left.text}</span>
    </div>
  );
}

/** Under the top bar, on every screen: what kind of meeting this is, and that it rests. */
export function CourseNotes({ store }: { store: RoomStore }): JSX.Element | null {
  const conference = store.conference.state.value;
  if (conference === null) return null;
  return (
    <>
      {conference.preliminary.length === 0 || !store.isUnderWay ? null : (
        <div class="room-banner is-warning"><p>{t('事前協議扱いの会議です（欠席：{names}）。主担当機関は決定できません。', { names: conference.preliminary.join(t('、')) })}</p></div>
      )}
      <Rest store={store} />
    </>
  );
}

function Rest({ store }: { store: RoomStore }): JSX.Element | null {
  const { paused } = store;
  if (paused === null) return null;
  const late = store.now.value > Date.parse(paused.resumes_at);
  return (
    <div class="room-banner is-warning pause-note">
      <p><strong>{t('休憩中です。')}</strong>{t('{time}再開予定（{reason}）', { time: clockTime(paused.resumes_at, store.data.language), reason: paused.reason })}
        {late ? ` ${t('再開予定の時刻を過ぎています。')}` : ''}</p>
    </div>
  );
}
