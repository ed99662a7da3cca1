import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { plainDate, readDate, shownDate } from '../../../static/src/sheet/dates';
import { t } from './speech';

const value = (typed: string): string => {
  const reading = readDate(typed, t);
  return reading.ok ? reading.value : reading.message;
};
const NO_DATE = '日付として読み取れません。2026/4/1 や令和8年4月1日のように入力してください。';

for (const typed of [
  '令和8年4月1日', '令和 8年 4月 1日', '令和８年４月１日', '㋿8年4月1日', '令8.4.1', 'R8.4.1', 'r8/4/1', 'Ｒ８．４．１', 'R.8.4.1',
  'R080401', '2026/4/1', '2026-04-01', '2026.4.1', '2026年4月1日', '２０２６／４／１', '２０２６・４・１', '２０２６ー４ー１',
  '２０２６。４。１', '20260401', '２０２６０４０１', '2026/4/1(水)', '2026年4月1日（水曜日）',
]) {
  test(`${typed} is 1 April 2026`, () => equal(value(typed), '2026-04-01'));
}

test('the first year of an era may be written 元年 or 1年', () => {
  equal(value('令和元年5月1日'), '2019-05-01');
  equal(value('令和1年5月1日'), '2019-05-01');
  equal(value('平成元年1月8日'), '1989-01-08');
});

test('the last days of the eras are read', () => {
  equal(value('平成31年4月30日'), '2019-04-30');
  equal(value('昭和64年1月7日'), '1989-01-07');
  equal(value('S60.12.31'), '1985-12-31');
  equal(value('大正15年12月24日'), '1926-12-24');
  equal(value('M45.7.29'), '1912-07-29');
});

test('a day outside its era is refused and the era is named', () => {
  equal(value('令和元年4月30日'), '令和にはない日付です。年号と年月日を確認してください。');
  equal(value('平成31年5月1日'), '平成にはない日付です。年号と年月日を確認してください。');
  equal(value('昭和64年1月8日'), '昭和にはない日付です。年号と年月日を確認してください。');
});

test('a day that does not exist is refused', () => {
  const missing = '暦にない日付です。年月日を確認してください。';
  for (const typed of ['2026/2/29', '2026/13/1', '2026/4/31', '20260231', '令和8年0月1日', '令和0年4月1日']) equal(value(typed), missing);
  equal(value('2028/2/29'), '2028-02-29');
});

test('a weekday that does not fit is refused', () => {
  equal(value('2026/4/1(木)'), '日付と曜日が合いません。年月日を確認してください。');
});

for (const typed of ['4/1', '2026年4月', '来週', '8年4月1日', '2026/4/1/2', 'X8.4.1', '0026/4/1']) {
  test(`${typed} is no date`, () => equal(value(typed), NO_DATE));
}

test('a date is edited as a spreadsheet takes it and shown with its weekday', () => {
  equal(plainDate('2026-04-01'), '2026/4/1');
  equal(shownDate('2026-04-01', 'ja'), '2026/4/1(水)');
  equal(shownDate('2026-04-01', 'en'), '2026/4/1(Wed)');
  equal(value(shownDate('2026-04-01', 'ja')), '2026-04-01');
});
