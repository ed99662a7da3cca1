import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, type Version } from '../../../static/src/room/cell-past';
import { differenceOf } from '../../../static/src/room/Difference';

const version = (number: number): Version => ({
  version: number, at: '2026-11-24T00:00:00Z', person: '田中 一郎', agency: 'つむぎ坂信用金庫', agency_kind: 'financial_institution',
  before: null, value: `${number}`, source: 'typed', reason: '', is_known: true,
});
const numbers = (versions: readonly Version[]): number[] => versions.map((one) => one.version);
const some = (...all: number[]): Version[] => all.map(version);

test('what is written meanwhile comes before what is known, each version once', () => {
  assert.deepEqual(numbers(joined(some(5, 4, 3), some(3, 2, 1))), [5, 4, 3, 2, 1]);
  assert.deepEqual(numbers(joined(some(5, 4), some(3, 2))), [5, 4, 3, 2]);
  assert.deepEqual(numbers(joined(some(2, 1), [])), [2, 1]);
});

test('versions that leave a gap are not told as if nothing were between them', () => {
  assert.deepEqual(numbers(joined(some(9, 8), some(3, 2))), [9, 8]);
});

test('a difference gives back both texts, and marks words only', () => {
  const before = '店舗別の損益を毎月確認する。\n返済を1年緩める。';
  const after = '商品別の損益を毎月確認する。\n返済を2年緩める。';
  const parts = differenceOf(before, after) ?? [];
  const told = (left: string): string => parts.filter(({ kind }) => kind !== left).map(({ text }) => text).join('');
  assert.deepEqual([told('in'), told('out')], [before, after]);
  assert.deepEqual(parts.filter(({ kind }) => kind === 'out').map(({ text }) => text), ['店舗', '1']);
  assert.deepEqual(differenceOf('一行', '一\n行')?.some(({ kind }) => kind !== 'same'), true);
});
