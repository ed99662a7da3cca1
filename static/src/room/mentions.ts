/** Calling on somebody in the text: ＠ and a name; what is offered while it is typed, and who was meant. */
import type { Mention, Remark } from '../live/remarks';

export interface Callable extends Mention {
  /** Told beside the name: a person's agency. */
  readonly note: string;
}

const TYPED = /[@＠]([^@＠\s、。]{0,30})$/u;

/** What is being typed after the sign just before the caret; null when nobody is being called on. */
export function calling(text: string, caret: number): { readonly from: number; readonly typed: string } | null {
  const found = TYPED.exec(text.slice(0, caret));
  return found === null ? null : { from: found.index, typed: found[1] ?? '' };
}

/** Those whose name or agency holds what was typed; nobody is asked to type a name to its end. */
export function fitting(known: readonly Callable[], typed: string): readonly Callable[] {
  const plain = (text: string): string => text.replace(/[\s\u3000]/gu, '');
  return known.filter(({ name, note }) => plain(name).includes(typed) || plain(note).includes(typed));
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function completed(text: string, caret: number, from: number, name: string): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /u, ''), caret: before.length };
}

/** Whether the remark calls on this agency, or on this person of it. */
export function callsOn(remark: Pick<Remark, 'mentions'>, me: { agency_id: string; person: string }): boolean {
  return remark.mentions.some((one) => one.agency_id === me.agency_id && (one.kind === 'agency' || one.name === me.person));
}

export interface Piece { readonly text: string; readonly mention: Mention | null }

/** The text in pieces, so that the names called on can be shown as such. */
export function pieces(text: string, mentions: readonly Mention[]): readonly Piece[] {
  const names = mentions
    .flatMap((mention) => [...new Set([mention.name, mention.name.replace(/[ \u3000]/gu, '')])].map((name) => ({ name, mention })))
    .sort((a, b) => b.name.length - a.name.length);
  const found: Piece[] = [];
  let plain = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '@' && text[at] !== '＠') continue;
    const hit = names.find(({ name }) => text.startsWith(name, at + 1));
    if (hit === undefined) continue;
    if (at > plain) found.push({ text: text.slice(plain, at), mention: null });
    plain = at + 1 + hit.name.length;
    found.push({ text: text.slice(at, plain), mention: hit.mention });
    at = plain - 1;
  }
  if (plain < text.length) found.push({ text: text.slice(plain), mention: null });
  return found;
}
