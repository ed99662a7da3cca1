/** 主担当の候補を考える: who could lead and why, as this agency may know it; asked for anew whenever it is opened. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Agency } from './marks';
import type { RoomStore } from './store';

interface Fact { readonly text: string; readonly source: string }

interface Candidate {
  readonly agency_id: string;
  readonly name: string;
  readonly kind: string;
  readonly grounds: readonly { readonly because: string; readonly facts: readonly Fact[] }[];
  readonly against: readonly Fact[];
  readonly menu: string | null;
  readonly capacity: { readonly state: string; readonly label: string; readonly note: string; readonly as_of: string; readonly age: string } | null;
}

interface List {
  readonly head: string;
  readonly whence: string;
  readonly groups: readonly { readonly key: string; readonly title: string; readonly agencies: readonly Candidate[] }[];
}

const TONES: Readonly<Record<string, string>> = { open: 'good', waiting: 'wait', needs_talk: 'info', closed: 'bad' };

export function Fitting({ store, itemId }: { store: RoomStore; itemId: string }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [list, setList] = useState<List | 'failed' | null>(null);
  const [tries, setTries] = useState(0);
  const caseId = store.item.value?.case?.id;
  // The columns are read anew when rights have changed: then what was shown may not be shown any more.
  const rights = caseId === undefined ? '' : store.sheet(caseId).columns.value.map((one) => `${one.key} ${one.right}`).join();
  const before = useRef('');
  useEffect(() => {
    if (before.current !== '' && before.current !== rights) setTries((n) => n + 1);
    before.current = rights;
  }, [rights]);
  useEffect(() => {
    setList(null);
    if (!open) return undefined;
    const leaving = new AbortController();
    void read(store.data.urls.fitting.replace('ITEM', itemId), leaving.signal).then((found) => {
      if (!leaving.signal.aborted) setList(found);
    });
    return () => leaving.abort();
  }, [open, itemId, tries]);
  if (store.data.projector) return null;
  // Closed and opened again before the page was told is one event with both ends open: it is read anew then too.
  const turned = (now: boolean): void => {
    setOpen(now);
    if (now) setTries((n) => n + 1);
  };
  return (
    <details class="disclosure" onToggle={(event) => turned(event.currentTarget.open)}>
      <summary>{t('主担当の候補を考える')}</summary>
      <div class="disclosure-body fitting" aria-busy={open && list === null ? 'true' : undefined}>
        {list === null ? <p class="muted" role="status">{t('読み込んでいます。')}</p> : null}
        {list === 'failed' ? (
          <p role="alert">
            {t('候補の一覧を読み込めませんでした。')}{' '}
            <button type="button" class="button button-secondary is-small" onClick={() => setTries(tries + 1)}>{t('もう一度読み込む')}</button>
          </p>
        ) : null}
        {list === null || list === 'failed' ? null : <Groups store={store} list={list} />}
      </div>
    </details>
  );
}

async function read(address: string, signal: AbortSignal): Promise<List | 'failed'> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', signal });
    return response.ok ? ((await response.json()) as List) : 'failed';
  } catch {
    return 'failed';
  }
}

function Groups({ store, list }: { store: RoomStore; list: List }): JSX.Element {
  return (
    <>
      <p class="fitting-head">{list.head}</p>
      {list.groups.length === 0 ? <p>{t('意思表示を求められる機関がありません。同意の範囲と出欠をご確認ください。')}</p> : null}
      {list.groups.map((group) => (
        <div key={group.key}>
          <h3>{group.title}</h3>
          <ul class="fitting-agencies">
            {group.agencies.map((one) => <Line key={one.agency_id} store={store} one={one} />)}
          </ul>
        </div>
      ))}
      <p class="small muted">{list.whence}</p>
    </>
  );
}

function Line({ store, one }: { store: RoomStore; one: Candidate }): JSX.Element {
  return (
    <li>
      <h4><Agency store={store} kind={one.kind} name={one.name} /></h4>
      <Capacity stated={one.capacity} />
      {one.grounds.map((ground) => (
        <div key={ground.because}>
          <p class="fitting-because">{ground.because}</p>
          <Facts facts={ground.facts} />
        </div>
      ))}
      {one.menu ? <p class="fitting-menu"><span class="strong">{t('支援メニュー：')}</span>{one.menu}</p> : null}
      {one.against.length === 0 ? null : (
        <>
          <p class="fitting-because is-against">{t('確認したい点')}</p>
          <Facts facts={one.against} />
        </>
      )}
    </li>
  );
}

function Capacity({ stated }: { stated: Candidate['capacity'] }): JSX.Element {
  if (stated === null) return <p class="fitting-capacity">{t('受入状況：')}<span class="muted">{t('回答なし')}</span></p>;
  return (
    <p class="fitting-capacity">
      {t('受入状況：')}<span class={`badge badge-${TONES[stated.state] ?? 'neutral'}`}>{stated.label}</span>{' '}
      <span class="nowrap">{stated.as_of}</span>
      {stated.age === '' ? null : <>{' '}<strong class="nowrap">{stated.age}</strong></>}
      {stated.note === '' ? null : <><br />{stated.note}</>}
    </p>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <ul>
      {facts.map((fact) => (
        <li key={fact.text}>{fact.text}{fact.source === '' ? null : <>{' '}<span class="fitting-source">{t('（{source}）', { source: fact.source })}</span></>}</li>
      ))}
    </ul>
  );
}
