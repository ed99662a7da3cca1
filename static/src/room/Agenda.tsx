/** The left of the room: the agenda with its state, and what was decided on the item in view. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import { Muted, Told } from './marks';
import type { RoomStore } from './store';

const SETTLED = new Set(['decision', 'task', 'condition']);

export function Agenda({ store }: { store: RoomStore }): JSX.Element {
  return (
    <nav class="room-left" id="pane-left" aria-label={t('議題')}>
      <h2>{t('議題')}</h2>
      {store.agenda.length === 0 ? <Muted>{t('議題はまだありません。')}</Muted> : (
        <ol class="agenda">{store.agenda.map((item) => <Line key={item.id} store={store} item={item} />)}</ol>
      )}
      <Follow store={store} />
      {store.statement.value !== null ? null : (
        <>
          <h2>{t('決まったこと')}</h2>
          <Settled store={store} />
        </>
      )}
    </nav>
  );
}

function stateOf(item: AgendaItem): string {
  if (item.status === 'running') return t('進行中');
  return item.status === 'done' ? t('終了') : t('このあと');
}

/** Which seats are empty at the item for a conflict of interest. */
function outOf(store: RoomStore, item: AgendaItem): string {
  if (store.isOutOf(item)) return t('退席（利益相反）');
  const names = item.recused.map((id) => store.seat(id)?.name ?? '');
  return t('退席（利益相反）：{names}', { names: names.join(t('、')) });
}

function Line({ store, item }: { store: RoomStore; item: AgendaItem }): JSX.Element {
  const open = store.selected.value?.id === item.id;
  const look = item.status === 'running' ? ' is-running' : item.status === 'done' ? ' is-done' : '';
  const asked = store.itemRoom(item.id)?.state.value?.rounds.at(-1)?.result === null;
  const content = (
    <>
      <span class="agenda-title">{store.titleOf(item)}</span>
      <span class="agenda-minutes">{t('{minutes}分', { minutes: item.minutes })}</span>
      <span class="agenda-state">{stateOf(item)}{asked ? ` ・ ${t('意思表示を受付中')}` : ''}</span>
      {item.recused.length === 0 ? null : <span class="agenda-out">{outOf(store, item)}</span>}
    </>
  );
  return (
    <li class={`agenda-item${look}${open ? ' is-open' : ''}`} aria-current={item.status === 'running' ? 'step' : undefined}>
      {store.data.projector ? <div class="agenda-open">{content}</div> : (
        <button type="button" class="agenda-open" aria-pressed={open} onClick={() => store.choose(item.id)}>{content}</button>
      )}
    </li>
  );
}

/** Somebody who looked ahead finds back to what is being discussed. */
function Follow({ store }: { store: RoomStore }): JSX.Element | null {
  const running = store.running.value;
  if (running === null || running.id === store.selected.value?.id) return null;
  return <p><button type="button" class="button button-tertiary is-small" onClick={() => store.follow()}>{t('進行中の議題に戻る')}</button></p>;
}

function Settled({ store }: { store: RoomStore }): JSX.Element {
  const item = store.item.value;
  const settled = item?.outcomes.filter((outcome) => SETTLED.has(outcome.kind)) ?? [];
  const declared = item?.rounds.filter((round) => round.result !== null) ?? [];
  if (settled.length === 0 && declared.length === 0) return <Muted>{t('まだありません。')}</Muted>;
  return (
    <ul class="settled">
      {declared.map((round) => (
        <li key={round.id}><span class="settled-kind">{store.data.labels.results[round.result ?? '']}</span><Told store={store} text={round.wording} /></li>
      ))}
      {settled.map((outcome) => (
        <li key={outcome.id}><span class="settled-kind">{store.data.labels.outcomes[outcome.kind]}</span><Told store={store} text={outcome.text} /></li>
      ))}
    </ul>
  );
}
