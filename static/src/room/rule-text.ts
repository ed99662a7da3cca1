/** How a question is decided, in one sentence beside it. */
import { t } from '../i18n';
import type { Rule } from '../live/question';

export function ruleText({ method }: Rule): string {
  switch (method) {
    case 'consensus': return t('総意で決めます。反対があれば決定せず協議を続け、未回答は賛成とみなしません。');
    case 'no_objection': return t('異議がなければ決定します。反対があれば決定せず協議を続けます。');
    case 'unanimity': return t('全員一致で決めます。未回答は賛成とみなしません。');
    case 'all_lenders': return t('金融機関のすべてが同意したときに決定します。');
    case 'two_thirds': return t('3分の2以上の賛成で決めます。');
    case 'majority': return t('過半数の賛成で決めます。');
    case 'plurality': return t('最も多く選ばれたものに決めます。');
    case 'advisory': return t('意見を聴くだけで、決定はしません。');
  }
}
