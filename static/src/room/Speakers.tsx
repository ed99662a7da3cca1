/** 発言者: who has the floor and for how long, hands up or down, and the chair's way through the list. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import type { SpeechKind } from '../live/speakers';
import { Do } from './Do';
import type { Form } from './forms';
import { Person, Refused, SeatMark } from './marks';
import { SpeakersList } from './SpeakersList';
import { floorClock, speakingView, type SpeakingView } from './speaking-view';
import type { RoomStore } from './store';

const KINDS: readonly SpeechKind[] = ['contribution', 'question', 'order'];

export function Speakers({ store }: { store: RoomStore }): JSX.Element | null {
  const item = store.item.value;
  if (item === null || !(store.isLive || item.speakers.speeches.length > 0)) return null;
  const view = speakingView(store, item);
  if (store.data.projector) return <Projected store={store} view={view} />;
  return <Section key={item.id} store={store} item={item} view={view} />;
}

interface PartProps {
  readonly store: RoomStore;
  readonly item: ItemSnapshot;
  readonly view: SpeakingView;
  readonly act: Form;
}

function Section({ store, item, view }: Omit<PartProps, 'act'>): JSX.Element {
  const act = store.forms.form(`speaking ${item.id}`);
  const choice = store.forms.choice('speakers');
  const open = choice.value === 'open';
  const live = store.isLive;
  return (
    <section class="speaking" aria-labelledby="speaking-title">
      <div class="speaking-row">
        <h2 id="speaking-title">{t('発言者')}</h2>
        <button type="button" class="button button-tertiary is-small speaking-toggle" aria-expanded={open} aria-controls="speaking-list"
          onClick={() => { choice.value = open ? '' : 'open'; }}>
          {view.waiting.length > 0 ? t('発言待ち {count}件', { count: view.waiting.length }) : t('発言時間')}
        </button>
      </div>
      {view.present === null ? null : <Floor store={store} view={view} act={act} />}
      {live && store.isSeated ? <Hands store={store} item={item} view={view} act={act} /> : null}
      {live && store.mayRun ? <Calling store={store} item={item} view={view} act={act} /> : null}
      <Refused refusal={act.refusal.value} kept={false} />
      <div id="speaking-list">{open ? <SpeakersList store={store} item={item} view={view} act={act} /> : null}</div>
    </section>
  );
}

function Floor({ store, view, act }: Omit<PartProps, 'item'>): JSX.Element | null {
  const { present } = view;
  if (present === null) return null;
  const mine = present.agency_id === store.data.actor.agency_id && store.isSeated;
  return (
    <div class={`speaking-floor${mine ? ' is-mine' : ''}`}>
      <div class="speaking-who">
        <span class="small">{mine ? t('自機関の発言です') : t('発言中')}{kindNote(store, present.kind)}</span>
        <SeatMark store={store} id={present.agency_id} name={present.agency} /> <Person store={store} name={present.speaker} />
      </div>
      <FloorClock store={store} view={view} />
      {mine && !store.mayRun && store.isLive ? <Do act={act} name="end_speech" body={{ speech_id: present.id }}>{t('発言を終える')}</Do> : null}
    </div>
  );
}

function kindNote(store: RoomStore, kind: SpeechKind): string {
  return kind === 'contribution' ? '' : t('（{text}）', { text: store.data.labels.speech[kind] ?? '' });
}

function FloorClock({ store, view }: Pick<PartProps, 'store' | 'view'>): JSX.Element {
  const { label, text, look } = floorClock(store, view);
  return (
    <span class={`speaking-clock ${look}`}>
      <span class="speaking-clock-label">{view.present?.since === null ? t('停止中') : label}</span>
      <span class="speaking-clock-time" role="timer">{text}</span>
    </span>
  );
}

/** 挙手: one button a kind, pressed while the hand is up. */
function Hands({ store, item, view, act }: PartProps): JSX.Element {
  const me = store.data.actor.agency_id;
  const { is_open: open } = item.speakers;
  const mineAt = view.waiting.flatMap((hand, at) => (hand.agency_id === me ? [at + 1] : []));
  const places = mineAt.join(t('、'));
  return (
    <div class="speaking-hands" role="group" aria-label={t('手を挙げる')}>
      <span class="speaking-label" aria-hidden="true">{t('挙手')}</span>
      {KINDS.map((kind) => {
        const mine = view.waiting.find((hand) => hand.agency_id === me && hand.kind === kind);
        const shut = !open && mine === undefined;
        const press = (): void => {
          if (act.busy.value || shut) return;
          void (mine === undefined ? act.run('ask_to_speak', { item_id: item.id, kind }) : act.run('withdraw_request', { speech_id: mine.id }));
        };
        return (
          <button key={kind} type="button" id={`hand-${kind}`} class="button button-secondary is-small" aria-pressed={mine !== undefined}
            aria-disabled={shut || act.busy.value ? 'true' : undefined} onClick={press}>{store.data.labels.speech[kind]}</button>
        );
      })}
      {!open ? <span class="small speaking-note">{t('受付は締め切られています。')}</span> : null}
      {places !== '' ? <span class="small speaking-note" role="status">{t('申込み中（順番：{places}番目）。もう一度押すと取り下げます。', { places })}</span> : null}
    </div>
  );
}

function Calling({ store, item, view, act }: PartProps): JSX.Element {
  const { present } = view;
  const next = view.waiting[0];
  const body = { item_id: item.id, present_id: present?.id ?? null };
  return (
    <div class="speaking-calling" role="group" aria-label={t('議長の操作')}>
      {next === undefined ? null : (
        <Do act={act} id="call-next" name="call_speaker" kind="primary" body={{ ...body, speech_id: next.id }}>
          {t('次を呼ぶ：{agency}', { agency: store.seat(next.agency_id)?.name ?? next.agency })}
        </Do>
      )}
      {present === null ? null : (
        <>
          <Do act={act} {...(next === undefined ? { id: 'call-next' } : {})} name="end_speech" body={{ speech_id: present.id }}>{t('発言を終える')}</Do>
          {present.since === null
            ? <Do act={act} name="continue_speech" body={{ speech_id: present.id }}>{t('計測を再開')}</Do>
            : <Do act={act} name="hold_speech" body={{ speech_id: present.id }}>{t('計測を停止')}</Do>}
        </>
      )}
    </div>
  );
}

/** From the far end of the table: who speaks, how long still, and who is next. */
function Projected({ store, view }: Pick<PartProps, 'store' | 'view'>): JSX.Element | null {
  const { present, waiting } = view;
  const next = waiting[0];
  if (present === null && next === undefined) return null;
  return (
    <section class="speaking" aria-labelledby="speaking-title">
      <h2 id="speaking-title">{present === null ? t('発言者') : t('発言中')}</h2>
      {present === null ? null : (
        <div class="speaking-floor">
          <div class="speaking-who"><SeatMark store={store} id={present.agency_id} name={present.agency} /> <Person store={store} name={present.speaker} /></div>
          <FloorClock store={store} view={view} />
        </div>
      )}
      {next === undefined ? null : <p class="speaking-next">{t('次')} <SeatMark store={store} id={next.agency_id} name={next.agency} /></p>}
    </section>
  );
}
