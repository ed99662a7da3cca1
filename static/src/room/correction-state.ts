/** What became of a correction by the firm's owner, in words. */
import { t } from '../i18n';
import type { Correction } from '../live/guests';

export function stateOf(correction: Correction): string {
  switch (correction.state) {
    case 'taken':
      return t('シートに反映しました');
    case 'set_aside':
      return t('見送りました');
    default:
      return t('回答待ち');
  }
}
