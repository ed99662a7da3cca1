/** The chair's machine has gone: its own people go on from another one, or the secretariat takes the chair. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Refused } from './marks';
import type { RoomStore } from './store';

/** A page that is only loaded anew is back before this. */
const PATIENCE_MS = 8_000;

export function ChairAway({ store }: { store: RoomStore }): JSX.Element | null {
  const since = useRef<number | null>(null);
  const chair = store.conference.state.value?.chair.agency_id;
  const present = store.link.present.value;
  const concerned = store.isUnderWay && store.mayRun && !store.isChair && present.length > 0;
  if (!concerned || present.some((one) => one.agency_id === chair)) {
    since.current = null;
    return null;
  }
  since.current ??= store.now.value;
  if (store.now.value - since.current < PATIENCE_MS) return null;
  return <TakeOver store={store} chair={store.seat(chair)?.name ?? ''} />;
}

function TakeOver({ store, chair }: { store: RoomStore; chair: string }): JSX.Element {
  const act = store.forms.form('take the chair');
  const { actor, conference_id } = store.data;
  const mine = store.seat(actor.agency_id);
  const may = mine?.role === 'member' && mine.reply !== 'absent';
  const run = (): void => {
    if (!act.busy.value) void act.run('hand_over_chair', { conference_id, agency_id: actor.agency_id, person: actor.person });
  };
  return (
    <div class="verdict chair-away" role="status">
      <p class="verdict-result">{t('議長の機関（{agency}）は接続していません。', { agency: chair })}</p>
      <p class="small">{t('これまでの回答と記録は残っています。議長の機関の別の方が入り直すか、議長を引き継ぐと、続きから進められます。')}</p>
      <Refused refusal={act.refusal.value} kept={false} />
      {may ? (
        <button type="button" class="button button-secondary is-small" aria-disabled={act.busy.value ? 'true' : undefined} onClick={run}>
          {t('{agency}が議長を引き継ぐ', { agency: mine.name })}
        </button>
      ) : <p class="small">{t('「その他の操作」の「議長を交代する」で、出席している機関に交代できます。')}</p>}
    </div>
  );
}
