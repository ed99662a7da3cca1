/** What was there and what came instead, readable without colour: taken out is struck through, put in is underlined. */
import { diffArrays } from 'diff';
import type { JSX } from 'preact';
import { t } from '../i18n';

/** Longer than this (ms) nobody waits for a difference; then both texts stand whole. */
const PATIENCE = 200;

export interface Part { readonly text: string; readonly kind: 'same' | 'out' | 'in' }

/** Words, where the browser knows where Japanese words end; else single characters. */
function pieces(text: string): string[] {
  if (!('Segmenter' in Intl)) return [...text];
  return [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

/** Null where comparing takes too long. */
export function differenceOf(before: string, after: string): readonly Part[] | null {
  const found = diffArrays(pieces(before), pieces(after), { timeout: PATIENCE });
  if (found === undefined) return null;
  return found.map(({ value, added, removed }) => ({
    text: value.join(''), kind: added ? 'in' : removed ? 'out' : 'same',
  }));
}

interface Props {
  readonly before: string;
  readonly after: string;
  /** Text in which single words changed; else the values stand whole, one after the other. */
  readonly within: boolean;
}

export function Difference({ before, after, within }: Props): JSX.Element {
  const parts = within && before !== '' && after !== '' ? differenceOf(before, after) : null;
  if (parts !== null) {
    return (
      <p class="prewrap">
        {parts.map(({ text, kind }, at) => (kind === 'in' ? <ins key={at}>{text}</ins> : kind === 'out' ? <del key={at}>{text}</del> : text))}
      </p>
    );
  }
  const empty = <span class="muted">{t('（空欄）')}</span>;
  return <p class="prewrap">{before === '' ? empty : <del>{before}</del>} → {after === '' ? empty : <ins>{after}</ins>}</p>;
}
