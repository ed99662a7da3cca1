/** One edit, from the first character until the value is taken or given up. */

import type { ChoiceList } from './choices';
import type { Editor } from './editor';
import type { SheetModel } from './model';
import type { Notice } from './notice';
import { GLANCE, type Waiting } from './problems';
import type { CellRef, CellSpec, CellValue, Choice, Translate, Value } from './types';
import { choicesOf, editText, listedParts, meantChoice, readTyped, sameValue } from './values';
import type { Writer } from './writer';

interface Open {
  ref: CellRef;
  spec: CellSpec;
  base: CellValue;
  typedOver: boolean;
  /** The cell may not change: its whole text is only shown. */
  reading: boolean;
  /** Something of mine stands in the editor. */
  touched: boolean;
  theirs: Waiting | null;
  gone: boolean;
}

export interface SessionParts {
  model: SheetModel;
  editor: Editor;
  choices: ChoiceList;
  notice: Notice;
  writer: Writer;
  t: Translate;
  say(message: string): void;
  /** What another wrote, drawn beside the editor with both ways out. */
  showTheirs(ref: CellRef, theirs: Waiting): void;
  /** Editing began, grew or ended. */
  altered(): void;
}

export class Session {
  private open: Open | null = null;

  constructor(private readonly parts: SessionParts) {}

  get isOpen(): boolean { return this.open !== null; }
  get ref(): CellRef | null { return this.open?.ref ?? null; }
  get reading(): boolean { return this.open?.reading ?? false; }
  get typedOver(): boolean { return this.open?.typedOver ?? false; }
  /** Another value, or a cell that went away, asks for a decision before anything is taken. */
  get undecided(): boolean { return this.open !== null && (this.open.theirs !== null || this.open.gone); }
  get multiline(): boolean { return this.open?.spec.type === 'longtext'; }

  /**
   * Turns moving into editing, or into reading where nothing may change and there is something to read.
   * `theirs`: another value is already known to wait for a decision here.
   */
  begin(ref: CellRef, how: 'typed' | 'opened', theirs: Waiting | null): boolean {
    const { model, editor, choices, t } = this.parts;
    if (this.open) return true;
    const spec = model.specOf(ref);
    const typed = how === 'typed';
    const base = model.cellOf(ref);
    const reading = !model.editable(ref);
    if (!spec || (reading && (typed || sameValue(base.value, null)))) return false;
    this.open = { ref: { ...ref }, spec, base, typedOver: typed, reading, touched: typed, theirs, gone: false };
    const offered = reading ? [] : choicesOf(spec, t);
    if (!typed) editor.open(editText(spec, base.value, t), offered.length > 0 ? 'all' : 'end');
    if (offered.length > 0) {
      choices.open(offered, chosenOf(base), spec.type === 'multi', spec.type !== 'multi');
      editor.lists(choices.id, choices.currentId);
      this.parts.say(t('選択肢が{count}件あります。上下の矢印キーで選べます。', { count: String(offered.length) }));
    }
    if (theirs) this.parts.showTheirs(ref, theirs);
    this.parts.altered();
    return true;
  }

  /** Opens again what the server would not take, as it was typed, with the reason; false if I may not edit here. */
  reopen(ref: CellRef, typed: string, message: string): boolean {
    if (!this.parts.model.editable(ref) || !this.begin(ref, 'opened', null)) return false;
    this.replace(typed);
    this.complain(message);
    return true;
  }

  /** F2 while typing: arrows now move the caret. */
  settle(): void {
    if (this.open) this.open.typedOver = false;
  }

  /** The text changed under the fingers. */
  typed(): void {
    const { open } = this;
    const { editor, choices, notice } = this.parts;
    if (!open) return;
    open.touched = true;
    if (!open.theirs && !open.gone) {
      notice.hide();
      editor.invalid(null);
    }
    if (choices.isOpen) {
      const parts = listedParts(editor.text);
      if (choices.many) choices.choose(this.listedValues());
      choices.narrow(choices.many && /[、,]\s*$/.test(editor.text) ? '' : parts[parts.length - 1] ?? '');
      editor.lists(choices.id, choices.currentId);
    }
    this.parts.altered();
  }

  move(step: 1 | -1): void {
    const { choices, editor } = this.parts;
    const choice = choices.move(step);
    if (choice && !choices.many) this.replace(choice.value === '' ? '' : choice.label);
    editor.lists(choices.id, choices.currentId);
    this.parts.altered();
  }

  private replace(text: string): void {
    this.parts.editor.open(text, 'end');
    if (this.open) this.open.touched = true;
  }

