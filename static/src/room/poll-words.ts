/** How a ballot, its options and its rule are called. */
import { t } from '../i18n';
import { ABSTAIN, type Poll, type PollOption } from '../live/polls';
import type { RoomStore } from './store';
import { ruleText } from './rule-text';
import { dayText } from './time';

/** From so many voices on a box is opened (the domain's `choosing`). */
export const FEWEST_SECRET = 5;
export const MOST_OPTIONS = 8;

export function optionText(store: RoomStore, option: PollOption): string {
  if (option.day !== null) return [dayText(option.day, store.data.language), option.time, option.note].filter((part) => part !== '').join(' ');
  return store.data.labels.stances[option.key] ?? option.text;
}

export function choiceText(store: RoomStore, poll: Poll, key: string): string {
  const option = poll.options.find((one) => one.key === key);
  return option === undefined ? (store.data.labels.stances[key] ?? key) : optionText(store, option);
}

/** Options in their order, and 棄権 last. */
export const choicesOf = (poll: Poll): readonly string[] => [...poll.options.map(({ key }) => key), ABSTAIN];

/** What it came to, in a word or two; the chair's decision between equals counts. */
export function outcomeText(store: RoomStore, poll: Poll): string {
  if (poll.result === null) return '';
  if (poll.decided !== null) return t('議長裁決：{option}', { option: choiceText(store, poll, poll.decided.chosen) });
  const { outcome, chosen } = poll.result;
  if (outcome === null) return t('成立しませんでした');
  const label = store.data.labels.poll_outcomes[outcome] ?? '';
  return chosen === null || chosen === 'agree' ? label : t('{outcome}：{option}', { outcome: label, option: choiceText(store, poll, chosen) });
}

/** The whole rule, sentence by sentence, as the server prints it (the domain's `decision_rules`). */
export function pollRule(store: RoomStore, { rule }: Poll): readonly string[] {
  const { labels } = store.data;
  const counted = rule.method === 'majority' || rule.method === 'two_thirds';
  return [
    ruleText(rule),
    rule.quorum.percent === null ? t('定足数は{n}機関です。', { n: rule.quorum.seats ?? 0 }) : t('定足数は対象機関の{n}％です。', { n: rule.quorum.percent }),
    ...(rule.must_include.length === 0 ? [] : [t('次の機関の回答が必要です（{names}）。', { names: rule.must_include.map((mark) => labels.marks[mark] ?? mark).join(t('、')) })]),
    ...(counted ? [t('分母は{whom}です。', { whom: labels.denominators[rule.denominator] ?? '' })] : []),
    ...(counted || rule.method === 'unanimity' ? [t('棄権は{how}扱いです。', { how: labels.abstentions[rule.abstention] ?? '' })] : []),
    ...(rule.method === 'majority' || rule.method === 'plurality' ? [t('同数のときは、{how}ことにします。', { how: labels.ties[rule.tie] ?? '' })] : []),
    rule.secret ? t('無記名です。どの機関の回答かは記録に残りません。') : rule.blind ? t('回答は、議長が締め切るまで互いに見えません。') : t('回答は、はじめから互いに見えます。'),
  ];
}
