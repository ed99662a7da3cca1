/** The field to say something: it names the lane it writes into; Ctrl+Enter sends, Enter is a new line. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import type { LaneName } from './lanes';
import { linkable, LinkChip } from './LinkChip';
import { Refused } from './marks';
import { MentionField } from './MentionField';
import type { Saying } from './remarks';
import type { RoomStore } from './store';

interface ComposerProps { readonly store: RoomStore; readonly itemId: string; readonly lane: LaneName }

export function Composer({ store, itemId, lane }: ComposerProps): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const saying = store.lanes.saying(itemId, lane);
  const refusal = saying.refusal.value;
  useLayoutEffect(() => {
    if (refusal !== null) field.current?.focus();
  }, [refusal]);
  if (!store.isSeated) return <p class="composer small muted">{t('発言は参加機関の方ができます。閲覧のみでご参加です。')}</p>;
  const send = (): void => void saying.say(store.lanes.remarks(lane).length);
  const choosing = store.forms.choice(`linking ${itemId} ${lane}`);
  return (
    <form class={`composer is-lane-${lane}`} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <div class="composer-head">
        <label for="composer">{label(store, lane)}<Why store={store} lane={lane} /></label>
        {store.item.value?.case ? (
          <button type="button" class="composer-link" aria-expanded={choosing.value === 'on'} onClick={() => { choosing.value = choosing.value === 'on' ? '' : 'on'; }}>{t('シート・資料を付ける')}</button>
        ) : null}
      </div>
      {lane === 'chair' && store.isChair ? <Whom store={store} /> : null}
      {lane === 'all' ? null : <p class="composer-heard">{heardBy(store, lane)}</p>}
      {choosing.value === 'on' ? <Linking store={store} lane={lane} saying={saying} done={() => { choosing.value = ''; }} /> : null}
      <Answering store={store} saying={saying} lane={lane} />
      {saying.links.value.length === 0 ? null : (
        <p class="remark-links">{saying.links.value.map((link) => (
          <span key={link}><LinkChip store={store} link={link} />
            <button type="button" class="link-off" aria-label={t('リンクを外す')} onClick={() => { saying.links.value = saying.links.value.filter((one) => one !== link); }}>×</button></span>
        ))}</p>
      )}
      <MentionField store={store} lane={lane} saying={saying} field={field} send={send} refused={refusal !== null} />
      <div class="composer-row">
        <button type="submit" class={`button button-primary is-small send-${lane}`}>{sendLabel(store, lane)}</button>
        <span class="hint-inline desk-only" id="composer-keys">{t('Ctrl+Enter')}</span>
      </div>
      {refusal === null ? null : <div class="composer-refusal" id="composer-refusal"><Refused refusal={refusal} /></div>}
    </form>
  );
}

function label(store: RoomStore, lane: LaneName): string {
  if (lane === 'all') return t('全体に発言する');
  if (lane === 'agency') return t('自機関内に書く');
  return store.isChair ? t('この機関に返信する') : t('議長宛に書く');
}

function sendLabel(store: RoomStore, lane: LaneName): string {
  if (lane === 'all') return t('全体に送信');
  if (lane === 'agency') return t('自機関内に送信');
  return store.isChair ? t('この機関に送信') : t('議長宛に送信');
}

/** Who will read it, in words: nobody needs to know what a colour means. */
function heardBy(store: RoomStore, lane: LaneName): string {
  if (lane === 'agency') return t('{agency}の方だけに表示されます。議事録には残りません。', { agency: store.data.actor.agency });
  const other = store.isChair ? store.seat(store.lanes.owner('chair')) : store.seat(store.conference.state.value?.chair.agency_id);
  return store.isChair
    ? t('議長の機関と{agency}の方だけに表示されます。議事録には残りません。', { agency: other?.name ?? '' })
    : t('自機関と議長の機関（{agency}）だけに表示されます。議長が代わると、新しい議長に引き継がれます。', { agency: other?.name ?? '' });
}

function Why({ store, lane }: { store: RoomStore; lane: LaneName }): JSX.Element | null {
  const status = store.conference.state.value?.status;
  const over = status === 'closed' || status === 'cancelled';
  if (lane === 'all' ? store.isLive : !over) return null;
  if (over) return <span class="hint-inline">{t('会議は終わっています')}</span>;
  if (status === 'paused') return <span class="hint-inline">{t('休憩中です。再開すると送信できます')}</span>;
  if (status === 'planned') return <span class="hint-inline">{t('会議が始まると送信できます')}</span>;
  return <span class="hint-inline">{store.selected.value?.status === 'done' ? t('この議題は終わりました') : t('議題が始まると送信できます')}</span>;
}

/** The chair says which agency it answers. */
function Whom({ store }: { store: RoomStore }): JSX.Element {
  return (
    <div class="composer-whom"><label for="composer-whom">{t('相手の機関')}</label>
      <span class="select"><select class="input" id="composer-whom" value={store.lanes.owner('chair')} onChange={(event) => { store.lanes.chosen.value = event.currentTarget.value; }}>
        {store.lanes.others.map((id) => <option key={id} value={id}>{store.seat(id)?.name ?? ''}</option>)}
      </select></span>
    </div>
  );
}

function Linking({ store, lane, saying, done }: { store: RoomStore; lane: LaneName; saying: Saying; done: () => void }): JSX.Element {
  return (
    <div class="composer-whom"><label for="composer-cells">{t('シートの項目・資料')}</label>
      <span class="select"><select class="input" id="composer-cells" value="" onChange={(event) => {
        const link = event.currentTarget.value;
        if (link === '') return;
        done();
        if (saying.links.value.length < 5) saying.links.value = [...new Set([...saying.links.value, link])];
      }}>
        <option value="">{t('選択してください')}</option>
        {linkable(store, lane).map(({ group, cells }) => (
          <optgroup key={group} label={group}>{cells.map(({ link, name }) => <option key={link} value={link}>{name}</option>)}</optgroup>
        ))}
      </select></span>
    </div>
  );
}

function Answering({ store, saying, lane }: { store: RoomStore; saying: Saying; lane: LaneName }): JSX.Element | null {
  const id = saying.answers.value;
  const answered = id === null ? undefined : store.lanes.remarks(lane).find(({ remark }) => remark.id === id)?.remark;
  if (answered === undefined) return null;
  return (
    <p class="composer-answers">
      <span class="composer-answers-text">{t('返信先：{name}「{text}」', { name: answered.person, text: answered.text })}</span>
      <button type="button" class="link-off" aria-label={t('返信をやめる')} onClick={() => { saying.answers.value = null; }}>×</button>
    </p>
  );
}
