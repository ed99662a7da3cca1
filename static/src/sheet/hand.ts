/** What my keys, my pointer and my clipboard do to the sheet. */

import { parseTsv, toTable, toTsv } from './clipboard';
import type { ChoiceList } from './choices';
import type { Decisions } from './decisions';
import type { Editor } from './editor';
import { actOf, type Act } from './keys';
import type { SheetModel } from './model';
import { Moves } from './moves';
import type { PointerEvents } from './pointer';
import { sizeOf, type Spot } from './selection';
import type { Session } from './session';
import type { CellRef, Translate } from './types';
import type { Viewport } from './viewport';
import type { Writer } from './writer';

export interface HandParts {
  model: SheetModel;
  viewport: Viewport;
  editor: Editor;
  choices: ChoiceList;
  session: Session;
  decisions: Decisions;
  writer: Writer;
  t: Translate;
  say(message: string): void;
  /** The history of the active cell. */
  past(): void;
  /** The active cell or the selection is another one now. */
  arrived(reveal: boolean): void;
}

type Destination = Extract<Act, { do: 'commit' }>['to'];

export class Hand implements PointerEvents {
  /** Counts what I did, to know whether I am still where I wrote last. */
  private acts = 0;
  private wroteAt = -1;
  private readonly moves: Moves;

  constructor(private readonly parts: HandParts) {
    this.moves = new Moves(parts.model, parts.viewport);
  }

  wrote(): void { this.wroteAt = this.acts; }

  /** Nothing was typed or clicked since my last write, so an answer to it may take me back to its cell. */
  get idle(): boolean {
    const { editor, session } = this.parts;
    return this.wroteAt === this.acts && editor.focused && !session.isOpen && !editor.composing;
  }

  // The editor ---------------------------------------------------------------------------------

  began(): void {
    const { model, session, decisions } = this.parts;
    if (session.isOpen || model.empty) return;
    this.acts += 1;
    session.begin(model.activeRef, 'typed', decisions.into(model.activeRef));
  }

  pressed(event: KeyboardEvent): void {
    this.acts += 1;
    const { choices, session, decisions } = this.parts;
    const act = actOf(event, {
      editing: session.isOpen, typedOver: session.typedOver, multiline: session.multiline,
      listed: choices.isOpen, many: choices.many && choices.current !== null,
      deciding: decisions.atHand !== null,
    });
    if (act === null) this.explain(event);
    else if (this.perform(act)) event.preventDefault();
  }

  /** True: the act was carried out and the browser shall do nothing of its own. */
  private perform(act: Act): boolean {
    const { model, choices, session, decisions, writer } = this.parts;
    switch (act.do) {
      case 'move': this.select(this.moves.target(act.to), act.extend); return true;
      case 'tab': return this.tab(act.to);
      case 'commit': return this.finish(act.to);
      case 'open': if (session.isOpen) session.settle(); else this.openHere(); return true;
      case 'newline': this.newline(); return true;
      case 'choose': session.move(act.to === 'down' ? 1 : -1); return true;
      case 'toggle': if (choices.current) session.pick(choices.current); return true;
      case 'cancel': session.cancel(); return true;
      case 'clear': writer.clear(model.area); return true;
      case 'fill-down': writer.fillDown(model.area); return true;
      case 'undo': this.showChanged(writer.undo()); return true;
      case 'redo': this.showChanged(writer.redo()); return true;
      case 'select-all':
        model.selectArea({ row: model.rows.length - 1, column: model.columns.length - 1 }, { row: 0, column: 0 });
        this.parts.arrived(true);
        return true;
      case 'confirm': if (decisions.atHand) decisions.mine(decisions.atHand); return true;
      case 'past': this.parts.past(); return true;
      case 'escape': return this.escape();
    }
  }

