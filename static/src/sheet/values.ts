/** From typed text to a cell's value and back to what people read, edit and copy. */

import { plainDate, readDate, shownDate } from './dates';
import { widthOf } from './measure';
import { readNumber, shownNumber } from './numbers';
import type { CellSpec, Choice, Translate, Value } from './types';

export type Reading =
  | { ok: true; value: Value; remark?: string }
  | { ok: false; message: string };

/** Controls, lone surrogates, direction marks and noncharacters: what the server will not store either. */
const UNSTORABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]|\p{Noncharacter_Code_Point}/u;
const AROUND = /^[ \t\r\n\u00a0\u3000]+|[ \t\r\n\u00a0\u3000]+$/g;
const BLANK_FIRST_LINES = /^(?:[ \t\u00a0\u3000]*\n)+/;
const YES = new Set(['はい', '○', '◯', '〇', '有', 'あり', 'true', 'yes', '1', 'レ', '✓']);
const NO = new Set(['いいえ', '×', '✕', '無', 'なし', 'false', 'no', '0']);

const folded = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** The choices a cell offers; a yes-or-no cell is a choice of two. */
export function choicesOf(spec: CellSpec, t: Translate): readonly Choice[] {
  if (spec.type === 'bool') return [{ value: 'true', label: t('はい') }, { value: 'false', label: t('いいえ') }];
  return spec.options ?? [];
}

/** The choice somebody means by this text: its label, its value, or a beginning only one label has. */
export function meantChoice(choices: readonly Choice[], typed: string): Choice | null {
  const text = folded(typed);
  if (text === '') return null;
  const exact = choices.find((choice) => folded(choice.label) === text || folded(choice.value) === text);
  if (exact) return exact;
  const [only, ...others] = choices.filter((choice) => folded(choice.label).startsWith(text));
  return only && others.length === 0 ? only : null;
}

/** The choices that contain this text, those that begin with it first. */
export function matchingChoices(choices: readonly Choice[], typed: string): readonly Choice[] {
  const text = folded(typed);
  if (text === '') return choices;
  const starts = choices.filter((choice) => folded(choice.label).startsWith(text));
  return [...starts, ...choices.filter((c) => !starts.includes(c) && folded(c.label).includes(text))];
}

export const listedParts = (text: string): string[] =>
  text.normalize('NFKC').split(/[、,\n]/).map((part) => part.trim()).filter((part) => part !== '');

/** Several choices, in the order in which they are offered. */
function readMany(spec: CellSpec, text: string, t: Translate): Reading {
  const values: string[] = [];
  for (const part of listedParts(text)) {
    const choice = meantChoice(spec.options ?? [], part);
    if (!choice) return { ok: false, message: t('「{part}」は選択肢にありません。', { part }) };
    values.push(choice.value);
  }
  const order = (spec.options ?? []).map(({ value }) => value);
  return { ok: true, value: order.filter((value) => values.includes(value)) };
}

