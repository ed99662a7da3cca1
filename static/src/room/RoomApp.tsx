/** The whole room: three panes at a desk, one at a time on a phone, and what is read aloud. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Agenda } from './Agenda';
import { Banner, BottomBar } from './BottomBar';
import { Center } from './Center';
import { Confidentiality } from './Confidentiality';
import { Console } from './Console';
import { ChairAway } from './ChairAway';
import { Decision } from './Decision';
import { FirmVoice } from './FirmVoice';
import { Keys, onKeys } from './Keys';
import { Polls } from './Poll';
import { Recusals } from './Recusals';
import { Seats } from './Seats';
import { turnTo } from './roving';
import { Speakers } from './Speakers';
import { OnDeck } from './OnDeck';
import { CourseNotes } from './Pace';
import type { Pane, RoomStore } from './store';
import { Talk } from './Talk';
import { TopBar } from './TopBar';
import { StepShown } from './Walk';

export function RoomApp({ store }: { store: RoomStore }): JSX.Element {
  const keys = useRef<HTMLDialogElement>(null);
  const seats = useRef<HTMLDialogElement>(null);
  // With the picture and not after it: on a busy machine a key pressed at first sight went to the browser.
  useLayoutEffect(() => onKeys(store, () => keys.current?.showModal(), () => seats.current?.showModal()), [store]);
  if (store.conference.gone.value) return <NoMore store={store} />;
  const statement = store.statement.value;
  const pane = store.data.projector ? 'all' : statement === null ? store.pane.value : 'center';
  return (
    <main class="room" id="main" data-pane={pane} tabIndex={-1}>
      <TopBar store={store} />
      <div class="room-strip">
        <Banner store={store} />
        <CourseNotes store={store} />
        <OnDeck store={store} />
        <StepShown store={store} />
        <Console store={store} />
      </div>
      {store.data.projector || statement !== null ? null : <Switch store={store} />}
      <Agenda store={store} />
      {statement === null ? <Table store={store} /> : <Confidentiality store={store} statement={statement} />}
      <BottomBar store={store} showKeys={() => keys.current?.showModal()} showSeats={() => seats.current?.showModal()} />
      <p class="hidden-text" role="status">{store.announcer.message.value}</p>
      <Keys dialog={keys} />
      {store.data.projector ? null : <Seats store={store} dialog={seats} />}
    </main>
  );
}

/** What is told at the table: papers in the middle, the decision and the discussion on the right. */
function Table({ store }: { store: RoomStore }): JSX.Element {
  return (
    <>
      <Center store={store} />
      <section class="room-right" id="pane-right" aria-label={t('決定と討議')}>
        <ChairAway store={store} />
        <Polls store={store} />
        <Decision store={store} />
        <div class="room-aside">
          <Recusals store={store} />
          <FirmVoice store={store} />
        </div>
        <Speakers store={store} />
        <Talk store={store} />
      </section>
    </>
  );
}

function Switch({ store }: { store: RoomStore }): JSX.Element {
  const panes: readonly { key: Pane; label: string }[] = [
    { key: 'left', label: t('議題') },
    { key: 'center', label: t('シート') },
    { key: 'right', label: t('討議・回答') },
  ];
  const unread = store.lanes.names.reduce((sum, lane) => sum + store.lanes.unread(lane), 0);
  const at = panes.findIndex(({ key }) => key === store.pane.value);
  const turn = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const next = panes[turnTo(event.key, at, panes.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    store.pane.value = next.key;
    event.currentTarget.querySelector<HTMLElement>(`#switch-${next.key}`)?.focus();
  };
  return (
    <div class="room-switch" role="tablist" aria-label={t('画面の切り替え')} onKeyDown={turn}>
      {panes.map(({ key, label }) => (
        <button key={key} type="button" role="tab" id={`switch-${key}`} aria-selected={key === store.pane.value} aria-controls={`pane-${key}`}
          tabIndex={key === store.pane.value ? 0 : -1} onClick={() => { store.pane.value = key; }}>{label}
          {key === 'right' && unread > 0 ? <span class="lane-unread">{unread}<span class="hidden-text">{t('件の未読')}</span></span> : null}</button>
      ))}
    </div>
  );
}

/** Taken out of the conference: nothing of it stays on the screen. */
function NoMore({ store }: { store: RoomStore }): JSX.Element {
  return (
    <main class="page page-medium" id="main" tabIndex={-1}>
      <h1>{t('この会議室は表示できません')}</h1>
      <p>{t('会議への参加が変更されたため、内容を表示できなくなりました。心当たりがない場合は、事務局にお問い合わせください。')}</p>
      <p><a class="button button-secondary" href={store.data.urls.leave}>{t('会議のページへ')}</a></p>
    </main>
  );
}
