/** The room as this person has it: connection, what is looked at, and who may do what. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { t } from '../i18n';
import { foldCase, type CaseSnapshot } from '../live/case';
import { foldConference, type AgendaItem, type ConferenceSeat, type ConferenceSnapshot } from '../live/conference';
import type { Pause } from '../live/course';
import { foldItem, type ItemSnapshot, type Round } from '../live/item';
import type { Link, Room } from '../live/link';
import { forecast, type Forecast } from '../live/timetable';
import type { Entry } from '../live/types';
import { Announcer } from './announcer';
import { CaseSheet } from './case-sheet';
import type { RoomData, Statement } from './data';
import { tellFirm } from './firm-told';
import { Forms, type Send } from './forms';
import { Lanes, type LaneName } from './lanes';
import { callsOn } from './mentions';
import type { Saying } from './remarks';
import { tellCourse } from './course-told';
import { tellPoll } from './poll-told';
import { NEAR, SOON, timeLeft } from './time';

export type Pane = 'left' | 'center' | 'right';
export type Tab = 'sheet' | 'offers' | 'issues' | 'progress' | 'papers' | 'plan' | 'record';

/** A role that watches never acts (the domain's `access`). */
const WATCHING = new Set(['observer', 'auditor']);
const UNDER_WAY = new Set<string>(['open', 'paused']);

export class RoomStore {
  readonly conference: Room<ConferenceSnapshot>;
  /** To be accepted before any item is told; null once that is done. */
  readonly statement: Signal<Statement | null>;
  readonly tab = signal<Tab>('sheet');
  readonly pane: Signal<Pane> = signal<Pane>('right');
  readonly now: Signal<number>;
  readonly announcer = new Announcer();
  readonly forms: Forms;
  readonly send: Send;
  readonly selected: ReadonlySignal<AgendaItem | null>;
  readonly item: ReadonlySignal<ItemSnapshot | null>;
  readonly round: ReadonlySignal<Round | null>;
  readonly running: ReadonlySignal<AgendaItem | null>;
  readonly lanes: Lanes;
  /** A cell of the sheet that is looked for: its grid goes there. */
  readonly soughtCell: Signal<{ readonly row: string; readonly column: string } | null> = signal(null);
  readonly foreseen: ReadonlySignal<Forecast | null>;
  private readonly chosen = signal<string | null>(null);
  private readonly rooms = signal<ReadonlyMap<string, Room<ItemSnapshot>>>(new Map());
  private readonly sheets = new Map<string, CaseSheet>();
  private readonly cases = new Map<string, Room<CaseSnapshot>>();

  constructor(readonly link: Link, readonly data: RoomData) {
    this.send = (name, body) => link.act(name, body);
    this.forms = new Forms(this.send);
    this.now = signal(link.now());
    this.chosen.value = data.item;
    this.statement = signal(data.statement);
    this.conference = link.enter(`c-${data.conference_id}`, foldConference);
    this.conference.onEntry(({ kind, body }) => {
      if (kind === 'item_started') this.knockAgain(body.item_id);
      if (kind === 'seat_vacated' || kind === 'seat_retaken') this.seatChanged(kind, body.item_id, body.agency_id);
      if (kind === 'confidentiality_accepted' && body.person_id === data.actor.person_id) this.admit();
      tellCourse(this, kind, body);
      tellPoll(this, kind, body);
    });
    this.running = computed(() => this.agenda.find((item) => item.status === 'running') ?? null);
    this.selected = computed(() => {
      const chosen = this.agenda.find((item) => item.id === this.chosen.value);
      return chosen ?? this.running.value ?? this.agenda[0] ?? null;
    });
    this.foreseen = computed(() => {
      const conference = this.conference.state.value;
      return conference === null ? null : forecast(conference, this.now.value);
    });
    this.item = computed(() => this.itemRoom(this.selected.value?.id)?.state.value ?? null);
    this.round = computed(() => this.item.value?.rounds.at(-1) ?? null);
    this.lanes = new Lanes(this);
  }

  get agenda(): readonly AgendaItem[] {
    return this.conference.state.value?.items ?? [];
  }

  get seats(): readonly ConferenceSeat[] {
    return this.conference.state.value?.seats ?? [];
  }

  get members(): readonly ConferenceSeat[] {
    return this.seats.filter((seat) => seat.role === 'member');
  }

