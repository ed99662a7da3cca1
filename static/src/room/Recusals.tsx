/** 利益相反: who is out of this case, who is asked about it, and the ways out and back. */
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import type { Recusal } from '../live/interest';
import type { ItemSnapshot } from '../live/item';
import { Paragraph, Select, SendButton, submitting } from './fields';
import type { Form } from './forms';
import { Person, Refused, SeatMark, Told } from './marks';
import type { RoomStore } from './store';
import { clockTime } from './time';

export function Recusals({ store }: { store: RoomStore }): JSX.Element | null {
  const line = store.selected.value;
  const item = store.item.value;
  if (line === null || item === null || line.kind !== 'case') return null;
  const shown = item.recusals.filter((one) => one.state !== 'followed');
  const over = line.status === 'done' || store.isOver;
  if (store.data.projector) return <Out store={store} line={line} />;
  if (shown.length === 0 && (over || !store.isSeated)) return null;
  return (
    <section class="recusals" aria-label={t('利益相反')}>
      <details class="recusals-all" open={isAsked(store, item)} onToggle={({ currentTarget: all }) => {
        if (all.open) all.scrollIntoView({ block: 'nearest' });
      }}>
        <summary>{t('利益相反')}<span class="recusals-count">{counted(line, shown)}</span></summary>
        {shown.length === 0 ? null : <ul class="recusal-list">{shown.map((one) => <One key={one.id} store={store} item={item} recusal={one} />)}</ul>}
        {over ? null : <Ways store={store} item={item} />}
      </details>
    </section>
  );
}

/** This agency has yet to answer: then everything about it lies open. */
function isAsked(store: RoomStore, item: ItemSnapshot): boolean {
  return item.recusals.some((one) => one.state === 'suggested' && one.agency_id === store.data.actor.agency_id);
}

function counted(line: AgendaItem, shown: readonly Recusal[]): string {
  const asked = shown.filter((one) => one.state === 'suggested').length;
  const out = line.recused.length === 0 ? '' : t('退席 {count}機関', { count: line.recused.length });
  return [out, asked === 0 ? '' : t('確認中 {count}機関', { count: asked })].filter((word) => word !== '').join(t('、'));
}

/** On a screen that is only looked at: the seats that are empty at this item. */
function Out({ store, line }: { store: RoomStore; line: AgendaItem }): JSX.Element | null {
  if (line.recused.length === 0) return null;
  return <p class="recusals"><span class="small">{t('退席（利益相反）')}</span> {line.recused.map((id) => <SeatMark key={id} store={store} id={id} />)}</p>;
}

/** What an agency that is out of the item sees instead of all of it. */
export function LeftTheItem(): JSX.Element {
  return (
    <div class="left-the-item" role="status">
      <p class="strong">{t('この議題は利益相反のため退席しています。')}</p>
      <p class="small">{t('議題の内容と記録は表示されません。次の議題から、通常どおり参加できます。')}</p>
    </div>
  );
}

function words(one: Recusal): string {
  switch (one.state) {
    case 'standing':
      return one.origin === 'pinned' ? t('退席（利益相反・議長の判断）') : t('退席（利益相反）');
    case 'lifted':
      return t('退席を取り消しました');
    case 'denied':
      return t('確認の結果、該当なし');
    default:
      return t('利益相反の有無を確認中');
  }
}

function One({ store, item, recusal }: { store: RoomStore; item: ItemSnapshot; recusal: Recusal }): JSX.Element {
  const { language } = store.data;
  const mine = recusal.agency_id === store.data.actor.agency_id;
  return (
    <li class={`recusal is-${recusal.state}`}>
      <p><SeatMark store={store} id={recusal.agency_id} /> <span class="recusal-state">{words(recusal)}</span></p>
      <p class="small prewrap">{t('理由：')}<Told store={store} text={recusal.reason} /></p>
      {recusal.answer === '' ? null : <p class="small prewrap">{recusal.state === 'denied' ? t('回答：') : t('取消しの理由：')}<Told store={store} text={recusal.answer} /></p>}
      <p class="small muted">{recusal.agency} <Person store={store} name={recusal.person} /> {clockTime(recusal.at, language)}</p>
      {recusal.state === 'suggested' && mine && store.isSeated ? <Deny store={store} item={item} /> : null}
      {recusal.state === 'standing' && store.isChair ? (
        <Way store={store} label={t('退席を取り消す')} name={`lift ${recusal.id}`} command="lift_recusal" send={t('取り消す')}
          body={() => ({ item_id: item.id, agency_id: recusal.agency_id })}>
          <p class="small">{t('誤って退席としたときに使います。この機関は、案件の内容をふたたび閲覧できるようになります。')}</p>
        </Way>
      ) : null}
    </li>
  );
}

