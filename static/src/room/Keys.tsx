/** Keys of the room: panes by Alt and a figure, the list by F1; whoever needs these keys otherwise turns them off. */
import { signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { t } from '../i18n';
import type { Pane, RoomStore } from './store';

const KEPT = 'entaku-keys';
const on = signal(localStorage.getItem(KEPT) !== 'off');
const PLACES: Readonly<Record<string, { pane: Pane; at: string }>> = {
  Digit1: { pane: 'left', at: '#pane-left .agenda-open' },
  Digit2: { pane: 'center', at: '#pane-center [aria-selected="true"]' },
  Digit3: { pane: 'right', at: '#pane-right .decision input, #pane-right .decision button, #pane-right .talk-log' },
  Digit4: { pane: 'right', at: '#composer' },
  Digit5: { pane: 'right', at: '#hand-contribution' },
  Digit6: { pane: 'right', at: '#call-next' },
};

/** Listens until the returned function is called. */
export function onKeys(store: RoomStore, showList: () => void, showSeats: () => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (!on.value || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'F1' && !event.altKey) {
      event.preventDefault();
      showList();
      return;
    }
    if (event.altKey && event.code === 'Digit7') {
      event.preventDefault();
      showSeats();
      return;
    }
    const place = event.altKey ? PLACES[event.code] : undefined;
    if (place === undefined) return;
    event.preventDefault();
    store.pane.value = place.pane;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(place.at)?.focus());
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

function turn(wanted: boolean): void {
  on.value = wanted;
  localStorage.setItem(KEPT, wanted ? 'on' : 'off');
}

export function Keys({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }): JSX.Element {
  const rows: readonly (readonly [string, string])[] = [
    [t('Alt+1'), t('議題')],
    [t('Alt+2'), t('シートと資料')],
    [t('Alt+3'), t('決定と討議')],
    [t('Alt+4'), t('発言する')],
    [t('Alt+5'), t('手を挙げる')],
    [t('Alt+6'), t('次の発言者を呼ぶ（議長）')],
    [t('Alt+7'), t('出席の記録')],
    [t('Ctrl+Enter'), t('発言を送信する')],
    [t('Alt+↑／↓'), t('選んだ議題の順番を変える（議長）')],
    [t('F2'), t('シートのセルを編集する')],
    [t('Alt+F9'), t('シートのセルの履歴を開く')],
    [t('Esc'), t('セルの編集を取り消す')],
    [t('F1'), t('この一覧を開く')],
  ];
  return (
    <dialog class="keys" ref={dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">{t('キー操作')}</h2>
      <dl class="facts">{rows.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <label class="choice">
        <input type="checkbox" checked={on.value} onChange={(event) => turn(event.currentTarget.checked)} />
        <span class="choice-text">{t('Altキーの組み合わせとF1を使う')}</span>
      </label>
      <form method="dialog"><button type="submit" class="button button-secondary is-small">{t('閉じる')}</button></form>
    </dialog>
  );
}
