/** A case, folded from its own journal: state, lead, consent, referral and the support plan. */
import type { Entry } from './types';

export interface CaseConsent {
  readonly version: number;
  readonly status: string;
  readonly agencies: readonly string[];
  readonly groups: readonly string[];
  readonly valid_until: string | null;
  readonly withdrawn_on: string | null;
}

export interface CaseReferral {
  readonly id: string;
  readonly to_agency_id: string;
  readonly to_agency: string;
  readonly reason: string;
  readonly status: 'sent' | 'accepted' | 'returned';
  readonly reason_returned: string;
}

export type PlanStatus = 'draft' | 'circulating' | 'agreed' | 'superseded';
export type PlanListName = 'role' | 'action' | 'kpi';
export type ConfirmationAnswer = 'approve' | 'conditional' | 'return';

export interface PlanSection {
  readonly text: string;
  readonly version: number;
}

export interface PlanLine {
  readonly id: string;
  readonly list: PlanListName;
  readonly position: number;
  readonly agency_id: string | null;
  readonly version: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface AskedAgency {
  readonly agency_id: string;
  readonly name: string;
  readonly kind: string;
}

export interface PlanConfirmation {
  readonly answer: ConfirmationAnswer;
  readonly text: string;
  readonly person: string;
  readonly at: string;
}

/** The newest version; an older one is never changed again. */
export interface CasePlan {
  readonly id: string;
  readonly version: number;
  readonly status: PlanStatus;
  readonly sections: Readonly<Record<string, PlanSection>>;
  readonly lines: readonly PlanLine[];
  readonly asked: readonly AskedAgency[];
  readonly digest: string;
  readonly confirmations: Readonly<Record<string, PlanConfirmation>>;
}

export interface CaseSnapshot {
  readonly id: string;
  readonly case_no: string;
  readonly status: string;
  readonly lead: { readonly agency_id: string | null; readonly agency: string; readonly person: string };
  readonly consent: CaseConsent | null;
  readonly referral: CaseReferral | null;
  readonly plan: CasePlan | null;
}

type Facts = {
  case_opened: { case_no: string; status: string };
  consent_recorded: {
    version: number;
    status: string;
    agencies: readonly string[];
    groups: readonly string[];
    valid_until: string | null;
    case_status: string;
  };
  consent_withdrawn: { version: number; on: string; reason: string; case_status: string };
  case_referred: {
    referral_id: string;
    to_agency_id: string;
    to_agency_name: string;
    reason: string;
    case_status: string;
  };
  referral_answered: {
    referral_id: string;
    status: CaseReferral['status'];
    reason: string;
    case_status: string;
  };
  case_tabled: { conference_id: string; conference_name: string; item_id: string; case_status: string };
  case_discussed: {
    conference_id: string;
    result: string | null;
    lead_agency_id: string | null;
    lead_agency_name: string;
    lead_person: string;
    case_status: string;
  };
  plan_drafted: {
    plan_id: string;
    version: number;
    sections: Readonly<Record<string, PlanSection>>;
    lines: readonly PlanLine[];
    asked: readonly AskedAgency[];
    case_status: string;
  };
  plan_section_written: { plan_id: string; section: string; text: string; version: number };
  plan_line_put: { plan_id: string; line: PlanLine };
  plan_line_removed: { plan_id: string; line_id: string };
  plan_circulated: { plan_id: string; digest: string; asked: readonly AskedAgency[] };
  plan_confirmed: {
    plan_id: string;
    agency_id: string;
    answer: ConfirmationAnswer;
    text: string;
    person: string;
    at: string;
    status: PlanStatus;
    case_status: string;
  };
};

/** An entry of a case's room, by the kind of its fact. */
type CaseFact = { [K in keyof Facts]: { readonly kind: K; readonly body: Facts[K] } }[keyof Facts];

/** The picture after one more entry; the one before stays as it was. */
export function foldCase(before: CaseSnapshot, entry: Entry): CaseSnapshot {
  const { kind, body } = entry as CaseFact;
  switch (kind) {
    case 'case_opened':
      return { ...before, case_no: body.case_no, status: body.status };
    case 'consent_recorded':
      return { ...before, status: body.case_status, consent: consentOf(body) };
    case 'consent_withdrawn':
      return { ...before, status: body.case_status, consent: withdrawn(before.consent, body) };
    case 'case_referred':
      return { ...before, status: body.case_status, referral: referralOf(body) };
    case 'referral_answered':
      return { ...before, status: body.case_status, referral: answered(before.referral, body) };
    case 'case_tabled':
      return { ...before, status: body.case_status };
    case 'case_discussed':
      return {
        ...before,
        status: body.case_status,
        lead: { agency_id: body.lead_agency_id, agency: body.lead_agency_name, person: body.lead_person },
      };
    case 'plan_drafted':
      return { ...before, status: body.case_status, plan: planOf(body) };
    case 'plan_section_written':
      return changePlan(before, body.plan_id, (plan) => ({
        ...plan,
        sections: { ...plan.sections, [body.section]: { text: body.text, version: body.version } },
      }));
    case 'plan_line_put':
      return changePlan(before, body.plan_id, (plan) => ({
        ...plan,
        lines: [...without(plan.lines, body.line.id), body.line].sort(inOrder),
      }));
    case 'plan_line_removed':
      return changePlan(before, body.plan_id, (plan) => ({ ...plan, lines: without(plan.lines, body.line_id) }));
    case 'plan_circulated':
      return changePlan(before, body.plan_id, (plan) => ({
        ...plan,
        status: 'circulating',
        digest: body.digest,
        asked: body.asked,
        confirmations: {},
      }));
    case 'plan_confirmed':
      return changePlan({ ...before, status: body.case_status }, body.plan_id, (plan) => confirmed(plan, body));
    default: {
      const unknown: never = kind;
      throw new Error(`a case knows no ${String(unknown)}`);
    }
  }
}

function consentOf(body: Facts['consent_recorded']): CaseConsent {
  return {
    version: body.version,
    status: body.status,
    agencies: body.agencies,
    groups: body.groups,
    valid_until: body.valid_until,
    withdrawn_on: null,
  };
}

function withdrawn(before: CaseConsent | null, body: Facts['consent_withdrawn']): CaseConsent | null {
  return before && { ...before, version: body.version, status: 'withdrawn', withdrawn_on: body.on };
}

function referralOf(body: Facts['case_referred']): CaseReferral {
  return {
    id: body.referral_id,
    to_agency_id: body.to_agency_id,
    to_agency: body.to_agency_name,
    reason: body.reason,
    status: 'sent',
    reason_returned: '',
  };
}

/** What was said with an acceptance is in the journal only. */
function answered(before: CaseReferral | null, body: Facts['referral_answered']): CaseReferral | null {
  if (before === null || before.id !== body.referral_id) return before;
  return { ...before, status: body.status, reason_returned: body.status === 'returned' ? body.reason : '' };
}

function planOf(body: Facts['plan_drafted']): CasePlan {
  return {
    id: body.plan_id,
    version: body.version,
    status: 'draft',
    sections: body.sections,
    lines: [...body.lines].sort(inOrder),
    asked: body.asked,
    digest: '',
    confirmations: {},
  };
}

/** A return opens the text again: its digest no longer names anything. */
function confirmed(plan: CasePlan, body: Facts['plan_confirmed']): CasePlan {
  const given: PlanConfirmation = { answer: body.answer, text: body.text, person: body.person, at: body.at };
  return {
    ...plan,
    status: body.status,
    digest: body.status === 'draft' ? '' : plan.digest,
    confirmations: { ...plan.confirmations, [body.agency_id]: given },
  };
}

function changePlan(before: CaseSnapshot, id: string, change: (plan: CasePlan) => CasePlan): CaseSnapshot {
  if (before.plan === null || before.plan.id !== id) return before;
  return { ...before, plan: change(before.plan) };
}

function without(lines: readonly PlanLine[], id: string): PlanLine[] {
  return lines.filter((line) => line.id !== id);
}

/** By table, then by place in it: the order in which the server tells them. */
function inOrder(a: PlanLine, b: PlanLine): number {
  if (a.list !== b.list) return a.list < b.list ? -1 : 1;
  return a.position - b.position || (a.id < b.id ? -1 : 1);
}