  private explain(event: KeyboardEvent): void {
    const { model, session, say, t } = this.parts;
    const typing = [...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (typing && (!session.isOpen || session.reading) && !model.editable(model.activeRef)) say(t('この項目は変更できません。'));
  }

  private newline(): void {
    const { editor, session, say, t } = this.parts;
    if (session.multiline) editor.newline();
    else say(t('この項目では改行できません。1行で入力してください。'));
  }

  private escape(): boolean {
    const { model, decisions } = this.parts;
    if (decisions.atHand) { decisions.theirs(decisions.atHand); return true; }
    const { rows, columns } = sizeOf(model.area);
    if (rows * columns === 1) return false;
    this.select(model.active, false);
    return true;
  }

  /** Tab leaves the grid at the edge of the row, so the keyboard is never caught. */
  private tab(to: 'next' | 'previous'): boolean {
    const { active, columns } = this.parts.model;
    const column = active.column + (to === 'next' ? 1 : -1);
    if (column < 0 || column >= columns.length) return false;
    this.select({ row: active.row, column }, false);
    return true;
  }

  /** Takes the edit and goes on; false only if Tab shall now leave the grid. */
  finish(to: Destination): boolean {
    if (!this.parts.session.commit()) return true;
    if (to === 'next' || to === 'previous') return this.tab(to);
    if (to !== 'stay') this.select(this.moves.target(to), false);
    return true;
  }

  openHere(): void {
    const { model, session, decisions, say, t } = this.parts;
    if (session.isOpen || model.empty) return;
    const ref = model.activeRef;
    const editable = model.editable(ref);
    if (!editable) say(t('この項目は変更できません。'));
    session.begin(ref, 'opened', editable ? decisions.into(ref) : null);
  }

  private closeEdit(): boolean {
    this.parts.editor.endComposition();
    return this.parts.session.commit();
  }

  /** The focus went elsewhere: what was typed is taken, unless it needs a decision or is not right yet. */
  left(): void {
    const { session } = this.parts;
    if (!session.undecided) session.commit();
  }

  // Selecting ----------------------------------------------------------------------------------

  select(spot: Spot, extend: boolean): void {
    this.parts.model.select(spot, extend);
    this.parts.arrived(true);
  }

  go(ref: CellRef): void {
    const spot = this.parts.model.spotOf(ref);
    if (!spot || !this.parts.session.commit()) return;
    this.select(spot, false);
    this.parts.editor.focus();
  }

  private showChanged(ref: CellRef | null): void {
    const spot = ref && this.parts.model.spotOf(ref);
    if (spot) this.select(spot, false);
  }

  chosen(spot: Spot, extend: boolean): boolean {
    this.acts += 1;
    if (!this.closeEdit()) { this.parts.editor.focus(); return false; }
    this.select(spot, extend);
    this.parts.editor.focus();
    return true;
  }

  dragged(spot: Spot): void {
    if (!this.parts.session.isOpen) this.select(spot, true);
  }

  columnChosen(column: number): void {
    const { model } = this.parts;
    this.acts += 1;
    if (this.closeEdit()) {
      model.selectArea({ row: model.rows.length - 1, column }, { row: 0, column });
      this.parts.arrived(false);
    }
    this.parts.editor.focus();
  }

  isActive({ row, column }: Spot): boolean {
    const { active } = this.parts.model;
    return this.parts.editor.focused && row === active.row && column === active.column;
  }

  opened(touch: boolean): void {
    const { editor, model, session } = this.parts;
    if (touch && !session.isOpen && model.editable(model.activeRef)) editor.screenKeyboard(true);
    this.openHere();
  }

  touched(spot: Spot): void {
    this.parts.editor.screenKeyboard(false);
    this.chosen(spot, false);
  }

  // The clipboard ------------------------------------------------------------------------------

  copied(event: ClipboardEvent, cut: boolean): void {
    const { model, session, writer, say, t } = this.parts;
    if (session.isOpen || !event.clipboardData) return;
    event.preventDefault();
    this.acts += 1;
    const rows = writer.copied(model.area);
    event.clipboardData.setData('text/plain', toTsv(rows));
    event.clipboardData.setData('text/html', toTable(rows));
    if (cut) writer.clear(model.area);
    else say(t('{count}個のセルを写しました。', { count: String(rows.length * (rows[0]?.length ?? 0)) }));
  }

  pasted(event: ClipboardEvent): void {
    const { model, session, writer } = this.parts;
    if (session.isOpen || model.empty) return;
    event.preventDefault();
    this.acts += 1;
    const rows = parseTsv(event.clipboardData?.getData('text/plain') ?? '');
    if (rows.length === 0) return;
    const area = writer.paste(rows, model.area);
    model.selectArea({ row: area.bottom, column: area.right }, { row: area.top, column: area.left });
    this.parts.arrived(false);
  }
}
