/** 事業者の声: the firm's owner as a guest at this item, what was put right, and what is wished. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import type { Correction, Invitation, Preference } from '../live/guests';
import type { ItemSnapshot } from '../live/item';
import { stateOf } from './correction-state';
import { Do } from './Do';
import { Paragraph, SendButton, submitting, Text } from './fields';
import { Person, Refused, SeatMark } from './marks';
import type { RoomStore } from './store';
import { clockTime } from './time';

interface Props { readonly store: RoomStore; readonly item: ItemSnapshot }

export function FirmVoice({ store }: { store: RoomStore }): JSX.Element | null {
  const item = store.item.value;
  if (item === null || item.case === null) return null;
  const { guests, corrections, preferences } = item;
  if (store.data.projector) return store.data.masked ? null : <Shown store={store} item={item} />;
  const mayInvite = store.mayRun && store.selected.value?.status !== 'done' && !store.isOver;
  if (guests.length === 0 && !mayInvite) return null;
  const waiting = corrections.filter((one) => one.state === 'waiting').length;
  const open = store.forms.choice(`voice ${item.id}`);
  return (
    <section class="firm-voice" aria-label={t('事業者の声')}>
      <details class="firm-voice-all" open={open.value === 'open' || (open.value === '' && waiting > 0)}
        onToggle={({ currentTarget }) => { open.value = currentTarget.open ? 'open' : 'closed'; }}>
        <summary>{t('事業者の声')}<span class="firm-voice-count">{counted(guests, waiting)}</span></summary>
        {preferences.length === 0 ? null : <Preferences store={store} all={preferences} />}
        {corrections.length === 0 ? null : <ul class="firm-voice-list" aria-label={t('事実の訂正')}>{corrections.map((one) => <One key={one.id} store={store} item={item} correction={one} />)}</ul>}
        {guests.length === 0 ? null : <ul class="firm-voice-list" aria-label={t('招いた方')}>{guests.filter((one) => one.state !== 'replaced').map((one) => <Guest key={one.id} store={store} guest={one} mayRevoke={mayInvite} />)}</ul>}
        {mayInvite ? <Invite store={store} item={item} /> : null}
      </details>
    </section>
  );
}

function counted(guests: readonly Invitation[], waiting: number): string {
  const here = guests.filter((one) => one.state === 'entered').map((one) => t('{name} 様', { name: one.name }));
  return [...here, waiting === 0 ? '' : t('未回答の訂正 {count}件', { count: waiting })].filter((word) => word !== '').join(t('、'));
}

/** On a screen that is only looked at, and names the firm anyway. */
function Shown({ store, item }: Props): JSX.Element | null {
  const newest = item.preferences.at(-1);
  if (newest === undefined) return null;
  return <section class="firm-voice" aria-label={t('事業者の声')}><h2>{t('事業者の声')}</h2><Wish store={store} wish={newest} newest /></section>;
}

function Preferences({ store, all }: { store: RoomStore; all: readonly Preference[] }): JSX.Element {
  const latest = [...all].reverse();
  return <ul class="firm-voice-list" aria-label={t('ご希望')}>{latest.map((one, at) => <li key={one.id} class={at === 0 ? 'is-newest' : undefined}><Wish store={store} wish={one} newest={at === 0} /></li>)}</ul>;
}

function Wish({ store, wish, newest }: { store: RoomStore; wish: Preference; newest: boolean }): JSX.Element {
  return (
    <>
      <p class="small">{newest ? t('いまのご希望') : t('以前のご希望')}{wish.agency_id === null ? null : <> <SeatMark store={store} id={wish.agency_id} /></>}</p>
      <p class="prewrap">{wish.text}</p>
      <p class="small muted">{t('{name} 様', { name: wish.person })} {clockTime(wish.at, store.data.language)}</p>
    </>
  );
}

function One({ store, item, correction }: Props & { correction: Correction }): JSX.Element {
  const sheet = store.sheet(item.case?.id ?? '');
  const column = sheet.columns.value.find((one) => one.key === correction.column);
  const version = sheet.snapshot?.cells[`case|${correction.column}`]?.version ?? 0;
  const mayAnswer = store.mayAct && correction.state === 'waiting' && column?.right === 'edit';
  const { language } = store.data;
  return (
    <li class={`is-${correction.state}`}>
      <p class="small"><span class="strong">{t('「{label}」の訂正', { label: column?.label ?? '' })}</span> {stateOf(correction)}</p>
      <p class="prewrap">{correction.value}</p>
      {correction.words === '' ? null : <p class="small prewrap">{t('補足：')}{correction.words}</p>}
      <p class="small muted">{t('{name} 様', { name: correction.person })} {clockTime(correction.at, language)}</p>
      {correction.answered_at === null ? null : (
        <p class="small muted">{correction.answer === '' ? null : <>{t('理由：')}{correction.answer}　</>}{correction.answered_agency} <Person store={store} name={correction.answered_by} /> {clockTime(correction.answered_at, language)}</p>
      )}
      {mayAnswer ? <Answer store={store} correction={correction} version={version} /> : null}
    </li>
  );
}

