/** What is said at the item, and the field to say something: Ctrl+Enter sends, Enter is a new line. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { ItemSnapshot, Remark } from '../live/item';
import { Muted, Person, Refused, SeatMark, Agency, Told } from './marks';
import type { Pending, Saying } from './remarks';
import type { RoomStore } from './store';
import { clockTime } from './time';

const NEAR = 60;

export function Talk({ store }: { store: RoomStore }): JSX.Element | null {
  const item = store.item.value;
  if (item === null) return null;
  return (
    <>
      <section class="talk" aria-labelledby="talk-title">
        <h2 id="talk-title">{t('討議')}</h2>
        <Log key={item.id} store={store} item={item} />
      </section>
      {store.data.projector ? null : <Composer key={`say ${item.id}`} store={store} item={item} />}
    </>
  );
}

/** Stays at the newest remark unless somebody scrolled up to read; then a button leads back down. */
function Log({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const log = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(false);
  const saying = store.saying(item.id);
  const pending = saying.unseen(item, store.data.actor);
  const count = item.remarks.length + pending.length;
  const atEnd = useRef(true);
  const down = (): void => {
    const element = log.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    setBelow(false);
  };
  useLayoutEffect(() => {
    if (atEnd.current) down();
    else setBelow(true);
  }, [count]);
  // The card above may grow or fold: the newest remark stays in sight.
  useEffect(() => {
    if (log.current === null) return undefined;
    const watch = new ResizeObserver(() => { if (atEnd.current) down(); });
    watch.observe(log.current);
    return () => watch.disconnect();
  }, []);
  return (
    <>
      <div class="talk-log" role="log" tabIndex={0} aria-label={t('発言')} ref={log}
        onScroll={({ currentTarget: el }) => {
          atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR;
          if (atEnd.current) setBelow(false);
        }}>
        {count === 0 ? <Muted>{t('まだ発言はありません。')}</Muted> : (
          <ol class="remarks">
            {item.remarks.map((remark) => <Said key={remark.id} store={store} remark={remark} />)}
            {pending.map((one) => <OnItsWay key={`p${one.key}`} store={store} pending={one} />)}
          </ol>
        )}
      </div>
      {below ? <button type="button" class="button button-secondary is-small talk-below" onClick={down}>{t('新しい発言を見る')}</button> : null}
    </>
  );
}

function Said({ store, remark }: { store: RoomStore; remark: Remark }): JSX.Element {
  const mine = remark.agency_id === store.data.actor.agency_id && remark.person === store.data.actor.person;
  return (
    <li class={`remark${mine ? ' is-mine' : ''}`}>
      <div class="remark-by">
        <SeatMark store={store} id={remark.agency_id} name={remark.agency} />
        <span class="remark-name"><Person store={store} name={remark.person} /></span>
        <time dateTime={remark.at}>{clockTime(remark.at, store.data.language)}</time>
      </div>
      <p class="remark-text"><Told store={store} text={remark.text} /></p>
    </li>
  );
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

function Composer({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const saying = store.saying(item.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const refusal = saying.refusal.value;
  useEffect(() => {
    if (refusal !== null) field.current?.focus();
  }, [refusal]);
  if (!store.isSeated) return <p class="composer small muted">{t('発言は参加機関の方ができます。閲覧のみでご参加です。')}</p>;
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(saying, item); }}>
      <label for="composer">{t('発言する')}{store.isLive ? null : <span class="hint-inline">{whyNot(store)}</span>}</label>
      <textarea class="input" id="composer" rows={2} maxLength={2000} ref={field} value={saying.draft.value}
        aria-describedby={refusal === null ? 'composer-keys' : 'composer-refusal composer-keys'}
        onInput={(event) => { saying.draft.value = event.currentTarget.value; }}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229 || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send(saying, item);
        }} />
      <div class="composer-row">
        <button type="submit" class="button button-primary is-small">{t('送信')}</button>
        <span class="hint-inline desk-only" id="composer-keys">{t('Ctrl+Enter')}</span>
      </div>
      {refusal === null ? null : <div class="composer-refusal" id="composer-refusal"><Refused refusal={refusal} /></div>}
    </form>
  );
}

function send(saying: Saying, item: ItemSnapshot): void {
  void saying.say(item.remarks.length);
}

function whyNot(store: RoomStore): string {
  const status = store.conference.state.value?.status;
  if (status === 'planned') return t('会議が始まると送信できます');
  if (status !== 'open') return t('会議は終わっています');
  return store.selected.value?.status === 'done' ? t('この議題は終わりました') : t('議題が始まると送信できます');
}
