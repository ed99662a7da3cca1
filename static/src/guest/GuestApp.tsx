/** The owner's page: what goes on, what is wished, and what is shared with the firm, in plain words. */
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../i18n';
import { Paragraph, Select, SendButton, submitting } from '../room/fields';
import { Refused } from '../room/marks';
import { clockTime, dayText } from '../room/time';
import type { GuestFact, GuestPicture, GuestStatement, GuestTable } from './data';
import type { GuestStore } from './store';

interface Props { readonly store: GuestStore }

export function GuestApp({ store }: Props): JSX.Element | null {
  const over = store.over.value;
  if (over !== null) {
    return (
      <div role="alert">
        <div class="page-head"><div class="page-title"><h1>{t('この画面は終了しました')}</h1></div></div>
        <div class="stack guest-words"><p>{over.message}</p><p>{over.remedy}</p></div>
      </div>
    );
  }
  const picture = store.picture.value;
  return picture === null ? null : <Page store={store} picture={picture} />;
}

function Page({ store, picture }: Props & { picture: GuestPicture }): JSX.Element {
  return (
    <>
      <div class="page-head"><div class="page-title"><h1>{picture.firm}</h1>
        <p class="lead">{t('{name} 様', { name: picture.guest })}</p><p class="small">{picture.conference}</p></div></div>
      {store.connected.value ? null : <p class="guest-line" role="status">{t('通信が途切れています。つながり次第、自動で更新します。')}</p>}
      {picture.statement === null ? null : <Statement store={store} statement={picture.statement} />}
      {picture.table === null ? null : <Table store={store} table={picture.table} />}
    </>
  );
}

function Statement({ store, statement }: Props & { statement: GuestStatement }): JSX.Element {
  const form = store.forms.form('statement');
  return (
    <section class="card guest-statement" aria-labelledby="statement-title"><h2 id="statement-title" class="card-title">{t('はじめにご確認ください')}</h2>
      <p>{statement.lead}</p>
      <ol>{statement.points.map((point) => <li key={point}>{point}</li>)}</ol>
      <p class="small">{statement.close}</p>
      <form class="form form-plain" onSubmit={submitting(form, () => void form.run('accept_as_guest', { version: statement.version }))}>
        <SendButton form={form} connected={store.connected.value} wide>{t('確認しました')}</SendButton>
        <Refused refusal={form.refusal.value} kept={false} />
      </form>
    </section>
  );
}

