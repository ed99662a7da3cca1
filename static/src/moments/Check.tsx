/** Whether what the entries restore is what the server had kept, told in words. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../i18n';
import { canCheck, heldAgainst, type Kept } from './kept';
import { momentText } from './parts';
import type { MomentsStore } from './store';
import type { ToldEntry } from './tape';

const found = signal<readonly Kept[] | null>(null);

export async function check(entries: readonly ToldEntry[]): Promise<void> {
  if (canCheck()) found.value = await heldAgainst(entries);
}

export function Check({ store }: { store: MomentsStore }): JSX.Element {
  const wrong = found.value?.some((one) => !one.matches) ?? false;
  return <p class={`moments-check small${wrong ? ' is-wrong' : ''}`} role="status">{sentence(store)}</p>;
}

function sentence(store: MomentsStore): string {
  if (!canCheck()) return t('この接続（https ではない接続）では、記録と控えの照合はできません。');
  const kept = found.value;
  if (kept === null) return t('記録と控えを照合しています。');
  if (kept.length === 0) return t('この会議には、照合できる控えがまだありません。控えは議題と会議が終わるときに保存されます。');
  const wrong = kept.filter((one) => !one.matches);
  const older = kept.filter((one) => one.older).length;
  if (wrong.length === 0 && older > 0) {
    return t('記録から復元した内容は、保存された控えと一致しています（{count}件）。以前の形式の控え{older}件は照合できません。', { count: kept.length - older, older });
  }
  if (wrong.length === 0) return t('記録から復元した内容は、保存された控えと一致しています（{count}件）。', { count: kept.length });
  const named = wrong.map((one) => {
    const values = { what: whatOf(store, one), when: momentText(one.at, store.data.language) };
    if (one.what === 'unreadable') return t('{what}（{when}の記録。この記録は読めません）', values);
    return one.what === 'entry' ? t('{what}（{when}の記録）', values) : t('{what}（{when}の控え）', values);
  });
  return t('記録から復元した内容が、保存された控えと一致しません：{list}。記録が書き換えられたおそれがあります。事務局に知らせてください。', { list: named.join(t('、')) });
}

function whatOf(store: MomentsStore, { room }: Kept): string {
  const item = store.agenda.find((one) => `i-${one.id}` === room);
  return item === undefined ? t('会議全体') : store.titleOf(item);
}
