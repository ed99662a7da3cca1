/** Figures as people here type and read them: full width, commas, 千円, ▲ for minus. The rules are those of the domain's `figures`. */

import type { Translate } from './types';

export type NumberKind = 'money' | 'int' | 'pct';

export type NumberReading =
  | { ok: true; value: number; remark?: string }
  | { ok: false; message: string };

/** Powers of ten that turn an amount in this unit into 千円. */
const MONEY_UNITS: Readonly<Record<string, number>> = { '': 0, 円: -3, 千円: 0, 万円: 1, 百万円: 3, 億円: 5 };
const MOST = 10 ** 12;
const COUNTERS = /(?:人|名|歳|才|年|件|社|回|か月|ヶ月|ヵ月|カ月|日)$/;
const MINUS = /[▲△−‐‑–—―ー]/g;
const BRACKETED = /^\(([^()]*)\)([億百万千]*円?|%)$/;
const SIGNED = /^([-+]?)(¥?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(\D*)$/;

interface Figure { negative: boolean; digits: string; unit: string }

/** An IME left on yields 、 for a comma, 。 for a point and ー for minus. */
function figureOf(typed: string): Figure | null {
  const text = typed.normalize('NFKC').replace(/\s/g, '')
    .replace(/、/g, ',').replace(/。/g, '.').replace(MINUS, '-');
  const bracketed = BRACKETED.exec(text);
  const [, sign = '', yen = '', digits = '', unit = ''] = SIGNED.exec(bracketed?.[1] ?? text) ?? [];
  const outside = bracketed?.[2] ?? '';
  if (digits === '' || (bracketed && (sign !== '' || (unit !== '' && outside !== '')))) return null;
  const named = unit + outside;
  if (yen !== '' && named !== '' && named !== '円') return null;
  return {
    negative: bracketed !== null || sign === '-',
    digits: digits.replace(/,/g, ''),
    unit: yen === '' ? named : '円',
  };
}

/** Moves the decimal point without floating-point error; the digits cut off come back apart. */
function shifted(digits: string, power: number): { whole: string; rest: string } {
  const [whole = '', rest = ''] = digits.split('.');
  if (power >= 0) {
    const padded = rest.padEnd(power, '0');
    return { whole: whole + padded.slice(0, power), rest: padded.slice(power) };
  }
  const padded = whole.padStart(1 - power, '0');
  return { whole: padded.slice(0, power), rest: padded.slice(power) + rest };
}

const onlyZeros = (digits: string): boolean => /^0*$/.test(digits);

const signed = (size: number, negative: boolean): number => (negative && size !== 0 ? -size : size);

function readMoney({ negative, digits, unit }: Figure, power: number, t: Translate): NumberReading {
  const { whole, rest } = shifted(digits, power);
  // Statements are cut, not rounded, to 千円; only an amount given in yen may lose digits that way.
  if (power >= 0 && !onlyZeros(rest)) {
    return { ok: false, message: t('千円未満の端数は入力できません。千円単位で入力してください。') };
  }
  const value = signed(Number(whole), negative);
  if (Math.abs(value) > MOST) return { ok: false, message: t('桁数が多すぎます。単位を確認してください。') };
  if (unit === '' || unit === '千円') return { ok: true, value };
  return { ok: true, value, remark: t('{amount}千円として入力しました。', { amount: shownNumber('money', value) }) };
}

/** Reads what was typed for a figure; the text must not be empty. Money is in 千円 unless it names its unit. */
export function readNumber(kind: NumberKind, typed: string, t: Translate): NumberReading {
  const unreadable = { ok: false as const, message: t('数値ではありません。1,234 や ▲1,234 のように入力してください。') };
  const figure = figureOf(typed);
  if (!figure) return unreadable;
  if (kind === 'money') {
    const power = MONEY_UNITS[figure.unit];
    return power === undefined ? unreadable : readMoney(figure, power, t);
  }
  const { negative, digits, unit } = figure;
  const known = kind === 'pct' ? /^(?:%|パーセント)?$/.test(unit) : unit.replace(COUNTERS, '') === '';
  if (!known) return unreadable;
  if (kind === 'int' && !onlyZeros(digits.split('.')[1] ?? '')) {
    return { ok: false, message: t('整数で入力してください。') };
  }
  const size = Number(digits);
  if (size > MOST) return { ok: false, message: t('桁数が多すぎます。単位を確認してください。') };
  return { ok: true, value: signed(size, negative) };
}

/** ▲1,234 for people; a percentage with one decimal and its sign. */
export function shownNumber(kind: NumberKind, value: number): string {
  const size = Math.abs(value);
  const digits = kind === 'pct'
    ? `${size.toLocaleString('ja-JP', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`
    : size.toLocaleString('ja-JP');
  return value < 0 ? `▲${digits}` : digits;
}
