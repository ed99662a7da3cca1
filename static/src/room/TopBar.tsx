/** The top of the room: which conference, which firm, who chairs, and the clock everybody sees alike. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { Clock, Pace } from './Pace';
import type { RoomStore } from './store';

export function TopBar({ store }: { store: RoomStore }): JSX.Element {
  const conference = store.conference.state.value;
  if (conference === null) return <header class="room-top" />;
  const item = store.selected.value;
  const firm = store.item.value?.case ?? null;
  const { data } = store;
  const about = firm === null || data.masked ? '' : [firm.industry, firm.employees === null ? '' : t('従業員{count}人', { count: firm.employees })].filter(Boolean).join('・');
  const chair = t('議長：{agency} {name}', {
    agency: store.seat(conference.chair.agency_id)?.name ?? '',
    name: data.masked ? '' : conference.chair.name,
  });
  return (
    <header class="room-top">
      <div class="room-title">
        <h1>{conference.name}</h1>
        <p>
          {item === null ? null : <>{store.titleOf(item)}{about === '' ? '' : t('（{text}）', { text: about })}{' ／ '}</>}
          {chair}
          {conference.status === 'open' ? null : ` ／ ${data.labels.conference[conference.status] ?? ''}`}
          {conference.status === 'closed' && data.fingerprint === '' ? <>{' ／ '}<a href={data.urls.leave}>{t('記録の指紋を会議のページで見る')}</a></> : null}
          {data.fingerprint === '' ? null : <>{' ／ '}{t('記録の指紋：{letters}', { letters: data.fingerprint })}</>}
          {conference.status === 'closed' && !data.projector ? <>{' ／ '}<a href={data.urls.minutes}>{t('議事録')}</a></> : null}
        </p>
      </div>
      <Pace store={store} />
      <Clock store={store} />
      <div class="room-tools">{data.projector ? <ProjectorTools store={store} /> : <Tools store={store} />}</div>
    </header>
  );
}

function Tools({ store: { data } }: { store: RoomStore }): JSX.Element {
  return (
    <>
      {data.online_url === '' ? null : (
        <a class="button button-secondary is-small desk-only" href={data.online_url} target="_blank" rel="noopener noreferrer">{t('会議のリンク')}</a>
      )}
      <a class="button button-secondary is-small desk-only" href={data.urls.projector} target="_blank" rel="noopener">{t('投影モード')}</a>
      <a class="button button-secondary is-small" href={data.urls.leave}>{t('退室')}</a>
    </>
  );
}

function ProjectorTools({ store: { data } }: { store: RoomStore }): JSX.Element {
  return (
    <>
      <a class="button button-secondary is-small" href={data.masked ? data.urls.projector : `${data.urls.projector}?mask=1`}>
        {data.masked ? t('名前を表示する') : t('名前を隠す')}
      </a>
      <a class="button button-secondary is-small" href={data.urls.here}>{t('投影を終える')}</a>
    </>
  );
}
