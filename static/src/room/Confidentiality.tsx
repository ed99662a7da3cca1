/** 守秘・取扱いの確認: in the place of everything that is told at the table, until it is accepted. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Statement } from './data';
import { SendButton, submitting } from './fields';
import { Refused } from './marks';
import type { RoomStore } from './store';

export function Confidentiality({ store, statement }: { store: RoomStore; statement: Statement }): JSX.Element {
  return (
    <section class="room-center confidentiality" id="pane-center" aria-labelledby="confidentiality-title">
      <h2 id="confidentiality-title">{t('守秘・取扱いの確認')}</h2>
      {store.data.projector ? <p>{t('案件の内容を投影するには、先に会議室で守秘・取扱いの確認をしてください。')}</p> : <Text store={store} statement={statement} />}
    </section>
  );
}

function Text({ store, statement }: { store: RoomStore; statement: Statement }): JSX.Element {
  const form = store.forms.form('confidentiality');
  const accept = async (): Promise<void> => {
    const answer = await form.run('accept_confidentiality', { conference_id: store.data.conference_id, version: statement.version });
    if (answer.ok) store.admit();
  };
  return (
    <>
      <p>{statement.lead}</p>
      <ol>{statement.points.map((point) => <li key={point}>{point}</li>)}</ol>
      <p class="small">{statement.close}</p>
      <form class="form form-plain" onSubmit={submitting(form, () => void accept())}>
        <SendButton form={form} connected={store.link.status.value.connected}>{t('確認しました')}</SendButton>
        <Refused refusal={form.refusal.value} kept={false} />
      </form>
    </>
  );
}
