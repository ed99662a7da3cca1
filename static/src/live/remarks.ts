/** Remarks, folded alike before all and in the inner lanes: said, and put right by their own author. */
import type { Entry } from './types';

export interface Mention {
  readonly kind: 'agency' | 'person';
  readonly agency_id: string;
  /** What stands in the text after the sign. */
  readonly name: string;
}

export interface Remark {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly person: string;
  readonly agency_id: string;
  readonly agency: string;
  /** The remark this one answers; an answer is never answered itself. */
  readonly reply_to: string | null;
  readonly mentions: readonly Mention[];
  /** `cell:row|column` of the case's sheet, or `paper:id`. */
  readonly links: readonly string[];
  readonly corrected_at: string | null;
  readonly earlier: readonly { readonly text: string; readonly at: string }[];
}

/** What was recorded before there were answers, mentions and links has none. */
export function remarkOf({ body, by, at }: Entry): Remark {
  return {
    id: body.remark_id,
    text: body.text,
    at,
    ...by,
    reply_to: body.reply_to ?? null,
    mentions: body.mentions ?? [],
    links: body.links ?? [],
    corrected_at: null,
    earlier: [],
  };
}

export function corrected(remarks: readonly Remark[], { body, at }: Entry): Remark[] {
  return remarks.map((one) => one.id !== body.remark_id ? one : {
    ...one,
    text: body.text,
    mentions: body.mentions,
    corrected_at: at,
    earlier: [...one.earlier, { text: one.text, at: one.corrected_at ?? one.at }],
  });
}
