/** What is said at the item, lane by lane, and the field to say something. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Composer } from './Composer';
import type { Heard, LaneName } from './lanes';
import { Agency, Muted } from './marks';
import { callsOn } from './mentions';
import { Said } from './Said';
import type { Pending } from './remarks';
import type { RoomStore } from './store';

const NEAR = 60;

export const laneLabel = (lane: LaneName): string =>
  lane === 'all' ? t('全体') : lane === 'agency' ? t('自機関内') : t('議長宛');

export function Talk({ store }: { store: RoomStore }): JSX.Element | null {
  const item = store.item.value;
  if (item === null) return null;
  const lane = store.data.projector || !store.isSeated ? 'all' : store.lanes.current.value;
  return (
    <>
      <section class={`talk is-lane-${lane}`} aria-labelledby="talk-title">
        <div class="talk-head">
          <h2 id="talk-title">{t('討議')}</h2>
          {store.data.projector || !store.isSeated ? null : <LaneTabs store={store} lane={lane} />}
        </div>
        <Log key={`${item.id} ${lane}`} store={store} itemId={item.id} lane={lane} />
      </section>
      {store.data.projector ? null : <Composer key={`say ${item.id} ${lane}`} store={store} itemId={item.id} lane={lane} />}
    </>
  );
}

/** One lane at a time, for reading and for writing: what is chosen here is where a remark goes. */
function LaneTabs({ store, lane }: { store: RoomStore; lane: LaneName }): JSX.Element {
  return (
    <fieldset class="lanes">
      <legend class="hidden-text">{t('討議の範囲')}</legend>
      {store.lanes.names.map((name) => {
        const unread = name === lane ? 0 : store.lanes.unread(name);
        return (
          <label key={name} class={`lane is-lane-${name}`}>
            <input type="radio" name="lane" value={name} checked={name === lane} onChange={() => { store.lanes.current.value = name; }} />
            <span>{laneLabel(name)}{unread === 0 ? null : <span class="lane-unread">{unread}<span class="hidden-text">{t('件の未読')}</span></span>}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

interface LogProps { readonly store: RoomStore; readonly itemId: string; readonly lane: LaneName }

/** Stays at the newest remark unless somebody scrolled up to read; then a button leads back down. */
function Log({ store, itemId, lane }: LogProps): JSX.Element {
  const log = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(false);
  const all = store.lanes.remarks(lane);
  const mine = all.filter(({ remark }) => callsOn(remark, store.data.actor));
  const only = store.lanes.onlyMine.value && mine.length > 0;
  const shown = only ? mine : all;
  const saying = store.lanes.saying(itemId, lane);
  const pending = only ? [] : saying.unseen(all.map(({ remark }) => remark), store.data.actor);
  const count = shown.length + pending.length;
  const atEnd = useRef(true);
  const down = (): void => {
    const element = log.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setBelow(false);
  };
  const look = (): void => {
    if (!only && document.visibilityState === 'visible' && log.current?.offsetParent !== null) store.lanes.look(lane);
  };
  useLayoutEffect(() => {
    if (atEnd.current) down();
    else setBelow(true);
    look();
  }, [count, only, store.pane.value]);
  // The card above may grow or fold: the newest remark stays in sight.
  useEffect(() => {
    if (log.current === null) return undefined;
    const watch = new ResizeObserver(() => { if (atEnd.current) down(); });
    watch.observe(log.current);
    document.addEventListener('visibilitychange', look);
    return () => {
      watch.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  useSought(store, log);
  return (
    <>
      {store.data.projector || mine.length === 0 ? null : (
        <button type="button" class="button button-tertiary is-small talk-filter" aria-pressed={only}
          onClick={() => { store.lanes.onlyMine.value = !only; }}>{t('あなたの機関宛 {count}件', { count: mine.length })}</button>
      )}
      <div class="talk-log" role="log" tabIndex={0} aria-label={t('発言（{lane}）', { lane: laneLabel(lane) })} ref={log}
        onScroll={({ currentTarget: el }) => {
          atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR;
          if (atEnd.current) setBelow(false);
        }}>
        {count === 0 ? <Muted>{t('まだ発言はありません。')}</Muted> : (
          <ol class="remarks">
            {shown.map((heard) => <Said key={heard.remark.id} store={store} itemId={itemId} lane={lane} heard={heard} answered={answeredBy(all, heard)} />)}
            {pending.map((one) => <OnItsWay key={`p${one.key}`} store={store} pending={one} />)}
          </ol>
        )}
      </div>
      {below ? <button type="button" class="button button-secondary is-small talk-below" onClick={down}>{t('新しい発言を見る')}</button> : null}
    </>
  );
}

/** The remark this one answers. */
function answeredBy(all: readonly Heard[], { remark }: Heard): Heard | null {
  return remark.reply_to === null ? null : all.find((one) => one.remark.id === remark.reply_to) ?? null;
}

/** A remark that somebody looks for comes into view and takes the focus. */
function useSought(store: RoomStore, log: { readonly current: HTMLDivElement | null }): void {
  const sought = store.lanes.sought.value;
  useEffect(() => {
    if (sought === null) return;
    const element = log.current?.querySelector<HTMLElement>(`#remark-${sought}`);
    if (!element) return;
    element.scrollIntoView({ block: 'nearest' });
    element.focus({ preventScroll: true });
    store.lanes.sought.value = null;
  }, [sought]);
}

function OnItsWay({ store, pending }: { store: RoomStore; pending: Pending }): JSX.Element {
  const { actor } = store.data;
  const connected = store.link.status.value.connected;
  return (
    <li class={`remark is-mine ${connected ? 'is-pending' : 'is-failed'}`}>
      <div class="remark-by">
        <Agency store={store} kind={actor.kind} name={actor.agency} />
        <span class="remark-name">{actor.person}</span>
        <span class="remark-fate">{connected ? t('送信中') : t('未送信')}</span>
      </div>
      <p class="remark-text">{pending.text}</p>
    </li>
  );
}
