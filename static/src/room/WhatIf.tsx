/** 試算: before a question is put, whom it would ask and what answers would come to. Nothing of it is sent. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Rule, Seat } from '../live/question';
import { outcomeOf } from '../live/verdict';
import { SeatMark } from './marks';
import type { RoomStore } from './store';

interface Prospect {
  readonly rule: Rule;
  readonly rule_text: readonly string[];
  readonly seats: readonly Seat[];
  readonly unasked: readonly { readonly name: string; readonly why: string }[];
}

const SAID = ['agree', 'agree_with_condition', 'hold', 'object', 'abstain'] as const;
const ACCEPTED: Readonly<Record<string, boolean | null>> = { yes: true, no: false, open: null };

export function WhatIf({ store, itemId, nomineeId }: { store: RoomStore; itemId: string; nomineeId: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Prospect | 'failed' | null>(null);
  // Who comes and who may read of the case can have changed since it was opened last.
  useEffect(() => {
    setFound(null);
    if (!open) return undefined;
    const leaving = new AbortController();
    void read(store.data.urls.prospect.replace('ITEM', itemId), leaving.signal).then((one) => {
      if (!leaving.signal.aborted) setFound(one);
    });
    return () => leaving.abort();
  }, [open, itemId]);
  return (
    <details class="disclosure what-if" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('決め方と対象機関を確かめる')}</summary>
      <div class="disclosure-body">
        {found === null ? <p class="muted" role="status">{t('読み込んでいます。')}</p> : null}
        {found === 'failed' ? <p role="alert">{t('決め方を読み込めませんでした。閉じて、もう一度開いてください。')}</p> : null}
        {found === null || found === 'failed' ? null : <Trial store={store} found={found} nomineeId={nomineeId} />}
      </div>
    </details>
  );
}

async function read(address: string, signal: AbortSignal): Promise<Prospect | 'failed'> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', signal });
    return response.ok ? ((await response.json()) as Prospect) : 'failed';
  } catch {
    return 'failed';
  }
}

function Trial({ store, found, nomineeId }: { store: RoomStore; found: Prospect; nomineeId: string }): JSX.Element {
  const [said, setSaid] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(found.seats.map((seat) => [seat.agency_id, 'agree'])));
  const [accepted, setAccepted] = useState('yes');
  const stances = Object.fromEntries(
    Object.entries(said).filter(([, stance]) => stance !== '').map(([id, stance]) => [id, { stance, reply_by: stance === 'hold' ? '9999-12-31' : null }]),
  );
  const verdict = outcomeOf({ rule: found.rule, seats: found.seats, recused: [], stances, nominee_id: nomineeId, accepted: ACCEPTED[accepted] ?? null });
  const { results, stances: words } = store.data.labels;
  return (
    <>
      <p class="small">{found.rule_text.join('')}</p>
      {found.unasked.length === 0 ? null : (
        <ul class="small">{found.unasked.map((one) => <li key={one.name}>{t('{agency}：確認の対象外（{why}）', { agency: one.name, why: one.why })}</li>)}</ul>
      )}
      <p class="small muted">{t('回答を仮に選ぶと、結果がどうなるかを確かめられます。記録も送信もされません。')}</p>
      <div class="what-if-columns">
        <table class="table is-dense">
          <caption class="hidden-text">{t('仮の回答')}</caption>
          <thead><tr><th scope="col">{t('機関')}</th><th scope="col">{t('仮の回答')}</th></tr></thead>
          <tbody>
            {found.seats.map((seat) => (
              <tr key={seat.agency_id}>
                <th scope="row"><SeatMark store={store} id={seat.agency_id} name={seat.name} />{seat.proxy ? <span class="small muted"> {t('委任')}</span> : null}</th>
                <td>
                  <select class="input is-small" aria-label={t('{agency}の仮の回答', { agency: seat.name })} value={said[seat.agency_id] ?? ''}
                    onChange={(event) => setSaid({ ...said, [seat.agency_id]: event.currentTarget.value })}>
                    <option value="">{t('未回答')}</option>
                    {SAID.map((one) => <option key={one} value={one}>{words[one]}</option>)}
                  </select>
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('候補機関の受諾')}</th>
              <td>
                <select class="input is-small" aria-label={t('候補機関の受諾')} value={accepted} onChange={(event) => setAccepted(event.currentTarget.value)}>
                  <option value="yes">{t('受諾する')}</option>
                  <option value="no">{t('受諾しない')}</option>
                  <option value="open">{t('未回答')}</option>
                </select>
              </td>
            </tr>
          </tbody>
        </table>
        <div class={`verdict${verdict.result === 'decided' ? ' is-valid' : ''}`} role="status">
          <p class="verdict-result">{verdict.result === null ? t('決定には、次のことが必要です。') : t('宣言できる結果：{result}', { result: results[verdict.result] ?? '' })}</p>
          <ul>{[...verdict.missing, ...verdict.reasons].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </div>
      </div>
    </>
  );
}
