/** The sheet: one text field over the active cell, a real ARIA grid beside it, and everything that happens between. */

import { ChoiceList } from './choices';
import { clashProblem, Decisions } from './decisions';
import { Editor, type Box } from './editor';
import { element, freshId, quietButton } from './elements';
import { Hand } from './hand';
import { SheetModel } from './model';
import { Notice } from './notice';
import { Pointer } from './pointer';
import { ReasonForm, type Asked } from './reason';
import { Session } from './session';
import { Speaker } from './speaker';
import { keyOf, type CellRef, type Clash, type GridOptions, type PresentPerson, type SheetSource } from './types';
import { shownText } from './values';
import { Viewport } from './viewport';
import { Writer } from './writer';

export class SheetGrid {
  private readonly model: SheetModel;
  private readonly viewport: Viewport;
  private readonly editor: Editor;
  private readonly choices: ChoiceList;
  private readonly notice: Notice;
  private readonly session: Session;
  private readonly decisions: Decisions;
  private readonly writer: Writer;
  private readonly reason: ReasonForm;
  private readonly speaker: Speaker;
  private readonly hand: Hand;
  private readonly pointer: Pointer;
  private readonly resizing: ResizeObserver;
  private frame = 0;
  private published = '';
  private inSight = false;
  private height = 0;

  constructor(
    private readonly root: HTMLElement, private readonly source: SheetSource, private readonly options: GridOptions,
  ) {
    const { t } = options;
    root.classList.add('sg');
    const model = this.model = new SheetModel(source);
    const viewport = this.viewport = new Viewport(root, model, options, () => this.schedule());
    const over = element('div', 'sg-over');
    const below = element('div', 'sg-below-sheet');
    const bar = element('div', 'sg-bar');
    const help = element('p', 'sg-hidden', { id: freshId('sg-help') },
      t('文字を入力すると書き換わります。F2で続きから、Altと下矢印で選択肢、Escで取り消しです。')
      + (source.past ? ` ${t('AltとF9でセルの履歴です。')}` : ''));
    root.append(over, below, bar, help);
    this.speaker = new Speaker(bar);
    bar.append(...this.pastButton(), this.widthButtons());
    const say = (message: string): void => this.speaker.say(message);
    const altered = (): void => this.altered();
    const editor = this.editor = new Editor(over, help.id, {
      began: () => this.hand.began(),
      changed: () => this.session.typed(),
      pressed: (event) => this.hand.pressed(event),
      copied: (event, cut) => this.hand.copied(event, cut),
      pasted: (event) => this.hand.pasted(event),
      entered: () => { root.classList.add('sg-focus'); this.altered(); },
      left: () => { root.classList.remove('sg-focus'); this.hand.left(); },
    });
    const choices = this.choices = new ChoiceList(over, t, {
      picked: (choice) => {
        editor.endComposition();
        this.session.pick(choice);
        if (!choices.many) this.hand.finish('stay');
      },
    });
    const notice = this.notice = new Notice(over);
    const writer = this.writer = new Writer(model, t, say, () => this.hand.wrote());
    const session = this.session = new Session({
      model, editor, choices, notice, writer, t, say, altered,
      showTheirs: (ref, theirs) => this.decisions.beside(ref, theirs),
    });
    const decisions = this.decisions = new Decisions(below, {
      model, notice, writer, t, say, altered,
      language: () => viewport.language,
      editing: () => session.isOpen,
      go: (ref) => this.hand.go(ref),
      reopen: (ref, typed, message) => session.reopen(ref, typed, message),
      ask: (asked) => this.ask(asked),
      giveUp: () => { editor.endComposition(); session.cancel(); },
      take: () => { editor.endComposition(); this.hand.finish('stay'); },
    });
    this.reason = new ReasonForm(over, t, {
      given: (asked) => { writer.put(asked, asked.value, asked.base, asked.reason); editor.focus(); },
      dropped: () => { say(t('決定のとおりのままにしました。')); editor.focus(); },
      left: (asked) => decisions.add({ ...asked, kind: 'reason' }),
    });
    this.hand = new Hand({
      model, viewport, editor, choices, session, decisions, writer, t, say,
      past: () => this.past(),
      arrived: (reveal) => this.arrived(reveal),
    });
    this.pointer = new Pointer(viewport, this.hand);
    (this.resizing = new ResizeObserver(() => this.relayout())).observe(viewport.scroller);
    viewport.scroller.addEventListener('scroll', () => this.schedule(), { passive: true });
    this.relayout();
    this.hold();
  }

  private pastButton(): HTMLElement[] {
    const { options: { t }, source } = this;
    return source.past ? [quietButton('sg-button', t('セルの履歴（Alt+F9）'), () => this.past())] : [];
  }

  private past(): void {
    const { row, column } = this.model.activeRef;
    if (this.source.past?.(row, column) === false) this.speaker.say(this.options.t('このセルには履歴がありません。'));
  }

  private widthButtons(): HTMLElement {
    const { t } = this.options;
    const group = element('div', 'sg-widths', { role: 'group', 'aria-label': t('列幅') });
    const change = (direction: 1 | -1): void => {
      const { column } = this.model.active;
      const width = this.viewport.head.step(column, direction);
      const title = this.model.columns[column]?.title ?? '';
      this.speaker.say(t('「{title}」の列幅を{width}にしました。', { title, width: String(width) }));
    };
    group.append(
      quietButton('sg-button', t('列を狭く'), () => change(-1)),
      quietButton('sg-button', t('列を広く'), () => change(1)),
    );
    return group;
  }

