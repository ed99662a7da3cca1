/** 履歴: who wrote what into a cell, when and by which way, and the way back to an earlier value. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import type { Refusal } from '../live/types';
import { shownText } from '../sheet/values';
import type { CellPast, Version } from './cell-past';
import { Difference } from './Difference';
import { Agency, Muted, Refused } from './marks';
import type { RoomStore } from './store';
import { clockTime, dayText, today } from './time';

interface HistoryProps {
  readonly store: RoomStore;
  readonly past: CellPast;
  readonly close: () => void;
}

export function CellHistory({ store, past, close }: HistoryProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => past.close();
  }, [past]);
  const versions = past.versions.value;
  return (
    <dialog class="cell-past" ref={dialog} aria-labelledby="cell-past-title" onClose={close}>
      <header class="cell-past-head">
        <h2 id="cell-past-title">{t('{label}の履歴', { label: past.column.label })}</h2>
        <form method="dialog"><button type="submit" class="button button-secondary is-small">{t('閉じる')} <kbd>Esc</kbd></button></form>
      </header>
      {past.failed.value ? (
        <div class="refusal" role="alert">
          <p>{t('履歴を読み込めませんでした。')}</p>
          <button type="button" class="button button-secondary is-small" onClick={() => past.again()}>{t('もう一度読み込む')}</button>
        </div>
      ) : null}
      {versions.length === 0 && !past.failed.value ? <Muted>{past.loading.value ? t('読み込んでいます。') : t('まだ記入されていません。')}</Muted> : null}
      <p class="hidden-text" role="status">{past.news.value}</p>
      <ol class="cell-history" aria-label={t('新しい順')}>
        {versions.map((version, at) => <Entry key={version.version} store={store} past={past} version={version} isNow={at === 0} />)}
      </ol>
      {past.earlier.value === null ? null : (
        <button type="button" class="button button-secondary is-small" aria-disabled={past.loading.value ? 'true' : undefined} onClick={() => past.more()}>{t('これより前の履歴')}</button>
      )}
    </dialog>
  );
}

interface EntryProps {
  readonly store: RoomStore;
  readonly past: CellPast;
  readonly version: Version;
  readonly isNow: boolean;
}

function Entry({ store, past, version, isNow }: EntryProps): JSX.Element {
  const { language, labels } = store.data;
  const spec = past.sheet.spec(past.column, null);
  const words = (value: Version['value']): string => shownText(spec, value, t, language);
  const corrects = version.reason !== '';
  const day = dayText(today(Date.parse(version.at)), language);
  return (
    <li>
      <p class="cell-history-head">
        <Agency store={store} kind={version.agency_kind} name={version.agency} />
        <span class="person nowrap">{version.person}</span>
        <time class="nowrap" dateTime={version.at}>{day} {clockTime(version.at, language)}</time>
        <span class="badge badge-neutral">{labels.cell_sources[version.source] ?? version.source}</span>
        {corrects ? <span class="badge badge-neutral">{t('訂正')}</span> : null}
        {isNow ? <span class="badge badge-info">{t('現在の値')}</span> : null}
      </p>
      {version.is_known
        ? <Difference before={words(version.before)} after={words(version.value)} within={past.column.type === 'longtext' && !corrects} />
        : <Muted>{t('この版の内容は残っていません。')}</Muted>}
      {corrects ? <p>{t('訂正の理由：{reason}', { reason: version.reason })}</p> : null}
      {!isNow && version.is_known && past.mayWrite.value && store.mayAct ? <Restore past={past} version={version} named={`${day} ${clockTime(version.at, language)}`} /> : null}
    </li>
  );
}

/** What was decided goes back only with a reason as well. */
function Restore({ past, version, named }: { past: CellPast; version: Version; named: string }): JSX.Element {
  const refusal = useSignal<Refusal | null>(null);
  const busy = useSignal(false);
  const reason = useSignal('');
  const id = `restore-${version.version}`;
  const restore = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    refusal.value = await past.restore(version, reason.value.trim());
    busy.value = false;
    if (refusal.value === null) reason.value = '';
  };
  return (
    <form class="form cell-restore" noValidate onSubmit={(event) => { event.preventDefault(); void restore(); }}>
      {past.frozen.value ? (
        <div class="field">
          <label for={id}>{t('訂正の理由')}</label>
          <textarea class="input" id={id} rows={2} maxLength={300} value={reason.value} onInput={(event) => { reason.value = event.currentTarget.value; }} />
        </div>
      ) : null}
      <button type="submit" class="button button-secondary is-small" aria-disabled={busy.value ? 'true' : undefined}>
        {t('この値に戻す')}<span class="hidden-text">{named}</span>
      </button>
      <Refused refusal={refusal.value} kept={false} />
    </form>
  );
}