/** A paragraph's first indent stays (全角下げ); otherwise the space around a text is taken off. */
function readText(spec: CellSpec, typed: string, t: Translate): Reading {
  const lines = typed.replace(/\r\n|[\r\u2028\u2029]/g, '\n');
  const text = spec.type === 'longtext'
    ? lines.replace(BLANK_FIRST_LINES, '').trimEnd()
    : lines.replace(AROUND, '');
  if (spec.type !== 'longtext' && text.includes('\n')) {
    return { ok: false, message: t('この項目では改行できません。1行で入力してください。') };
  }
  const unstorable = UNSTORABLE.exec(spec.type === 'longtext' ? text.replace(/[\n\t]/g, '') : text);
  if (unstorable) {
    const code = (unstorable[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return {
      ok: false,
      message: t('使えない文字（U+{code}）が含まれています。その文字を消して入力し直してください。', { code }),
    };
  }
  const length = [...text].length;
  if (spec.maxLength !== undefined && length > spec.maxLength) {
    return {
      ok: false,
      message: t('{limit}文字以内で入力してください（現在{length}文字）。', {
        limit: String(spec.maxLength), length: String(length),
      }),
    };
  }
  return { ok: true, value: text === '' ? null : text };
}

/** Reads what was typed or pasted into a cell of this kind; an empty text empties the cell. */
export function readTyped(spec: CellSpec, typed: string, t: Translate): Reading {
  if (spec.readonly || spec.type === 'readonly') {
    return { ok: false, message: t('この項目は変更できません。') };
  }
  if (typed.trim() === '') return { ok: true, value: null };
  switch (spec.type) {
    case 'text':
    case 'longtext':
      return readText(spec, typed, t);
    case 'money':
    case 'int':
    case 'pct':
      return readNumber(spec.type, typed, t);
    case 'date':
      return readDate(typed, t);
    case 'multi':
      return readMany(spec, typed, t);
    case 'bool': {
      const text = folded(typed);
      if (YES.has(text)) return { ok: true, value: true };
      if (NO.has(text)) return { ok: true, value: false };
      const choice = meantChoice(choicesOf(spec, t), typed);
      if (choice) return { ok: true, value: choice.value === 'true' };
      return { ok: false, message: t('「はい」か「いいえ」で入力してください。') };
    }
    case 'enum': {
      const choice = meantChoice(spec.options ?? [], typed);
      if (choice) return { ok: true, value: choice.value };
      return { ok: false, message: t('選択肢から選んでください。') };
    }
  }
}

const labelOf = (spec: CellSpec, value: string): string =>
  spec.options?.find((choice) => choice.value === value)?.label ?? value;

const isFigure = (type: CellSpec['type']): type is 'money' | 'int' | 'pct' =>
  type === 'money' || type === 'int' || type === 'pct';

/** The value in words, the same wherever a figure or a date does not need its own form. */
function worded(spec: CellSpec, value: Exclude<Value, null>, t: Translate): string {
  if (typeof value === 'boolean') return value ? t('はい') : t('いいえ');
  if (typeof value === 'object') return value.map((part) => labelOf(spec, part)).join(t('、'));
  return labelOf(spec, String(value));
}

/** What a cell shows while nobody edits it. */
export function shownText(spec: CellSpec, value: Value, t: Translate, language = 'ja'): string {
  if (value === null) return '';
  if (typeof value === 'number') return shownNumber(isFigure(spec.type) ? spec.type : 'int', value);
  if (spec.type === 'date' && typeof value === 'string') return shownDate(value, language);
  return worded(spec, value, t);
}

/**
 * What a cell of this width shows. A figure or a date cut off would read as another one: a date goes
 * without its weekday, and what still does not fit is hidden, as spreadsheets do.
 */
export function fittedText(spec: CellSpec, value: Value, shown: string, width: number): string {
  const figure = typeof value === 'number' || (spec.type === 'date' && typeof value === 'string');
  if (!figure || widthOf(shown) <= width) return shown;
  const shorter = typeof value === 'string' ? plainDate(value) : shown;
  return widthOf(shorter) <= width ? shorter : '####';
}

/** What the editor opens with, and what a spreadsheet takes as a figure or a date. */
export function editText(spec: CellSpec, value: Value, t: Translate): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (spec.type === 'date' && typeof value === 'string') return plainDate(value);
  return worded(spec, value, t);
}

/** Whether a spreadsheet must be told to keep this cell as text (法人番号 keeps its zeros, '=…' stays words). */
export const copiesAsText = (spec: CellSpec): boolean => !isFigure(spec.type) && spec.type !== 'date';

/** Equal for people: an empty list and an empty text are the same as nothing. */
export function sameValue(one: Value, other: Value): boolean {
  const flat = (value: Value): string =>
    value === null || value === '' || (typeof value === 'object' && value.length === 0)
      ? 'empty'
      : JSON.stringify(value);
  return flat(one) === flat(other);
}