  seat(agencyId: string | null | undefined): ConferenceSeat | null {
    return this.seats.find((seat) => seat.agency_id === agencyId) ?? null;
  }

  /** A question is open and not yet declared. */
  get asked(): Round | null {
    const round = this.round.value;
    return round !== null && round.result === null ? round : null;
  }

  get mayAct(): boolean {
    const { actor, projector } = this.data;
    return !projector && !WATCHING.has(actor.role);
  }

  get isSeated(): boolean {
    return this.mayAct && this.seat(this.data.actor.agency_id)?.role === 'member';
  }

  get isChair(): boolean {
    return this.mayAct && this.conference.state.value?.chair.agency_id === this.data.actor.agency_id;
  }

  get mayRun(): boolean {
    return this.isChair || (this.mayAct && this.data.is_host);
  }

  /** The table has been opened and not closed again; a break changes nothing about that. */
  get isUnderWay(): boolean {
    return UNDER_WAY.has(this.conference.state.value?.status ?? '');
  }

  /** 休憩: forms stay with what was typed into them; what is sent waits for the table. */
  get paused(): Pause | null {
    return this.conference.state.value?.paused ?? null;
  }

  /** The item in view is being discussed at this moment. */
  get isLive(): boolean {
    return this.isUnderWay && this.selected.value?.status === 'running';
  }

  /** Where the clock stands: during a break at its beginning. */
  get clock(): number {
    return this.paused === null ? this.now.value : Date.parse(this.paused.at);
  }

  choose(id: string): void {
    this.chosen.value = id;
    const address = new URL(location.href);
    address.searchParams.set('item', id);
    history.replaceState(null, '', address);
  }

  /** Follow the agenda again instead of staying with one item. */
  follow(): void {
    this.chosen.value = null;
    const address = new URL(location.href);
    address.searchParams.delete('item');
    history.replaceState(null, '', address);
  }

  itemRoom(id: string | undefined): Room<ItemSnapshot> | undefined {
    return id === undefined ? undefined : this.rooms.value.get(id);
  }

  /** What the agenda calls the item; a firm is named only where its room is open to this agency. */
  titleOf(item: AgendaItem): string {
    if (item.kind !== 'case') return item.title || (this.data.labels.items[item.kind] ?? '');
    if (this.statement.value !== null) return t('案件（守秘の確認後に表示）');
    if (this.data.masked) return t('議題{number}', { number: item.position });
    const room = this.itemRoom(item.id);
    if (room?.gone.value) return t('案件（非公開）');
    return room?.state.value?.case?.firm_name ?? t('案件');
  }

  /** The statement is accepted, here or in another window: what it held back comes now. */
  admit(): void {
    this.statement.value = null;
  }

  /** Enters the room of every item; a case outside this agency's consent only says that it is closed. */
  enterItems(): void {
    if (this.statement.value !== null) return;
    const known = this.rooms.peek();
    const added = this.agenda.filter((item) => !known.has(item.id));
    if (added.length === 0) return;
    const rooms = new Map(known);
    for (const { id } of added) {
      const room = this.link.enter(`i-${id}`, foldItem);
      room.onEntry((entry) => this.heard(id, entry));
      rooms.set(id, room);
    }
    this.rooms.value = rooms;
  }

  /** The field for what is said before all. */
  saying(itemId: string): Saying {
    return this.lanes.saying(itemId, 'all');
  }

  sheet(caseId: string): CaseSheet {
    let found = this.sheets.get(caseId);
    if (found === undefined || found.room.gone.peek()) {
      const sheet = new CaseSheet(this.link, this.data, caseId);
      effect(() => {
        if (sheet.waiting.value > 0) this.announcer.say(`clash ${sheet.waiting.value}`, t('シートに確認が必要な入力があります。'));
      });
      this.sheets.set(caseId, sheet);
      found = sheet;
    }
    return found;
  }

  case(caseId: string): Room<CaseSnapshot> {
    let found = this.cases.get(caseId);
    if (found === undefined || found.gone.peek()) {
      found = this.link.enter(`a-${caseId}`, foldCase);
      this.cases.set(caseId, found);
    }
    return found;
  }

