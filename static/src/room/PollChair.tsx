/** What the chair does with a ballot: closing it, and deciding between equals. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Poll } from '../live/polls';
import { Paragraph, Radios, SendButton, submitting } from './fields';
import { Refused } from './marks';
import { Sure } from './Others';
import { choiceText, FEWEST_SECRET } from './poll-words';
import type { RoomStore } from './store';

export function ClosePoll({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  const act = store.forms.form(`close poll ${poll.id}`);
  const done = poll.answered.length;
  const told = t('{all}機関中{done}機関が回答しています。締め切ると、以後の回答はできません。', { all: poll.seats.length, done });
  const shut = poll.rule.secret && done < FEWEST_SECRET ? t('投票が{fewest}機関に満たないため、開票されません。', { fewest: FEWEST_SECRET }) : '';
  return (
    <div class="poll-chair">
      <Sure label={t('締め切って結果を出す')} question={told + shut} act={() => act.run('close_poll', { poll_id: poll.id })} />
      <Refused refusal={act.refusal.value} kept={false} />
    </div>
  );
}

export function DecideTie({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element | null {
  const form = store.forms.form(`tie ${poll.id}`, { choice: '', reason: '' });
  if (poll.result?.outcome !== 'tied' || poll.rule.tie !== 'chair' || poll.decided !== null) return null;
  const send = (): void => void form.submit('decide_tie', { poll_id: poll.id, choice: form.get('choice'), reason: form.get('reason') });
  return (
    <form class="form" aria-label={t('議長の裁決')} onSubmit={submitting(form, send)}>
      <Radios form={form} name="choice" label={t('議長の裁決')} options={poll.result.tied.map((value) => ({ value, label: choiceText(store, poll, value) }))} />
      <Paragraph form={form} name="reason" label={t('裁決の理由')} required />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('裁決する')}</SendButton>
    </form>
  );
}
