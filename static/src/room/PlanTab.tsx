/** 支援計画案: how far the plan is, what it says, and the way to it. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { CasePlan } from '../live/case';
import { Muted, SeatMark } from './marks';
import type { RoomStore } from './store';

export function PlanTab({ store, caseId }: { store: RoomStore; caseId: string }): JSX.Element {
  const room = store.case(caseId);
  const state = room.state.value;
  if (room.gone.value) return <Muted>{t('支援計画案を閲覧する権限がありません。')}</Muted>;
  if (state === null) return <Muted>{t('読み込んでいます。')}</Muted>;
  if (state.plan === null) {
    return <Muted>{t('支援計画案はまだありません。主担当機関が決まると、その機関が作成できます。')}</Muted>;
  }
  return <Plan store={store} plan={state.plan} />;
}

function Plan({ store, plan }: { store: RoomStore; plan: CasePlan }): JSX.Element {
  const sections = Object.entries(plan.sections).filter(([, section]) => section.text !== '');
  const { plan_sections, plan_status, plan_answers } = store.data.labels;
  return (
    <div class="plan">
      <p class="cluster">
        <span class="badge badge-info">{plan_status[plan.status]}</span>
        <span>{t('第{version}版', { version: plan.version })}</span>
        {store.data.urls.plan === '' ? null : <a href={store.data.urls.plan.replace('PLAN', plan.id)}>{t('支援計画書を開く')}</a>}
      </p>
      {plan.asked.length === 0 ? null : (
        <ul class="stances" aria-label={t('各機関の確認')}>
          {plan.asked.map((one) => {
            const given = plan.confirmations[one.agency_id];
            return (
              <li key={one.agency_id}>
                <SeatMark store={store} id={one.agency_id} name={one.name} />
                <span class={given === undefined ? 'muted' : 'badge'}>{given === undefined ? t('未確認') : (plan_answers[given.answer] ?? given.answer)}</span>
                {given?.text ? <p class="prewrap">{given.text}</p> : null}
              </li>
            );
          })}
        </ul>
      )}
      {sections.map(([key, section]) => (
        <section key={key}>
          <h2>{plan_sections[key] ?? key}</h2>
          <p class="prewrap">{section.text}</p>
        </section>
      ))}
    </div>
  );
}