function Answer({ store, correction, version }: { store: RoomStore; correction: Correction; version: number }): JSX.Element {
  const act = store.forms.form(`take ${correction.id}`);
  const aside = store.forms.form(`aside ${correction.id}`, { reason: '' });
  const send = (): void => void aside.submit('set_correction_aside', { correction_id: correction.id, reason: aside.get('reason') });
  return (
    <>
      <p><Do act={act} name="take_correction" body={{ correction_id: correction.id, base_version: version }} kind="primary">{t('シートに反映する')}</Do></p>
      <Refused refusal={act.refusal.value} kept={false} />
      <details class="disclosure"><summary>{t('見送る')}</summary>
        <form class="form disclosure-body" onSubmit={submitting(aside, send)}>
          <Paragraph form={aside} name="reason" label={t('理由（事業者の方にも表示されます）')} required />
          <Refused refusal={aside.refusal.value} shown={aside.shown} />
          <SendButton form={aside} connected={store.link.status.value.connected} kind="secondary" small>{t('見送りとする')}</SendButton>
        </form>
      </details>
    </>
  );
}

function Guest({ store, guest, mayRevoke }: { store: RoomStore; guest: Invitation; mayRevoke: boolean }): JSX.Element {
  const act = store.forms.form(`revoke ${guest.id}`);
  const live = guest.state === 'sent' || guest.state === 'entered';
  const { language } = store.data;
  return (
    <li>
      <p><span class="strong">{t('{name} 様', { name: guest.name })}</span> <span class="small">{guest.entered_at !== null && live ? t('{time} 入室', { time: clockTime(guest.entered_at, language) }) : live ? t('ご案内済み（まだ開かれていません）') : t('ご案内を取り消しました')}</span></p>
      {live && mayRevoke ? <Do act={act} name="revoke_guest" body={{ invitation_id: guest.id }} label={t('{name} 様のご案内を取り消す', { name: guest.name })}>{t('取り消す')}</Do> : null}
      <Refused refusal={act.refusal.value} kept={false} />
    </li>
  );
}

/** The link is shown to whoever made it, this once: the server keeps only what it can check it by. */
function Invite({ store, item }: Props): JSX.Element {
  const form = store.forms.form(`invite ${item.id}`, { name: '' });
  const link = store.forms.choice(`guest link ${item.id}`);
  const send = async (): Promise<void> => {
    const answer = await form.run('invite_guest', { item_id: item.id, name: form.get('name') });
    if (!answer.ok) return;
    form.recall({ name: '' });
    const { secret } = answer.result as { readonly secret?: string };
    link.value = secret === undefined ? 'lost' : `${location.origin}/guest/${secret}`;
  };
  return (
    <details class="disclosure" open={link.value !== '' || form.refusal.value !== null}><summary>{t('事業者の方を招く')}</summary>
      <div class="disclosure-body">
        {link.value === '' ? null : <Link link={link.value} />}
        <form class="form" aria-label={t('事業者の方を招く')} onSubmit={submitting(form, () => void send())}>
          <p class="small">{t('この議題だけに入れる、一度だけ使えるリンクを作ります。議題が終わると使えなくなります。')}</p>
          <Text form={form} name="name" label={t('招く方の氏名')} required max={80} />
          <Refused refusal={form.refusal.value} shown={form.shown} />
          <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('リンクを作る')}</SendButton>
        </form>
      </div>
    </details>
  );
}

function Link({ link }: { link: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [link]);
  if (link === 'lost') return <p role="status">{t('通信が途切れ、リンクを表示できませんでした。もう一度リンクを作ってください。')}</p>;
  return (
    <div role="status" ref={place}>
      <p class="small">{t('このリンクを招く方に伝えてください。表示されるのは今だけです。')}</p>
      <code class="guest-link" tabIndex={0}>{link}</code>
      <p><button type="button" class="button button-secondary is-small" onClick={() => void navigator.clipboard.writeText(link)}>{t('コピーする')}</button></p>
    </div>
  );
}
