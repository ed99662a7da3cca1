/** 推薦: the role is defined, each agency names a lead in silence, and all are revealed together. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot, Nomination } from '../live/item';
import type { Nominations as Turn } from '../live/lead';
import { Fitting } from './Fitting';
import { Paragraph, Select, SendButton, submitting } from './fields';
import { Muted, Refused, SeatMark, Told } from './marks';
import type { RoomStore } from './store';

const TURNS = 2;

export function Nominations({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const turn = item.nominating;
  return (
    <section class="decision is-quiet" aria-labelledby="nominate-title">
      <h2 id="nominate-title">{t('主担当機関の推薦')}</h2>
      {turn === null ? null : <p class="decision-wording"><span class="small">{t('主担当の役割')}</span><br /><Told store={store} text={turn.role} /></p>}
      {store.isLive ? <Fitting key={item.id} store={store} itemId={item.id} /> : null}
      {turn?.state === 'open' ? <Underway store={store} item={item} turn={turn} /> : null}
      {item.nominations.length === 0 ? null : <Revealed store={store} nominations={item.nominations} />}
      {turn === null && item.nominations.length === 0 && !store.isChair ? <Muted>{t('議長が受付を始めると、ここから推薦を出せます。')}</Muted> : null}
      {store.isChair && store.isLive && turn?.state !== 'open' && (turn?.turn ?? 0) < TURNS ? <Begin store={store} itemId={item.id} turn={turn} /> : null}
    </section>
  );
}

function Underway({ store, item, turn }: { store: RoomStore; item: ItemSnapshot; turn: Turn }): JSX.Element {
  const recused = store.selected.value?.recused ?? [];
  const asked = turn.asked.filter((id) => !recused.includes(id));
  const waiting = asked.filter((id) => turn.given[id] === undefined);
  const told = t('提出 {done}／{all}機関', { done: asked.length - waiting.length, all: asked.length });
  const mayName = store.isSeated && store.isLive && turn.asked.includes(store.data.actor.agency_id);
  return (
    <>
      <p class="decision-rule">{turn.turn === 1
        ? t('推薦は、議長が公開するまで互いに見えません。')
        : t('推薦を変える機関だけが出し直します。公開するまで互いに見えません。')}</p>
      {mayName ? <Nominate key={`${item.id} ${turn.turn}`} store={store} item={item} turn={turn} /> : null}
      <p class="small strong" aria-live="polite">{told}</p>
      <progress class="meter" value={asked.length - waiting.length} max={asked.length} aria-label={t('提出した機関')}>{told}</progress>
      {waiting.length === 0 || turn.turn > 1 ? null : <p class="small">{t('未提出：{names}', { names: waiting.map((id) => store.seat(id)?.name ?? '').join(t('、')) })}</p>}
      {store.isChair && store.isLive ? <Reveal store={store} itemId={item.id} /> : null}
    </>
  );
}

function Nominate({ store, item, turn }: { store: RoomStore; item: ItemSnapshot; turn: Turn }): JSX.Element {
  const form = store.forms.form(`nominate ${item.id} ${turn.turn}`, { nominee_id: '', reason: '' });
  const again = store.forms.choice(`nominate again ${item.id} ${turn.turn}`);
  const by = turn.given[store.data.actor.agency_id];
  const send = async (): Promise<void> => {
    const taken = await form.submit('nominate_lead', {
      item_id: item.id, nominee_id: form.get('nominee_id'), reason: form.get('reason'),
    });
    if (taken) again.value = '';
  };
  if (by !== undefined && again.value === '') {
    return (
      <p class="decision-line">
        <span>{t('自機関は提出済みです')} <span class="small">{by}</span></span>
        <button type="button" class="button button-tertiary is-small" onClick={() => { again.value = 'open'; }}>{t('出し直す')}</button>
      </p>
    );
  }
  const options = store.electorate.map((seat) => ({ value: seat.agency_id, label: seat.name }));
  return (
    <form class="form" onSubmit={submitting(form, () => void send())}>
      <Select form={form} name="nominee_id" label={t('推薦する機関')} required empty={t('選んでください')}
        options={[...options, { value: 'nobody', label: t('この場に引き受けられる機関がない') }]} />
      <Paragraph form={form} name="reason" label={t('理由')} required />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('推薦を提出する')}</SendButton>
    </form>
  );
}

/** What each named last, in the order of the office; who thought again has both. */
function Revealed({ store, nominations }: { store: RoomStore; nominations: readonly Nomination[] }): JSX.Element {
  const of = (id: string): readonly Nomination[] => nominations.filter((one) => one.agency_id === id);
  const ids = [...new Set([...store.members.map((seat) => seat.agency_id), ...nominations.map((one) => one.agency_id)])];
  return (
    <ul class="nominations" aria-label={t('各機関の推薦')}>
      {ids.filter((id) => of(id).length > 0).map((id) => {
        const said = of(id);
        const last = said[said.length - 1] as Nomination;
        const first = said.length > 1 ? said[0] : undefined;
        return (
          <li key={id}>
            <p class="nomination-who"><SeatMark store={store} id={id} /> <span class="small">{t('の推薦')}</span></p>
            <p class="nomination-whom"><Named store={store} id={last.nominee_id} /></p>
            {first === undefined ? null : <p class="small nomination-before">{t('変更前：')}<Named store={store} id={first.nominee_id} /></p>}
            <p class="prewrap"><Told store={store} text={last.reason} /></p>
          </li>
        );
      })}
    </ul>
  );
}

function Named({ store, id }: { store: RoomStore; id: string | null }): JSX.Element {
  return id === null ? <span>{t('引き受けられる機関がない')}</span> : <SeatMark store={store} id={id} />;
}

/** The role comes first: who leads what. Once more it may be asked after all have been seen. */
function Begin({ store, itemId, turn }: { store: RoomStore; itemId: string; turn: Turn | null }): JSX.Element {
  const form = store.forms.form(`nominations ${itemId} ${turn?.turn ?? 0}`, { role: turn?.role ?? '' });
  const send = (): void => void form.submit('open_nominations', { item_id: itemId, role: form.get('role') });
  return (
    <details class="disclosure" open={form.refusal.value !== null}>
      <summary>{turn === null ? t('推薦の受付を始める') : t('もう一度だけ、推薦の変更を受け付ける')}</summary>
      <form class="form" onSubmit={submitting(form, send)}>
        <Paragraph form={form} name="role" label={t('主担当の役割')} required />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{turn === null ? t('推薦を求める') : t('変更を受け付ける')}</SendButton>
      </form>
    </details>
  );
}

function Reveal({ store, itemId }: { store: RoomStore; itemId: string }): JSX.Element {
  const act = store.forms.form(`reveal ${itemId}`);
  const run = (): void => { if (!act.busy.value) void act.run('reveal_nominations', { item_id: itemId }); };
  return (
    <>
      <Refused refusal={act.refusal.value} kept={false} />
      <button type="button" class="button button-primary is-small" aria-disabled={act.busy.value ? 'true' : undefined} onClick={run}>{t('推薦を公開する')}</button>
    </>
  );
}
