/** Two values for one cell: shows both, whose and since when, and carries out the choice. */

import type { SheetModel } from './model';
import type { Notice, NoticeLine } from './notice';
import { GLANCE, Problems, type Problem, type Waiting } from './problems';
import type { Asked } from './reason';
import type { CellRef, CellValue, Clash, Translate, Value } from './types';
import { shownText } from './values';
import type { Writer } from './writer';

export interface DecisionParts {
  model: SheetModel;
  notice: Notice;
  writer: Writer;
  t: Translate;
  language(): string;
  say(message: string): void;
  editing(): boolean;
  /** Puts the active cell there and the focus on it. */
  go(ref: CellRef): void;
  reopen(ref: CellRef, typed: string, message: string): boolean;
  /** Asks why what was decided is corrected. */
  ask(asked: Asked): void;
  /** Esc and Enter for the edit that is open. */
  giveUp(): void;
  take(): void;
  altered(): void;
}

export class Decisions {
  private readonly problems: Problems;
  private shown: Problem | null = null;

  constructor(below: HTMLElement, private readonly parts: DecisionParts) {
    const { writer } = parts;
    this.problems = new Problems(below, parts.t, {
      named: (ref) => writer.named(ref),
      linesOf: (problem) => this.linesOf(problem),
      messageOf: (problem) => this.messageOf(problem),
      go: (problem) => this.go(problem),
      theirs: (problem) => this.theirs(problem),
      mine: (problem) => this.mine(problem),
    });
  }

  /** The clash that waits at the active cell while nobody edits. */
  get atHand(): Problem | null { return this.shown; }

  add(problem: Problem): void {
    const { t, writer } = this.parts;
    this.problems.add(problem);
    this.parts.say(t('{where}：{what}', { where: writer.named(problem), what: this.messageOf(problem) }));
    this.draw();
  }

  /** Takes a waiting clash into an edit that begins at its cell. */
  into(ref: CellRef): Waiting | null {
    const problem = this.problems.at(ref);
    if (problem?.kind !== 'clash') return null;
    this.problems.settle(ref);
    this.shown = null;
    return { cell: problem.clash.theirs, by: problem.clash.theirsBy, since: problem.since };
  }

  follow(): void {
    this.problems.follow((ref) => this.parts.model.cellOf(ref));
    this.draw();
  }

  /** The clash at the active cell stands beside it, all others below the sheet. */
  draw(): void {
    const { model, notice, t } = this.parts;
    const here = this.parts.editing() ? null : this.problems.at(model.activeRef);
    const atCell = here?.kind === 'clash' ? here : null;
    if (atCell) {
      notice.show({
        tone: 'clash', message: this.messageOf(atCell), lines: this.linesOf(atCell),
        buttons: [
          { text: t('相手の値にする（Esc）'), act: () => this.theirs(atCell) },
          { text: t('自分の値にする（Enter）'), act: () => this.mine(atCell) },
        ],
      });
    } else if (this.shown) notice.hide();
    this.shown = atCell;
    this.problems.draw(atCell);
  }

  /** Another wrote into the cell I am editing: theirs beside my text. */
  beside(ref: CellRef, theirs: Waiting): void {
    const { notice, t } = this.parts;
    const message = this.changedBy(theirs.cell, theirs.by);
    notice.show({
      tone: 'clash', message,
      lines: [{ term: t('相手の値'), text: this.words(ref, theirs.cell.value) }],
      buttons: [
        { text: t('相手の値にする（Esc）'), act: () => this.parts.giveUp() },
        { text: t('自分の値にする（Enter）'), act: () => this.parts.take() },
      ],
    });
    this.parts.say(message);
  }

  /** Esc, or its button: what the other wrote stays. */
  theirs(problem: Problem): void {
    this.settled(problem);
    if (problem.kind === 'clash') this.parts.say(this.parts.t('相手の値のままにしました。'));
  }

  /** Enter, or its button: my value is written over theirs, which I have seen. */
  mine(problem: Problem): void {
    if (problem.kind !== 'clash' || Date.now() - problem.since < GLANCE) return;
    this.settled(problem);
    this.parts.writer.put(problem, problem.clash.mine, problem.clash.theirs.version);
    this.parts.say(this.parts.t('自分の値にしました。'));
  }

  private settled(problem: Problem): void {
    this.problems.settle(problem);
    this.draw();
    this.parts.altered();
  }

  private go(problem: Problem): void {
    this.parts.go(problem);
    if (problem.kind === 'reason' && !this.parts.editing()) {
      this.problems.settle(problem);
      this.parts.ask(problem);
    }
    if (problem.kind !== 'refused' || this.parts.editing()) return;
    if (this.parts.reopen(problem, problem.typed, problem.message)) this.problems.settle(problem);
    this.draw();
  }

  words(ref: CellRef, value: Value): string {
    const { model, t } = this.parts;
    const spec = model.specOf(ref);
    const text = spec ? shownText(spec, value, t, this.parts.language()) : '';
    return text === '' ? t('（空欄）') : text;
  }

  private changedBy(cell: CellValue, by: string): string {
    const { t } = this.parts;
    const who = by === '' ? t('他の参加者') : by;
    const at = cell.at === undefined ? null : this.moment(cell.at);
    return at === null
      ? t('{who}がこのセルを変更しました。', { who })
      : t('{who}が{at}にこのセルを変更しました。', { who, at });
  }

  /** The clock time today, with the day before that. */
  private moment(iso: string): string | null {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return null;
    const today = at.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(this.parts.language(), {
      hour: '2-digit', minute: '2-digit', ...(today ? {} : { month: 'numeric', day: 'numeric' }),
    }).format(at);
  }

  private messageOf(problem: Problem): string {
    return problem.kind === 'clash'
      ? this.changedBy(problem.clash.theirs, problem.clash.theirsBy)
      : problem.message;
  }

  private linesOf(problem: Problem): readonly NoticeLine[] {
    const { t } = this.parts;
    if (problem.kind === 'refused') return [{ term: t('入力した内容'), text: problem.typed }];
    if (problem.kind === 'reason') {
      const why = problem.reason === '' ? [] : [{ term: t('訂正の理由'), text: problem.reason }];
      return [{ term: t('訂正後の内容'), text: this.words(problem, problem.value) }, ...why];
    }
    return [
      { term: t('相手の値'), text: this.words(problem, problem.clash.theirs.value) },
      { term: t('自分の値'), text: this.words(problem, problem.clash.mine) },
    ];
  }
}

/** What a clash of the server becomes on this screen. */
export const clashProblem = (ref: CellRef, clash: Clash): Problem =>
  ({ ...ref, kind: 'clash', clash, since: Date.now() });