  /** Whom a question would ask now: members who did not send word of absence, within the firm's consent. */
  get electorate(): readonly ConferenceSeat[] {
    const caseId = this.item.value?.case?.id;
    const consent = caseId === undefined ? null : this.case(caseId).state.value?.consent;
    return this.members.filter(
      (seat) => seat.reply !== 'absent' && !this.selected.value?.recused.includes(seat.agency_id) && (consent === null || consent === undefined || consent.agencies.includes(seat.agency_id)),
    );
  }

  get isOver(): boolean {
    const status = this.conference.state.value?.status;
    return status === 'closed' || status === 'cancelled';
  }

  /** This agency is out of the item for a conflict of interest: it sees its number and nothing else. */
  isOutOf(item: AgendaItem | null): boolean {
    return item?.recused.includes(this.data.actor.agency_id) === true;
  }

  /** Something of this person's has not reached the server, sent or still being typed. */
  get unfinished(): boolean {
    return this.lanes.typing || this.forms.touched || this.link.status.value.unsent > 0;
  }

  tick(): void {
    const now = this.link.now();
    if (Math.floor(now / 1000) !== Math.floor(this.now.peek() / 1000)) this.now.value = now;
    const running = this.running.peek();
    if (!running?.ends_at || this.paused !== null) return;
    const { seconds } = timeLeft(running.ends_at, now);
    if (seconds <= 0) this.announcer.say(`over ${running.id} ${running.ends_at}`, t('議題の時間になりました。'));
    else if (seconds <= SOON) this.announcer.say(`soon ${running.id} ${running.ends_at}`, t('議題の残り時間が1分になりました。'));
    else if (seconds <= NEAR) this.announcer.say(`near ${running.id} ${running.ends_at}`, t('議題の残り時間が5分になりました。'));
  }

  /** Read aloud who calls on this agency, and what is said in an inner lane that is not in view. */
  called({ kind, body, by }: Entry, lane: LaneName): void {
    const { agency_id, person } = this.data.actor;
    if (this.data.projector || !kind.includes('remark') || (by.agency_id === agency_id && by.person === person)) return;
    if (callsOn({ mentions: body.mentions ?? [] }, this.data.actor)) {
      this.announcer.say(`call ${body.remark_id}`, t('{agency} {person}さんから、あなたの機関宛の発言があります。', { agency: by.agency, person: by.person }));
    } else if (lane !== 'all' && lane !== this.lanes.current.peek()) {
      this.announcer.say(`lane ${body.remark_id}`, lane === 'agency' ? t('自機関内に新しい発言があります。') : t('議長宛に新しい発言があります。'));
    }
  }

  private heard(itemId: string, entry: Entry): void {
    const { kind, body } = entry;
    this.called(entry, 'all');
    tellFirm(this.announcer, entry);
    tellPoll(this, kind, body);
    const number = this.agenda.find((item) => item.id === itemId)?.position ?? '';
    if (kind === 'round_opened') {
      const mine = (body.seats as { agency_id: string }[]).some(({ agency_id }) => agency_id === this.data.actor.agency_id);
      this.announcer.say(`round ${body.round_id}`, mine && this.mayAct
        ? t('議題{number}で主担当機関の確認が始まりました。自機関の回答をお願いします。', { number })
        : t('議題{number}で主担当機関の確認が始まりました。', { number }));
    }
    if (kind === 'result_declared') {
      const result = this.data.labels.results[body.result] ?? '';
      this.announcer.say(`result ${body.round_id}`, t('議題{number}の結果が宣言されました：{result}', { number, result }));
    }
  }

  private seatChanged(kind: string, itemId: string, agencyId: string): void {
    const number = this.agenda.find((item) => item.id === itemId)?.position ?? '';
    const agency = this.seat(agencyId)?.name ?? '';
    const left = kind === 'seat_vacated';
    this.announcer.say(`${kind} ${itemId} ${agencyId} ${this.now.peek()}`, left
      ? t('{agency}が利益相反のため議題{number}を退席しました。', { agency, number })
      : t('{agency}の議題{number}の退席が取り消されました。', { agency, number }));
    if (!left && agencyId === this.data.actor.agency_id) this.knockAgain(itemId);
  }

  /** Rights may have come since the door was closed: an item that begins is asked for once more. */
  private knockAgain(itemId: string): void {
    if (this.itemRoom(itemId)?.gone.peek() !== true) return;
    const rooms = new Map(this.rooms.peek());
    rooms.delete(itemId);
    this.rooms.value = rooms;
    this.enterItems();
  }
}
