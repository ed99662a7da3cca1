import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { readNumber, shownNumber, type NumberKind } from '../../../static/src/sheet/numbers';
import { t } from './speech';

const value = (kind: NumberKind, typed: string): number | string => {
  const reading = readNumber(kind, typed, t);
  return reading.ok ? reading.value : reading.message;
};
const NO_NUMBER = '数値ではありません。1,234 や ▲1,234 のように入力してください。';

for (const [typed, amount] of [
  ['1234', 1234], ['1,234', 1234], ['１，２３４', 1234], ['１、２３４', 1234], ['1 234', 1234], ['1,234千円', 1234],
  ['▲1,234', -1234], ['△1234', -1234], ['-1234', -1234], ['−1234', -1234], ['ー１２３４', -1234],
  ['(1,234)', -1234], ['（1,234）', -1234], ['(1,234)千円', -1234], ['（1,234千円）', -1234], ['▲0', 0], ['1234.0', 1234],
] as const) {
  test(`money typed as ${typed} is ${amount} in 千円`, () => equal(value('money', typed), amount));
}

for (const [typed, amount] of [
  ['1,234,567円', 1234], ['▲1,999円', -1], ['¥500,000', 500], ['￥500,000円', 500], ['999円', 0],
  ['500万円', 5000], ['1.5万円', 15], ['3百万円', 3000], ['1.05百万円', 1050], ['1億円', 100_000], ['0.29億円', 29_000],
] as const) {
  test(`money in another unit, ${typed}, is taken as ${amount}千円 and said so`, () => {
    const reading = readNumber('money', typed, t);
    equal(reading.ok && reading.value, amount);
    equal(reading.ok && reading.remark, `${shownNumber('money', amount)}千円として入力しました。`);
  });
}

test('money in 千円 needs no remark', () => {
  deepEqual(readNumber('money', '5千円', t), { ok: true, value: 5 });
});

for (const typed of ['abc', '1,23', '12,3456', '1-2', '▲(5)', '5ドル', '¥5千円', '(5円)円', '--5', '1.2.3', '.5', '百万円']) {
  test(`${typed} is no amount`, () => equal(value('money', typed), NO_NUMBER));
}

test('less than 千円 cannot be typed as 千円', () => {
  equal(value('money', '1.5'), '千円未満の端数は入力できません。千円単位で入力してください。');
});

test('an amount with too many digits asks whether the unit is right', () => {
  equal(value('money', '1000000000001'), '桁数が多すぎます。単位を確認してください。');
  equal(value('money', '1000000000000'), 1_000_000_000_000);
  equal(value('int', '9'.repeat(400)), '桁数が多すぎます。単位を確認してください。');
});

for (const [typed, count] of [['12人', 12], ['１２名', 12], ['3か月', 3], ['65歳', 65], ['▲3', -3]] as const) {
  test(`a whole number typed as ${typed} is ${count}`, () => equal(value('int', typed), count));
}

test('a whole number has no fraction and no unit of money', () => {
  equal(value('int', '1.5'), '整数で入力してください。');
  equal(value('int', '5千円'), NO_NUMBER);
});

for (const [typed, share] of [['12.3', 12.3], ['12.3%', 12.3], ['１２．３％', 12.3], ['▲3.5%', -3.5], ['(3.5%)', -3.5], ['12。5', 12.5]] as const) {
  test(`a percentage typed as ${typed} is ${share}`, () => equal(value('pct', typed), share));
}

test('figures are shown with commas, ▲ for minus and one decimal of a percent', () => {
  equal(shownNumber('money', 1234567), '1,234,567');
  equal(shownNumber('money', -1234), '▲1,234');
  equal(shownNumber('int', 0), '0');
  equal(shownNumber('pct', -3.25), '▲3.3%');
  equal(shownNumber('pct', 12), '12.0%');
});

test('what is shown can be typed again', () => {
  for (const amount of [0, -1, 1234567, -98765]) equal(value('money', shownNumber('money', amount)), amount);
});