function Deny({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  return (
    <Way store={store} label={t('該当しないと回答する')} name={`deny ${item.id}`} command="deny_recusal" send={t('回答する')} open
      body={() => ({ item_id: item.id })}>
      <p class="small">{t('該当する場合は、下の「利益相反を申し出る」から申し出てください。')}</p>
    </Way>
  );
}

function Ways({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const me = store.data.actor.agency_id;
  const chairId = store.conference.state.value?.chair.agency_id;
  const suggested = new Set(item.recusals.filter((one) => one.state === 'suggested').map((one) => one.agency_id));
  const inside = store.electorate.filter((seat) => seat.agency_id !== me);
  const asking = inside.filter((seat) => !suggested.has(seat.agency_id));
  const pinning = inside.filter((seat) => seat.agency_id !== chairId);
  const options = (seats: typeof inside): { value: string; label: string }[] => seats.map((seat) => ({ value: seat.agency_id, label: seat.name }));
  return (
    <>
      {store.isSeated ? (
        <Way store={store} label={t('利益相反を申し出る')} name={`declare ${item.id}`} command="declare_recusal" send={t('申し出て退席する')}
          body={() => ({ item_id: item.id })}>
          <p class="small">{t('申し出ると、この案件の内容は自機関のどの画面にも表示されなくなり、意思表示の対象からも外れます。取り消せるのは議長だけです。')}</p>
        </Way>
      ) : null}
      {store.mayRun ? (
        <Way store={store} label={t('利益相反の確認を求める')} name={`suggest ${item.id}`} command="suggest_recusal" send={t('確認を求める')}
          body={(form) => ({ item_id: item.id, agency_id: form.get('agency_id') })} among={options(asking)}>
          <p class="small">{t('機関が、退席するか、該当しないかを回答します。')}</p>
        </Way>
      ) : null}
      {store.isChair ? (
        <Way store={store} label={t('議長の判断で退席とする')} name={`pin ${item.id}`} command="pin_recusal" send={t('退席とする')}
          body={(form) => ({ item_id: item.id, agency_id: form.get('agency_id') })} among={options(pinning)}>
          <p class="small">{t('選んだ機関は、すぐにこの案件の内容を閲覧できなくなり、意思表示の対象から外れます。')}</p>
        </Way>
      ) : null}
    </>
  );
}

interface WayProps {
  readonly store: RoomStore;
  readonly label: string;
  readonly name: string;
  readonly command: string;
  readonly send: string;
  readonly body: (form: Form) => Readonly<Record<string, unknown>>;
  readonly among?: readonly { readonly value: string; readonly label: string }[];
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

/** One way out or back: it is opened, says what will happen, and always asks for the reason. */
function Way({ store, label, name, command, send, body, among, open = false, children }: WayProps): JSX.Element {
  const form = store.forms.form(name, { agency_id: '', reason: '' });
  const act = (): void => void form.submit(command, { ...body(form), reason: form.get('reason') });
  return (
    <details class="disclosure" open={open || form.refusal.value !== null}>
      <summary>{label}</summary>
      <form class="form" onSubmit={submitting(form, act)}>
        {children}
        {among === undefined ? null : <Select form={form} name="agency_id" label={t('機関')} required empty={t('選んでください')} options={among} />}
        <Paragraph form={form} name="reason" label={t('理由')} required />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{send}</SendButton>
      </form>
    </details>
  );
}
