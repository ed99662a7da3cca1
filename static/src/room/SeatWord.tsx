/** A seat's own word read back, and what its 委任状 asks of the holder: fetched, since the room is not told. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { StanceBadge } from './marks';
import type { RoomStore } from './store';
import { dayText } from './time';

export interface Said {
  readonly stance: string | null;
  readonly text: string;
  readonly alternative: string;
  readonly reply_by: string | null;
  readonly owner_id: string | null;
  readonly due: string | null;
}

export interface Word {
  readonly given: (Said & { readonly person: string; readonly receipt: string }) | null;
  readonly instruction: string;
}

/** What only this seat is told; null where it could not be had. */
export async function fetched<T>(address: string): Promise<T | null> {
  try {
    const response = await fetch(address, { credentials: 'same-origin' });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

export const readWord = (store: RoomStore, roundId: string, seatId: string): Promise<Word | null> =>
  fetched<Word>(store.data.urls.word.replace('ROUND', roundId).replace('SEAT', seatId));

export function ReadBack({ store, word }: { store: RoomStore; word: Word | 'failed' }): JSX.Element {
  if (word === 'failed') return <p role="alert">{t('回答を読み込めませんでした。回答は保存されています。もう一度お試しください。')}</p>;
  const said = word.given;
  if (said === null) return <p role="status">{t('ほかの方が回答し直したため、表示できません。')}</p>;
  return (
    <div class="read-back" role="status">
      <p><StanceBadge store={store} stance={said.stance ?? ''} /> <span class="small">{said.person}</span></p>
      {said.text === '' ? null : <p class="prewrap">{said.text}</p>}
      {said.owner_id === null ? null : <p class="small">{t('担う機関：{agency}、期限：{day}', { agency: store.seat(said.owner_id)?.name ?? '', day: dayText(said.due ?? '', store.data.language) })}</p>}
      {said.reply_by === null ? null : <p class="small">{t('{day}までに回答', { day: dayText(said.reply_by, store.data.language) })}</p>}
      {said.alternative === '' ? null : <p class="prewrap">{t('代案：')}{said.alternative}</p>}
      <p class="small">{t('控え')} <span class="mono">{said.receipt}</span></p>
    </div>
  );
}

/** What the giver of the 委任状 asks; nobody but giver and holder is told. */
export function Instruction({ store, roundId, seatId }: { store: RoomStore; roundId: string; seatId: string }): JSX.Element | null {
  const [word, setWord] = useState<Word | null>(null);
  useEffect(() => {
    void readWord(store, roundId, seatId).then(setWord);
  }, [roundId, seatId]);
  if (word === null || word.instruction === '') return null;
  return <p class="prewrap small instruction">{t('受任者への指示：{text}', { text: word.instruction })}</p>;
}
