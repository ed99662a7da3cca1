/** 詳しい決め方 of a ballot: quorum, whose answer is needed, of whom a share is taken. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { Select, Text } from './fields';
import type { Form, Values } from './forms';
import type { RoomStore } from './store';

export const MAIN_BANK = 'main_bank';
export const RULE_AT_FIRST = { tie: 'chair', quorum: '', share: '', denominator: 'all', abstention: 'leaves', must_include: '' } satisfies Values;

export const labelled = (labels: Readonly<Record<string, string>>, keys: readonly string[]): { value: string; label: string }[] =>
  keys.map((value) => ({ value, label: labels[value] ?? value }));

/** Marks that somebody at the table carries. */
export function seatMarks(store: RoomStore): readonly string[] {
  const hosts = store.members.some(({ agency_id }) => agency_id === store.data.host_agency_id);
  return [...(hosts ? ['secretariat'] : []), ...new Set(store.members.map(({ kind }) => kind))];
}

/** What is set, as far as it can be set here: `marks` are those that are offered. */
export function ruleIn(form: Form, marks: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    tie: form.get('tie'), quorum: form.get('quorum') || null, share: form.get('share') !== '',
    denominator: form.get('denominator'), abstention: form.get('abstention'), must_include: chosen(form).filter((mark) => marks.includes(mark)),
  };
}

const chosen = (form: Form): readonly string[] => form.get('must_include').split(' ').filter((mark) => mark !== '');

export function PollRule({ store, form, method, marks }: { store: RoomStore; form: Form; method: string; marks: readonly string[] }): JSX.Element {
  const { labels } = store.data;
  const counted = method === 'majority' || method === 'two_thirds';
  // What is wrong stands beside its field, so the field has to be seen.
  const wrong = Object.keys(form.refusal.value?.fields ?? {}).some((name) => name in RULE_AT_FIRST);
  const lacking = form.refusal.value?.fields['must_include'] ?? '';
  const toggle = (mark: string, on: boolean): void => {
    const others = chosen(form).filter((one) => one !== mark);
    form.set('must_include', (on ? [...others, mark] : others).join(' '));
  };
  return (
    <details class="disclosure" open={wrong ? true : undefined}>
      <summary>{t('定足数など、詳しい決め方')}</summary>
      <div class="disclosure-body">
        <div class="field-row">
          <Text form={form} name="quorum" label={t('定足数（空欄は会議の既定）')} max={3} />
          <Select form={form} name="share" label={t('定足数の数え方')} empty={t('機関の数')} options={[{ value: '1', label: t('対象機関の割合（％）') }]} />
        </div>
        {counted ? <Select form={form} name="denominator" label={t('分母')} options={labelled(labels.denominators, Object.keys(labels.denominators))} /> : null}
        {counted || method === 'unanimity' ? <Select form={form} name="abstention" label={t('棄権の扱い')} options={labelled(labels.abstentions, Object.keys(labels.abstentions))} /> : null}
        <fieldset class="choices">
          <legend>{t('回答が必要な機関')}</legend>
          <div class="choice-list">
            {marks.map((mark) => (
              <label key={mark} class="choice">
                <input type="checkbox" checked={chosen(form).includes(mark)} onChange={(event) => toggle(mark, event.currentTarget.checked)} />
                <span class="choice-text">{labels.marks[mark] ?? mark}</span>
              </label>
            ))}
          </div>
          {lacking === '' ? null : <p class="error">{lacking}</p>}
        </fieldset>
      </div>
    </details>
  );
}