function Table({ store, table }: Props & { table: GuestTable }): JSX.Element {
  return (
    <>
      <Now store={store} table={table} />
      <Wishes store={store} table={table} />
      <Card title={t('支援機関と共有している内容')}>
        <p>{t('事実と違うところがあれば、正しい内容をお知らせください。支援機関が確認して反映します。')}</p>
        <dl class="guest-facts">{table.facts.map((fact) => <Fact key={fact.column} store={store} table={table} fact={fact} />)}</dl>
        {table.issues.length === 0 ? null : <><h3>{t('一緒に取り組みたい課題')}</h3><ul>{table.issues.map((issue) => <li key={issue} class="prewrap">{issue}</li>)}</ul></>}
        {table.offers.length === 0 ? null : <><h3>{t('各機関からのご提案')}</h3><ul class="guest-offers">{table.offers.map((offer) => (
          <li key={offer.agency}><p class="strong">{offer.agency}</p><p class="prewrap">{offer.menu}</p>
            {offer.available_from === '' ? null : <p class="small">{t('{day}から', { day: dayText(offer.available_from, store.data.language) })}</p>}</li>
        ))}</ul></>}
      </Card>
      <Card title={t('参加している機関')}><ul>{table.agencies.map((one) => <li key={one.id}>{one.name}</li>)}</ul></Card>
    </>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return <section class="card"><header class="card-head"><h2 class="card-title">{title}</h2></header>{children}</section>;
}

function Now({ store, table }: Props & { table: GuestTable }): JSX.Element {
  const { language } = store.data;
  const minutes = table.ends_at === null ? 0 : Math.ceil((Date.parse(table.ends_at) - store.now.value) / 60_000);
  return (
    <section class="card card-key guest-now" aria-labelledby="now-title"><h2 id="now-title" class="card-title">{t('いまの様子')}</h2>
      <p class="strong" role="status">{table.now}</p>
      {table.is_running && table.ends_at !== null ? (
        <p>{t('{time}ごろまでの予定です。', { time: clockTime(table.ends_at, language) })}{minutes > 0 ? t('（あと{minutes}分ほど）', { minutes }) : ''}</p>
      ) : null}
      {table.resumes_at === null ? null : <p>{t('{time}ごろに再開する予定です。', { time: clockTime(table.resumes_at, language) })}</p>}
    </section>
  );
}

function Wishes({ store, table }: Props & { table: GuestTable }): JSX.Element {
  const form = store.forms.form('wish', { text: '', agency_id: '' });
  const { language } = store.data;
  const send = (): void => void form.submit('state_preference', {
    text: form.get('text'), ...(form.get('agency_id') === '' ? {} : { agency_id: form.get('agency_id') }),
  });
  const said = table.preferences;
  return (
    <Card title={t('ご希望をお聞かせください')}>
      <p>{t('どのような支援を受けたいか、どの機関と進めたいかを、ご自分の言葉でお書きください。話し合いの参考にします。')}</p>
      {said.length === 0 ? null : (
        <ol class="guest-said" aria-label={t('お伝えいただいたご希望')}>
          {said.map((one, at) => (
            <li key={one.id} class={at === said.length - 1 ? 'is-newest' : undefined}><p class="prewrap">{one.text}</p>
              <p class="small muted">{clockTime(one.at, language)}{one.agency === '' ? '' : `　${one.agency}`}</p></li>
          ))}
        </ol>
      )}
      <form class="form" aria-label={t('ご希望をお聞かせください')} onSubmit={submitting(form, send)}>
        <Paragraph form={form} name="text" label={t('ご希望')} required rows={3} max={1000} />
        <Select form={form} name="agency_id" label={t('相談したい機関（決まっていれば）')} empty={t('決めていない')}
          options={table.agencies.map(({ id, name }) => ({ value: id, label: name }))} />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.connected.value}>{said.length === 0 ? t('希望を伝える') : t('希望を伝え直す')}</SendButton>
      </form>
    </Card>
  );
}

function Fact({ store, table, fact }: Props & { table: GuestTable; fact: GuestFact }): JSX.Element {
  const { language } = store.data;
  return (
    <div><dt>{fact.label}</dt><dd><p class="prewrap">{fact.value || t('（まだ書かれていません）')}</p>
      {table.corrections.filter((sent) => sent.column === fact.column).map((sent) => (
        <div key={sent.id} class={`guest-correction is-${sent.state}`}><p class="small"><span class="strong">{sent.told}</span>　{clockTime(sent.at, language)}</p>
          <p class="prewrap">{sent.value}</p>
          {sent.words === '' ? null : <p class="small prewrap">{sent.words}</p>}
          {sent.answer === '' ? null : <p class="small prewrap">{t('理由：')}{sent.answer}</p>}</div>
      ))}
      {fact.correctable ? <Correct store={store} fact={fact} /> : null}</dd></div>
  );
}

function Correct({ store, fact }: Props & { fact: GuestFact }): JSX.Element {
  const form = store.forms.form(`fact ${fact.column}`, { value: '', words: '' });
  const open = store.forms.choice(`fact ${fact.column}`);
  const send = async (): Promise<void> => {
    const done = await form.submit('correct_fact', { column: fact.column, value: form.get('value'), words: form.get('words') });
    if (done) open.value = '';
  };
  return (
    <details class="disclosure" open={open.value !== ''} onToggle={({ currentTarget }) => {
      if (currentTarget.open && !form.touched) form.recall({ value: fact.value, words: '' });
      open.value = currentTarget.open ? 'open' : '';
    }}>
      <summary>{t('正しい内容を知らせる')}</summary>
      <form class="form disclosure-body" aria-label={fact.label} onSubmit={submitting(form, () => void send())}>
        <Paragraph form={form} name="value" label={t('正しい内容')} required rows={3} max={2000} />
        <Paragraph form={form} name="words" label={t('補足（あれば）')} max={500} />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.connected.value}>{t('知らせる')}</SendButton>
      </form>
    </details>
  );
}
