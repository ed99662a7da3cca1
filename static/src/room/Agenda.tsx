/** The left of the room: the agenda with its times and state, and what was decided on the item in view. */
import type { HTMLAttributes, JSX, TargetedDragEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import { droppedAt, movedBy, orderAct, reorder, waitingIds } from './arranging';
import { Muted, Refused } from './marks';
import { Settled } from './Settled';
import type { RoomStore } from './store';
import { clockTime } from './time';

export function Agenda({ store }: { store: RoomStore }): JSX.Element {
  return (
    <nav class="room-left" id="pane-left" aria-label={t('議題')} tabIndex={store.data.projector ? 0 : undefined}>
      <h2>{t('議題')}</h2>
      {store.agenda.length === 0 ? <Muted>{t('議題はまだありません。')}</Muted> : <Lines store={store} />}
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

/** Where a dragged line would come down. */
interface Place { readonly id: string; readonly after: boolean }

function Lines({ store }: { store: RoomStore }): JSX.Element {
  const [dragged, setDragged] = useState<string | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const kept = useKeptFocus(store.agenda.map((item) => item.id).join());
  const moves = store.mayRun && !store.data.projector && store.isUnderWay && waitingIds(store.agenda).length > 1;
  const move = (id: string, by: number): void => {
    kept.current = document.activeElement?.id ?? null;
    reorder(store, movedBy(store.agenda, id, by));
  };
  const end = (): void => {
    setDragged(null);
    setPlace(null);
  };
  const drop = (): void => {
    if (dragged !== null && place !== null) reorder(store, droppedAt(store.agenda, dragged, place.id, place.after));
    end();
  };
  return (
    <>
      <ol class="agenda">
        {store.agenda.map((item) => (
          <Line key={item.id} store={store} item={item} {...(moves && item.status === 'waiting' ? {
            move,
            drag: { begin: setDragged, over: setPlace, drop, end, on: dragged, place: place?.id === item.id ? place : null },
          } : {})} />
        ))}
      </ol>
      {moves ? <Refused refusal={orderAct(store).refusal.value} kept={false} /> : null}
    </>
  );
}

/** Which seats are empty at the item for a conflict of interest. */
function outOf(store: RoomStore, item: AgendaItem): string {
  if (store.isOutOf(item)) return t('退席（利益相反）');
  const names = item.recused.map((id) => store.seat(id)?.name ?? '');
  return t('退席（利益相反）：{names}', { names: names.join(t('、')) });
}

/** A line that moves takes its focus along, so that the next press moves it on. */
function useKeptFocus(order: string): { current: string | null } {
  const kept = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (kept.current !== null) document.getElementById(kept.current)?.focus();
    kept.current = null;
  }, [order]);
  return kept;
}

interface Drag {
  readonly begin: (id: string) => void;
  readonly over: (place: Place | null) => void;
  readonly drop: () => void;
  readonly end: () => void;
  readonly on: string | null;
  readonly place: Place | null;
}

interface LineProps {
  readonly store: RoomStore;
  readonly item: AgendaItem;
  readonly move?: (id: string, by: number) => void;
  readonly drag?: Drag;
}

function stateOf(store: RoomStore, item: AgendaItem): string {
  const { labels, language } = store.data;
  if (item.status === 'running') {
    const step = item.step === null ? '' : labels.item_steps[item.step] ?? '';
    return step === '' ? t('進行中') : t('進行中 ・ {step}', { step });
  }
  if (item.status === 'done') return item.result === null ? t('終了') : labels.item_results[item.result] ?? t('終了');
  const at = store.foreseen.value?.starts.get(item.id);
  return at === undefined ? t('このあと') : t('{time}ごろ', { time: clockTime(new Date(at), language) });
}

function Line({ store, item, move, drag }: LineProps): JSX.Element {
  const open = store.selected.value?.id === item.id;
  const look = item.status === 'running' ? ' is-running' : item.status === 'done' ? ' is-done' : '';
  const drops = drag?.place == null ? '' : drag.place.after ? ' is-drop-after' : ' is-drop-before';
  const asked = store.itemRoom(item.id)?.state.value?.rounds.at(-1)?.result === null;
  const content = (
    <>
      <span class="agenda-title">{store.titleOf(item)}</span>
      <span class="agenda-minutes">{t('{minutes}分', { minutes: item.minutes })}</span>
      <span class="agenda-state">{stateOf(store, item)}{asked ? ` ・ ${t('意思表示を受付中')}` : ''}</span>
      {item.recused.length === 0 ? null : <span class="agenda-out">{outOf(store, item)}</span>}
    </>
  );
  return (
    <li class={`agenda-item${look}${open ? ' is-open' : ''}${move ? ' is-movable' : ''}${drops}${drag?.on === item.id ? ' is-dragged' : ''}`}
      aria-current={item.status === 'running' ? 'step' : undefined} {...dragging(item.id, drag)}>
      {store.data.projector ? <div class="agenda-open">{content}</div> : (
        <button type="button" class="agenda-open" id={`agenda-${item.id}`} aria-pressed={open} onClick={() => store.choose(item.id)}
          onKeyDown={(event) => byKey(event, item.id, move)}>{content}</button>
      )}
      {move === undefined ? null : <Moves store={store} item={item} move={move} />}
    </li>
  );
}

function byKey(event: TargetedKeyboardEvent<HTMLButtonElement>, id: string, move: LineProps['move']): void {
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (move === undefined || by === 0 || !event.altKey) return;
  event.preventDefault();
  move(id, by);
}

function dragging(id: string, drag: Drag | undefined): HTMLAttributes<HTMLLIElement> {
  if (drag === undefined) return {};
  return {
    draggable: true,
    onDragStart: (event: TargetedDragEvent<HTMLLIElement>) => {
      event.dataTransfer?.setData('text/plain', id);
      drag.begin(id);
    },
    onDragOver: (event: TargetedDragEvent<HTMLLIElement>) => {
      if (drag.on === null) return;
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      drag.over({ id, after: event.clientY > box.top + box.height / 2 });
    },
    onDrop: (event: TargetedDragEvent<HTMLLIElement>) => {
      event.preventDefault();
      drag.drop();
    },
    onDragEnd: () => drag.end(),
  };
}

/** The same as dragging, for hands and for keys. */
function Moves({ store, item, move }: { store: RoomStore; item: AgendaItem; move: NonNullable<LineProps['move']> }): JSX.Element {
  const waiting = waitingIds(store.agenda);
  const at = waiting.indexOf(item.id);
  const title = store.titleOf(item);
  const no = (is: boolean): 'true' | undefined => (is ? 'true' : undefined);
  return (
    <span class="agenda-moves">
      <button type="button" id={`up-${item.id}`} aria-disabled={no(at === 0)} aria-label={t('「{title}」を上へ', { title })} onClick={() => move(item.id, -1)}>↑</button>
      <button type="button" id={`down-${item.id}`} aria-disabled={no(at === waiting.length - 1)} aria-label={t('「{title}」を下へ', { title })} onClick={() => move(item.id, 1)}>↓</button>
    </span>
  );
}

/** Somebody who looked ahead finds back to what is being discussed. */
function Follow({ store }: { store: RoomStore }): JSX.Element | null {
  const running = store.running.value;
  if (running === null || running.id === store.selected.value?.id) return null;
  return <p><button type="button" class="button button-tertiary is-small" onClick={() => store.follow()}>{t('進行中の議題に戻る')}</button></p>;
}
