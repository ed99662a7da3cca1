/** The middle of the room: the sheet's views, the plan, and the record, one tab each. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { t } from '../i18n';
import { screenedBy } from './held-papers';
import { Muted } from './marks';
import { OfferTable } from './OfferTable';
import { ProjectedPaper } from './OpenPaper';
import { PapersTab } from './PapersTab';
import { PlanTab } from './PlanTab';
import { RecordTab } from './RecordTab';
import { turnTo } from './roving';
import { SheetTab } from './SheetTab';
import type { RoomStore, Tab } from './store';

interface TabInfo { readonly key: Tab; readonly label: string }

const caseTabs = (): readonly TabInfo[] => [
  { key: 'sheet', label: t('情報共有シート') },
  { key: 'offers', label: t('支援提案') },
  { key: 'issues', label: t('経営課題') },
  { key: 'progress', label: t('経過') },
  { key: 'papers', label: t('資料') },
  { key: 'plan', label: t('支援計画案') },
  { key: 'record', label: t('記録') },
];

export function Center({ store }: { store: RoomStore }): JSX.Element {
  const selected = store.selected.value;
  const item = store.item.value;
  const caseId = item?.case?.id;
  if (item === null || selected === null) {
    const gone = store.itemRoom(selected?.id)?.gone.value === true;
    return (
      <section class="room-center" id="pane-center" aria-label={t('資料')}>
        <Muted>{selected === null ? t('議題はまだありません。') : store.isOutOf(selected) ? t('利益相反のため、この議題の資料は表示されません。') : gone ? t('この議題の資料は、情報提供の同意に含まれる機関だけが閲覧できます。') : t('読み込んでいます。')}</Muted>
      </section>
    );
  }
  if (store.data.projector) {
    const held = caseId === undefined || store.data.masked ? undefined : screenedBy(item, store.sheet(caseId));
    if (held !== undefined) return <section class="room-center" id="pane-center" aria-label={t('資料')} tabIndex={0}><ProjectedPaper held={held} /></section>;
    return (
      <section class="room-center" id="pane-center" aria-label={t('資料')}>
        {caseId === undefined ? null : <OfferTable store={store} sheet={store.sheet(caseId)} />}
        <RecordTab store={store} item={item} />
      </section>
    );
  }
  const tabs = caseId === undefined ? caseTabs().slice(-1) : caseTabs();
  const tab = tabs.find((one) => one.key === store.tab.value) ?? tabs[0];
  return (
    <section class="room-center" id="pane-center" aria-label={t('資料')}>
      <TabList store={store} tabs={tabs} current={tab?.key ?? 'record'} waiting={caseId === undefined ? 0 : store.sheet(caseId).waiting.value} />
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab?.key ?? 'record'}`} tabIndex={tab?.key === 'record' || tab?.key === 'plan' || tab?.key === 'papers' ? 0 : undefined}>
        {caseId === undefined ? <RecordTab store={store} item={item} /> : <Panel store={store} tab={tab?.key ?? 'record'} caseId={caseId} />}
      </div>
    </section>
  );
}

function Panel({ store, tab, caseId }: { store: RoomStore; tab: Tab; caseId: string }): JSX.Element | null {
  const sheet = store.sheet(caseId);
  const item = store.item.value;
  switch (tab) {
    case 'sheet':
      return <SheetTab key={`${caseId} case`} store={store} sheet={sheet} kind="case" label={t('情報共有シート')} />;
    case 'offers':
      return <SheetTab key={`${caseId} offers`} store={store} sheet={sheet} kind="proposal" label={t('各機関の支援提案')} />;
    case 'issues':
      return <SheetTab key={`${caseId} issues`} store={store} sheet={sheet} kind="issue" label={t('経営課題')} />;
    case 'progress':
      return <SheetTab key={`${caseId} progress`} store={store} sheet={sheet} kind="progress" label={t('経過記録')} />;
    case 'papers':
      return item === null ? null : <PapersTab key={item.id} store={store} item={item} sheet={sheet} />;
    case 'plan':
      return <PlanTab store={store} caseId={caseId} />;
    case 'record':
      return item === null ? null : <RecordTab store={store} item={item} />;
  }
}

interface TabListProps {
  readonly store: RoomStore;
  readonly tabs: readonly TabInfo[];
  readonly current: Tab;
  readonly waiting: number;
}

function TabList({ store, tabs, current, waiting }: TabListProps): JSX.Element {
  const at = tabs.findIndex((tab) => tab.key === current);
  const turn = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const next = tabs[turnTo(event.key, at, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    store.tab.value = next.key;
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next.key}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('資料')} onKeyDown={turn}>
      {tabs.map(({ key, label }) => (
        <button key={key} type="button" role="tab" class="tab" id={`tab-${key}`} aria-selected={key === current} aria-controls="tab-panel"
          tabIndex={key === current ? 0 : -1} onClick={() => { store.tab.value = key; }}>{label}
          {waiting > 0 && key === 'sheet' ? <span class="count">{t('要確認 {count}', { count: waiting })}</span> : null}
        </button>
      ))}
    </div>
  );
}
