/** The whole list of speakers: who waits, how the time is shared, and what the chair sets. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import { Do } from './Do';
import { SendButton, submitting, Text } from './fields';
import type { Form } from './forms';
import { Muted, Person, Refused, SeatMark } from './marks';
import { span, type SpeakingView } from './speaking-view';
import type { RoomStore } from './store';

interface ListProps {
  readonly store: RoomStore;
  readonly item: ItemSnapshot;
  readonly view: SpeakingView;
  readonly act: Form;
}

export function SpeakersList({ store, item, view, act }: ListProps): JSX.Element {
  const runs = store.isLive && store.mayRun;
  const nameOf = (id: string): string => store.seat(id)?.name ?? '';
  return (
    <div class="speaking-list">
      <h3>{t('発言待ち')}</h3>
      <Waiting store={store} item={item} view={view} act={act} />
      {view.silent.length === 0 ? null : (
        <p class="small"><strong>{t('まだ発言のない機関')}</strong>{t('：')}{view.silent.map(nameOf).join(t('、'))}</p>
      )}
      {runs && view.suggested !== null ? (
        <p class="speaking-suggested small"><strong>{t('発言の少ない機関')}</strong>{t('：')}{nameOf(view.suggested)}
          <Do act={act} name="call_speaker" body={{ item_id: item.id, present_id: view.present?.id ?? null, agency_id: view.suggested }}
            label={t('{agency}を指名する', { agency: nameOf(view.suggested) })}>{t('指名する')}</Do></p>
      ) : null}
      <Times store={store} item={item} view={view} act={act} />
      {runs ? <Settings store={store} item={item} act={act} /> : null}
    </div>
  );
}

function Waiting({ store, item, view, act }: ListProps): JSX.Element {
  if (view.waiting.length === 0) return <Muted>{t('発言を待っている機関はありません。')}</Muted>;
  const me = store.data.actor.agency_id;
  return (
    <ol class="speakers">
      {view.waiting.map((hand) => {
        const agency = store.seat(hand.agency_id)?.name ?? hand.agency;
        const kind = store.data.labels.speech[hand.kind] ?? '';
        return (
          <li key={hand.id}>
            <span class={`badge badge-${hand.kind === 'order' ? 'wait' : 'neutral'}`}>{kind}</span>
            <SeatMark store={store} id={hand.agency_id} name={hand.agency} /> <Person store={store} name={hand.speaker} />
            {store.isLive ? (
              <span class="speakers-acts">
                {store.mayRun ? <Do act={act} name="call_speaker" body={{ item_id: item.id, present_id: view.present?.id ?? null, speech_id: hand.id }}
                  label={t('{agency}の{kind}を呼ぶ', { agency, kind })}>{t('呼ぶ')}</Do> : null}
                {store.mayRun || (store.isSeated && hand.agency_id === me) ? <Do act={act} kind="tertiary" name="withdraw_request" body={{ speech_id: hand.id }}
                  label={t('{agency}の{kind}を取り下げる', { agency, kind })}>{t('取り下げる')}</Do> : null}
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** Past zero is said in words; whoever overran gives the others as much. */
function Times({ store, item, view, act }: ListProps): JSX.Element {
  const runs = store.isLive && store.mayRun;
  return (
    <table class="speaking-times">
      <caption>{t('機関ごとの発言時間')}</caption>
      <thead><tr><th scope="col">{t('機関')}</th><th scope="col">{t('発言時間')}</th><th scope="col">{t('残り')}</th>{runs ? <th scope="col"><span class="hidden-text">{t('操作')}</span></th> : null}</tr></thead>
      <tbody>
        {[...view.times].map(([id, { spent, left }]) => {
          const name = store.seat(id)?.name ?? '';
          return (
            <tr key={id} class={view.present?.agency_id === id ? 'is-speaking' : ''}>
              <th scope="row"><SeatMark store={store} id={id} /></th>
              <td>{span(spent)}</td>
              <td class={left < 0 ? 'is-over' : ''}>{left < 0 ? t('超過 {time}', { time: span(left) }) : span(left)}</td>
              {runs ? <td><Do act={act} kind="tertiary" name="call_speaker" body={{ item_id: item.id, present_id: view.present?.id ?? null, agency_id: id }}
                label={t('{agency}を指名する', { agency: name })}>{t('指名')}</Do></td> : null}
            </tr>
          );
        })}
      </tbody>
      <tfoot><tr><th scope="row">{t('合計')}</th><td>{span(view.total)}</td><td />{runs ? <td /> : null}</tr></tfoot>
    </table>
  );
}

function Settings({ store, item, act }: Omit<ListProps, 'view'>): JSX.Element {
  const form = store.forms.form(`speaking time ${item.id}`, { minutes: '' });
  const send = (): void => void form.submit('set_speaking_time', { item_id: item.id, minutes: form.get('minutes') });
  return (
    <div class="speaking-settings">
      {item.speakers.is_open
        ? <Do act={act} name="close_speakers" body={{ item_id: item.id }}>{t('受付を締め切る')}</Do>
        : <Do act={act} name="reopen_speakers" body={{ item_id: item.id }}>{t('受付を再開する')}</Do>}
      <form class="form" onSubmit={submitting(form, send)}>
        <Text form={form} name="minutes" label={t('1機関の持ち時間（分）')} max={3} />
        <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('設定する')}</SendButton>
        <Refused refusal={form.refusal.value} shown={form.shown} />
      </form>
    </div>
  );
}