  private listedValues(): string[] {
    const offered = this.open?.spec.options ?? [];
    return listedParts(this.parts.editor.text)
      .flatMap((part) => meantChoice(offered, part)?.value ?? []);
  }

  /** Takes a choice, or in a cell of several puts it in or out. */
  pick(choice: Choice): void {
    const { choices, t } = this.parts;
    if (!this.open) return;
    if (!choices.many) {
      choices.mean(choice);
      this.replace(choice.value === '' ? '' : choice.label);
      return;
    }
    const chosen = this.listedValues();
    const next = chosen.includes(choice.value)
      ? chosen.filter((value) => value !== choice.value)
      : [...chosen, choice.value];
    this.replace(editText(this.open.spec, next, t));
    choices.choose(next);
    this.parts.altered();
  }

  /** Takes the value. False: the editor stays open, and says why. */
  commit(): boolean {
    const { open } = this;
    const { editor, model, writer, t } = this.parts;
    if (!open) return true;
    if (editor.composing || open.gone) return false;
    if (!open.touched) { this.close(); return true; }
    const spec = model.specOf(open.ref) ?? open.spec;
    const reading = readTyped(spec, this.meantText(), t);
    if (!reading.ok) {
      this.complain(reading.message);
      return false;
    }
    const { base, theirs } = open;
    if (!theirs && sameValue(reading.value, base.value)) { this.close(); return true; }
    const seen = theirs && Date.now() - theirs.since >= GLANCE ? theirs.cell.version : base.version;
    this.close();
    writer.put(open.ref, reading.value, seen);
    if (theirs) this.parts.say(t('自分の値にしました。'));
    else if (reading.remark !== undefined) this.parts.say(reading.remark);
    return true;
  }

  /** A list narrowed by typing stands for its marked choice. */
  private meantText(): string {
    const { choices, editor } = this.parts;
    const { current } = choices;
    if (!choices.isOpen || choices.many || !current || editor.text.trim() === '') return editor.text;
    return current.value === '' ? '' : current.label;
  }

  private complain(message: string): void {
    const { editor, notice, say } = this.parts;
    notice.show({ tone: 'refused', message });
    editor.invalid(notice.id);
    say(message);
    this.parts.altered();
  }

  /** Gives up what was typed; what stands in the sheet stays. */
  cancel(): void {
    const decided = this.open?.theirs;
    this.close();
    if (decided) this.parts.say(this.parts.t('相手の値のままにしました。'));
  }

  private close(): void {
    const { editor, choices, notice } = this.parts;
    this.open = null;
    choices.close();
    notice.hide();
    editor.invalid(null);
    editor.lists(null, null);
    this.parts.altered();
  }

  /** The source changed: my text stays, and what another wrote is shown beside it. */
  follow(): void {
    const { open } = this;
    const { editor, model, notice, t } = this.parts;
    if (!open) return;
    const spec = model.specOf(open.ref);
    if (!spec) {
      if (!open.gone) this.lost(open);
      return;
    }
    if (open.gone) notice.hide();
    open.gone = false;
    const now = model.cellOf(open.ref);
    if (now.version === (open.theirs ?? { cell: open.base }).cell.version) return;
    if (!open.theirs && sameValue(now.value, open.base.value)) { open.base = now; return; }
    if (!open.touched && !editor.composing) {
      open.base = now;
      editor.open(editText(spec, now.value, t), 'end');
      return;
    }
    this.meet({ cell: now, by: now.by ?? '', since: Date.now() });
  }

  /** Another value waits for a decision beside my text; where I typed nothing yet, `mine` is my text. */
  meet(theirs: Waiting, mine?: Value): void {
    const { editor, t } = this.parts;
    if (!this.open) return;
    if (mine !== undefined && !this.open.touched && !editor.composing) {
      editor.open(editText(this.open.spec, mine, t), 'end');
    }
    this.open.theirs = theirs;
    this.open.touched = true;
    this.parts.showTheirs(this.open.ref, theirs);
    this.parts.altered();
  }

  private lost(open: Open): void {
    const { notice, say, t } = this.parts;
    open.gone = true;
    const message = t('このセルは表示できなくなりました。入力した文字は残しています。必要なら写してから、Escで閉じてください。');
    notice.show({ tone: 'refused', message });
    say(message);
    this.parts.altered();
  }
}

function chosenOf(cell: CellValue): string[] {
  const { value } = cell;
  if (value === null) return [];
  return typeof value === 'object' ? [...value] : [String(value)];
}
