/** 資料: the versions this item discusses, what is newer, and the paper that is open. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import type { CaseSheet } from './case-sheet';
import { heldBy, type Held } from './held-papers';
import { Muted, Refused, SeatMark } from './marks';
import { OpenPaper } from './OpenPaper';
import type { RoomStore } from './store';

interface Props {
  readonly store: RoomStore;
  readonly item: ItemSnapshot;
  readonly sheet: CaseSheet;
}

const PRIVATE = 'private';

export function PapersTab({ store, item, sheet }: Props): JSX.Element {
  const state = sheet.room.state.value;
  const open = store.forms.choice(`paper ${item.id}`);
  if (sheet.room.gone.value) return <Muted>{t('資料を閲覧する権限がありません。')}</Muted>;
  if (state === null) return <Muted>{t('読み込んでいます。')}</Muted>;
  const all = heldBy(item, sheet);
  const mine = all.filter(({ on }) => on !== undefined);
  const others = all.filter(({ on }) => on === undefined);
  const follows = store.forms.choice(`follow ${item.id}`);
  const screened = mine.find(({ on }) => on !== undefined && on.page > 0);
  const followed = follows.value === 'yes' ? screened : undefined;
  const chosen = followed ?? all.find(({ paper }) => paper.id === open.value) ?? mine[0] ?? others[0];
  const choose = (id: string): void => {
    open.value = id;
    follows.value = '';
    requestAnimationFrame(() => document.querySelector('.viewer')?.scrollIntoView({ block: 'nearest' }));
  };
  const changes = store.mayRun && store.selected.value?.status !== 'done' && store.conference.state.value?.status !== 'closed';
  const list = (some: readonly Held[]): JSX.Element => (
    <ul>
      {some.map((held) => (
        <li key={held.paper.id}>
          <Line store={store} held={held} open={held === chosen} choose={() => choose(held.paper.id)} />
          {changes ? <PutOn store={store} item={item} held={held} /> : null}
          {changes && held.on !== undefined ? <TakeOff store={store} item={item} held={held} /> : null}
        </li>
      ))}
    </ul>
  );
  return (
    <div class="papers-tab">
      <div class="papers-list">
        <h2>{t('この議題の資料')}</h2>
        {mine.length > 0 ? list(mine) : <Muted>{item.papers_fixed === null ? t('この議題の資料はまだ確定していません。') : t('閲覧できる資料はありません。')}</Muted>}
        {changes && others.some(({ paper }) => paper.group !== PRIVATE) ? <Fix store={store} item={item} /> : null}
        {others.length === 0 ? null : <><h2>{t('この議題に入っていない資料')}</h2>{list(others)}</>}
        {item.case === null ? null : <p><a href={store.data.urls.papers.replace('CASE', item.case.id)} target="_blank" rel="noopener">{t('資料を登録する（別の画面）')}</a></p>}
      </div>
      {chosen === undefined ? null : (
        <OpenPaper key={`${chosen.paper.id} ${chosen.shown.version}`} store={store} item={item} held={chosen} screened={screened}
          follows={follows.value === 'yes'} follow={(yes) => { follows.value = yes ? 'yes' : ''; }} />
      )}
    </div>
  );
}

interface LineProps { readonly store: RoomStore; readonly held: Held; readonly open: boolean; readonly choose: () => void }

function Line({ store, held: { paper, on, shown, newest }, open, choose }: LineProps): JSX.Element {
  const { paper_kinds, paper_types, paper_groups } = store.data.labels;
  return (
    <button type="button" class="paper-choice" aria-pressed={open} onClick={choose}>
      <span class="paper-title">{paper.title}</span>
      <span class="paper-facts">
        <span class="strong">{paper_types[shown.type]}</span>
        <span>{paper_kinds[paper.kind]}</span>
        <span>{t('第{version}版', { version: shown.version })}</span>
      </span>
      <span class="paper-facts"><SeatMark store={store} id={paper.owner_id} name={paper.agency} /></span>
      <span class="paper-facts"><span class="muted small">{t('開示範囲：{group}', { group: paper_groups[paper.group] ?? '' })}</span></span>
      {on !== undefined && on.page > 0 ? <span class="badge badge-info">{t('投影中')}</span> : null}
      {on !== undefined && shown.version < newest.version ? <span class="badge badge-wait">{t('新しい版があります')}</span> : null}
    </button>
  );
}

/** The chair's and the secretariat's way to put a paper, or its newer version, before the table. */
function PutOn({ store, item, held: { paper, on, shown, newest } }: { store: RoomStore; item: ItemSnapshot; held: Held }): JSX.Element | null {
  const form = store.forms.form(`paper ${item.id} ${paper.id}`);
  if (paper.group === PRIVATE || (on !== undefined && shown.version === newest.version)) return null;
  const body = { item_id: item.id, paper_id: paper.id, version: newest.version };
  return (
    <>
      <button type="button" class="button button-secondary is-small" aria-disabled={form.busy.value ? 'true' : undefined}
        onClick={() => { if (!form.busy.value) void form.run('put_paper_on_item', body); }}>
        {on === undefined ? t('この議題に加える') : t('新しい版に差し替える')}<span class="hidden-text">{paper.title}</span>
      </button>
      <Refused refusal={form.refusal.value} kept={false} />
    </>
  );
}

/** Out of the set again: nothing is lost by it, the paper stays with its case. */
function TakeOff({ store, item, held: { paper } }: { store: RoomStore; item: ItemSnapshot; held: Held }): JSX.Element {
  const form = store.forms.form(`paper off ${item.id} ${paper.id}`);
  return (
    <>
      <button type="button" class="button button-tertiary is-small" aria-disabled={form.busy.value ? 'true' : undefined}
        onClick={() => { if (!form.busy.value) void form.run('take_paper_off_item', { item_id: item.id, paper_id: paper.id }); }}>
        {t('この議題から外す')}<span class="hidden-text">{paper.title}</span>
      </button>
      <Refused refusal={form.refusal.value} kept={false} />
    </>
  );
}

function Fix({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element {
  const form = store.forms.form(`papers ${item.id}`);
  return (
    <>
      <button type="button" class="button button-secondary is-small" aria-disabled={form.busy.value ? 'true' : undefined}
        onClick={() => { if (!form.busy.value) void form.run('fix_item_papers', { item_id: item.id }); }}>{t('資料を確定する')}</button>
      <Refused refusal={form.refusal.value} kept={false} />
    </>
  );
}
