/** The live sentence: what may be declared, or what a decision still lacks. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/lead';
import { judged } from './judged';
import type { RoomStore } from './store';

export function VerdictLine({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const verdict = judged(store, round);
  const result = verdict.result === null ? '' : (store.data.labels.results[verdict.result] ?? '');
  return (
    <div class={`verdict${verdict.result === 'decided' ? ' is-valid' : ''}`}>
      <p class="verdict-result">{result === '' ? t('決定には、次のことが必要です。') : t('宣言できる結果：{result}', { result })}</p>
      <ul>{[...verdict.missing, ...verdict.reasons].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </div>
  );
}
