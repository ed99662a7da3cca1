/** 進め方: the steps of a case; the chair walks them, and every screen shows where the table stands. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import type { ItemStep } from '../live/course';
import type { RoomStore, Tab } from './store';

interface Step { readonly key: ItemStep; readonly hint: string; readonly tab: Tab }

export const STEP_ORDER: readonly ItemStep[] = ['explanation', 'questions', 'menu', 'lead', 'tasks'];

export const steps = (): readonly Step[] => [
  { key: 'explanation', hint: t('紹介元の機関が、企業の状況と依頼内容を説明します。'), tab: 'sheet' },
  { key: 'questions', hint: t('事実と意見を分けて、各機関が質問します。'), tab: 'sheet' },
  { key: 'menu', hint: t('各機関が、できる支援を「支援提案」に書きます。'), tab: 'offers' },
  { key: 'lead', hint: t('主担当機関を提案し、各機関の意思表示を受け付けます。'), tab: 'offers' },
  { key: 'tasks', hint: t('担当機関と期限を決めて「記録」に残し、議題を終えます。'), tab: 'record' },
];

interface WalkProps {
  readonly store: RoomStore;
  readonly item: AgendaItem;
  /** Without it the steps are only shown. */
  readonly go?: (at: number) => void;
}

export function Walk({ store, item, go }: WalkProps): JSX.Element {
  const now = STEP_ORDER.indexOf(item.step ?? 'explanation');
  return (
    <ol class="console-walk" aria-label={t('進め方')}>
      {STEP_ORDER.map((key, at) => {
        const name = store.data.labels.item_steps[key] ?? '';
        return (
          <li key={key} class={at < now ? 'is-done' : at === now ? 'is-now' : ''} aria-current={go === undefined && at === now ? 'step' : undefined}>
            {go === undefined ? <span>{name}</span> : (
              <button type="button" aria-current={at === now ? 'step' : undefined} onClick={() => go(at)}>{name}</button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** For those who do not walk it: the running case and where its discussion stands. */
export function StepShown({ store }: { store: RoomStore }): JSX.Element | null {
  const running = store.running.value;
  const walks = store.mayRun && !store.data.projector && store.selected.value?.id === running?.id;
  if (running?.kind !== 'case' || !store.isUnderWay || walks) return null;
  return <div class="walk-shown"><span class="walk-title">{t('議題{number}', { number: running.position })}</span><Walk store={store} item={running} /></div>;
}