  /** Re-reads these cells; without an argument everything, rows and columns included. */
  changed(cells?: readonly CellRef[]): void {
    const rows = cells?.map(({ row }) => row);
    const held = this.session.isOpen;
    if (!rows) this.viewport.keeping(held, () => this.model.reread());
    else if (this.viewport.outgrown(rows)) this.viewport.keeping(held, () => undefined);
    else this.viewport.touch(rows);
    this.writer.observe(cells);
    this.session.follow();
    this.decisions.follow();
    const { row, column } = this.model.activeRef;
    if (!cells || cells.some((cell) => cell.row === row && cell.column === column)) this.hold();
    this.schedule();
  }

  /** The server kept another's value: both are shown until I choose. */
  clash(row: string, column: string, clash: Clash): void {
    const ref = { row, column };
    this.writer.history.forget(ref);
    const editing = this.session.ref;
    if (editing?.row === row && editing.column === column) {
      this.session.meet({ cell: clash.theirs, by: clash.theirsBy, since: Date.now() }, clash.mine);
      return;
    }
    if (this.hand.idle) this.hand.go(ref);
    this.decisions.add(clashProblem(ref, clash));
  }

  /** The server would not take this: the editor opens again with what was typed, and says why. */
  refused(row: string, column: string, typed: string, message: string): void {
    const ref = { row, column };
    this.writer.history.forget(ref);
    if (this.hand.idle) this.hand.go(ref);
    const here = this.hand.idle && this.model.activeRef.row === row && this.model.activeRef.column === column;
    if (!here || !this.session.reopen(ref, typed, message)) {
      this.decisions.add({ ...ref, kind: 'refused', typed, message });
    }
  }

  /** What was decided changes only with a reason: it is asked for at the cell, or waits below the sheet. */
  unexplained(asked: Asked): void {
    this.writer.history.forget(asked);
    if (!this.hand.idle) { this.decisions.add({ ...asked, kind: 'reason' }); return; }
    this.hand.go(asked);
    this.ask(asked);
  }

  private ask(asked: Asked): void {
    this.reason.show(asked, this.decisions.words(asked, asked.value));
    this.speaker.say(asked.message);
    this.schedule();
  }

  /** Marks the cells whose write is not acknowledged yet, and only those. */
  unsaved(cells: readonly CellRef[]): void {
    this.model.unsaved = new Set(cells.map(({ row, column }) => keyOf(row, column)));
    this.viewport.touch('all');
    this.schedule();
  }

  presence(list: readonly PresentPerson[]): void {
    this.model.setPresent(list);
    this.viewport.touch('all');
    this.schedule();
  }

  /** Stand on a cell; what is being typed elsewhere is taken first, or keeps its place. */
  go(ref: CellRef): void {
    this.hand.go(ref);
  }

  focus(): void {
    this.editor.focus();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.resizing.disconnect();
    this.pointer.stop();
    this.speaker.stop();
    this.root.replaceChildren();
    this.root.classList.remove('sg', 'sg-focus', 'sg-editing');
  }

  /** The window became larger or smaller: what I was looking at stays in sight. */
  private relayout(): void {
    this.viewport.relayout();
    this.height = this.viewport.window.height;
    if (this.inSight) this.viewport.reveal(this.model.active);
    this.schedule();
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.viewport.render();
      this.place();
    });
  }

  /** Beside the cell while moving; grown over it while editing, with its list and notice around it. */
  private place(): void {
    const { model, editor, viewport, session } = this;
    const spot = (session.ref && model.spotOf(session.ref)) ?? model.active;
    const { box, seen } = viewport.boxOf(spot);
    if (viewport.window.height === this.height) this.inSight = seen;
    let around: Box = box;
    if (session.isOpen) around = editor.placeGrown(box, viewport.within);
    else editor.place(box, seen && !model.empty);
    const root = this.root.getBoundingClientRect();
    const room = {
      width: root.width,
      above: root.top + around.top - 8,
      below: window.innerHeight - root.top - around.top - around.height - 8,
    };
    this.choices.place(around, room);
    this.notice.place(around, this.choices.height, room);
    this.reason.place(around, room);
  }

  /** Editing began or ended, or a notice came or went. */
  private altered(): void {
    this.root.classList.toggle('sg-editing', this.session.isOpen);
    this.decisions.draw();
    this.hold();
    this.publish();
    this.schedule();
  }

  private arrived(reveal: boolean): void {
    if (reveal) this.viewport.reveal(this.model.active);
    this.altered();
    this.speaker.cell(this.described());
  }

  /** The text field stands for the active cell: its words, its name, whether it may change. */
  private hold(): void {
    if (this.session.isOpen) return;
    const { model, options: { t } } = this;
    const ref = model.activeRef;
    const spec = model.specOf(ref);
    const text = spec ? shownText(spec, model.cellOf(ref).value, t, this.viewport.language) : '';
    this.editor.hold(text, this.labelled(), spec?.type ?? 'readonly', !model.editable(ref));
  }

  private labelled(): string {
    const { model, writer, options: { label, t } } = this;
    if (model.empty) return label;
    const name = writer.named(model.activeRef);
    return model.editable(model.activeRef) ? name : t('{name}（変更できません）', { name });
  }

  private described(): string {
    const { t } = this.options;
    return this.editor.text === ''
      ? t('{name}、空欄', { name: this.labelled() })
      : t('{name}、{text}', { name: this.labelled(), text: this.editor.text });
  }

  /** Others see where I am once I have been here, and only when it changes. */
  private publish(): void {
    const { row, column } = this.model.activeRef;
    const editing = this.session.isOpen && !this.session.reading;
    const place = `${keyOf(row, column)} ${editing}`;
    if (this.model.empty || !this.root.classList.contains('sg-focus') || place === this.published) return;
    this.published = place;
    this.source.where(row, column, editing);
  }
}
