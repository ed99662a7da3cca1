/** Dates as people here type them: western and era years, half and full width. The rules are those of the domain's `dates`. */

import type { Translate } from './types';

export type DateReading = { ok: true; value: string } | { ok: false; message: string };

interface Era { name: string; letter: string; firstYear: number; first: string; last: string }

const ERAS: readonly Era[] = [
  { name: '令和', letter: 'R', firstYear: 2019, first: '2019-05-01', last: '9999-12-31' },
  { name: '平成', letter: 'H', firstYear: 1989, first: '1989-01-08', last: '2019-04-30' },
  { name: '昭和', letter: 'S', firstYear: 1926, first: '1926-12-25', last: '1989-01-07' },
  { name: '大正', letter: 'T', firstYear: 1912, first: '1912-07-30', last: '1926-12-24' },
  { name: '明治', letter: 'M', firstYear: 1868, first: '1873-01-01', last: '1912-07-29' },
];

const WEEKDAYS = '日月火水木金土';
const ERA_NAME = '(令和?|平成?|昭和?|大正?|明治?|[RHSTM])';
const MONTH_DAY = '(\\d{1,2})[月/.\\-](\\d{1,2})日?';
const ERA_DATE = new RegExp(`^${ERA_NAME}\\.?(元|\\d{1,2})[年/.\\-]${MONTH_DAY}$`);
const ERA_DIGITS = new RegExp(`^${ERA_NAME}(\\d{2})(\\d{2})(\\d{2})$`);
const WESTERN = new RegExp(`^([12]\\d{3})[年/.\\-]${MONTH_DAY}$`);
const WESTERN_DIGITS = /^([12]\d{3})(\d{2})(\d{2})$/;
const WEEKDAY = /\(([日月火水木金土])(?:曜日?)?\)$/;

/** An IME left on yields ・ for a slash, 。 for a point and ー for a dash. */
const plain = (typed: string): string =>
  typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
    .replace(/[‐‑–—―−ー]/g, '-').replace(/・/g, '/').replace(/。/g, '.');

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

const weekdayOf = (iso: string): number => new Date(`${iso}T00:00:00Z`).getUTCDay();

/**
 * Reads what was typed for a date; the text must not be empty. A day outside its era (平成31年5月1日)
 * and a weekday that does not fit are refused, because one half of what was written must be wrong.
 */
export function readDate(typed: string, t: Translate): DateReading {
  const written = plain(typed);
  const weekday = WEEKDAY.exec(written)?.[1];
  const text = written.replace(WEEKDAY, '');
  const eraParts = ERA_DATE.exec(text) ?? ERA_DIGITS.exec(text);
  const parts = eraParts ?? WESTERN.exec(text) ?? WESTERN_DIGITS.exec(text);
  if (!parts) {
    return { ok: false, message: t('日付として読み取れません。2026/4/1 や令和8年4月1日のように入力してください。') };
  }
  const [month = 0, day = 0] = parts.slice(-2).map(Number);
  const mark = (parts[1] ?? '').slice(0, 1);
  const era = eraParts ? ERAS.find(({ name, letter }) => letter === mark || name.startsWith(mark)) : undefined;
  const counted = parts[2] === '元' ? 1 : Number(parts[2]);
  const value = isoDate(era ? era.firstYear + counted - 1 : Number(parts[1]), month, day);
  if (value === null || (era && counted === 0)) {
    return { ok: false, message: t('暦にない日付です。年月日を確認してください。') };
  }
  if (era && (value < era.first || value > era.last)) {
    return { ok: false, message: t('{era}にはない日付です。年号と年月日を確認してください。', { era: era.name }) };
  }
  if (weekday !== undefined && WEEKDAYS.indexOf(weekday) !== weekdayOf(value)) {
    return { ok: false, message: t('日付と曜日が合いません。年月日を確認してください。') };
  }
  return { ok: true, value };
}

/** '2026/4/1', as Excel shows and takes it. */
export function plainDate(iso: string): string {
  return iso.replace(/-0?/g, '/');
}

/** '2026/4/1(水)': western year and weekday, for lists. */
export function shownDate(iso: string, language: string): string {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return `${plainDate(iso)}(${weekday.format(date)})`;
}
