/** The foot of the room: is the line up, what is saved, what is not, and who is here. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ConferenceSeat } from '../live/conference';
import { Agency } from './marks';
import type { RoomStore } from './store';
import { clockTime } from './time';

export function BottomBar({ store, showKeys, showSeats }: { store: RoomStore; showKeys: () => void; showSeats: () => void }): JSX.Element {
  const present = store.link.present.value;
  const counts = new Map<string, number>();
  for (const { agency_id } of present) counts.set(agency_id, (counts.get(agency_id) ?? 0) + 1);
  // Every seat in the order of the office; whoever is here without a seat (事務局) comes after.
  const seats = store.seats.filter((seat) => counts.has(seat.agency_id));
  const watching = seats.filter((seat) => seat.role === 'observer');
  return (
    <footer class="room-bottom">
      <LinkState store={store} />
      <span class="presence-count">{t('接続 {people}人／{agencies}機関', { people: present.length, agencies: counts.size })}</span>
      <Present store={store} label={t('接続している機関')} seats={seats.filter((seat) => seat.role === 'member')} counts={counts} />
      {watching.length === 0 ? null : (
        <span class="presence-observers">
          <span>{t('オブザーバー')}</span>
          <Present store={store} label={t('接続しているオブザーバー')} seats={watching} counts={counts} />
        </span>
      )}
      <span class="room-keys"><button type="button" class="button button-tertiary is-small" onClick={showSeats}>{t('出席の記録')}</button>{' '}<button type="button" class="button button-tertiary is-small" onClick={showKeys}>{t('キー操作')} <kbd>F1</kbd></button></span>
    </footer>
  );
}

interface PresentProps {
  readonly store: RoomStore;
  readonly label: string;
  readonly seats: readonly ConferenceSeat[];
  readonly counts: ReadonlyMap<string, number>;
}

/** Who is connected now, which says nothing of who attends. */
function Present({ store, label, seats, counts }: PresentProps): JSX.Element {
  return (
    <ul class="presence" aria-label={label}>
      {seats.map((seat) => (
        <li key={seat.agency_id}><Agency store={store} kind={seat.kind} name={seat.name} note={String(counts.get(seat.agency_id))} /></li>
      ))}
    </ul>
  );
}

function LinkState({ store }: { store: RoomStore }): JSX.Element {
  const { connected, savedAt, unsent } = store.link.status.value;
  const look = !connected ? 'is-lost' : unsent > 0 ? 'is-waiting' : 'is-live';
  const saved = savedAt === null ? '' : t('保存 {time}', { time: clockTime(savedAt, store.data.language, true) });
  const told = !connected ? t('接続が切れています') : unsent > 0 ? t('送信中 {count}件', { count: unsent }) : t('接続中');
  return (
    <span class={`link-state ${look}`}>
      <span class="link-dot" aria-hidden="true" />
      <span>{told}{!connected && unsent > 0 ? t('・未送信 {count}件', { count: unsent }) : ''}{saved === '' ? '' : t('（{text}）', { text: saved })}</span>
    </span>
  );
}

/** Under the top bar: what stands in the way of the line, and how to go on. */
export function Banner({ store }: { store: RoomStore }): JSX.Element | null {
  const { connected, signedOut, unsent } = store.link.status.value;
  if (signedOut) {
    return (
      <div class="room-banner is-error" role="alert">
        <p><strong>{t('サインインの有効期限が切れました。')}</strong>{t('入力した内容はこの画面に残っています。別の画面でサインインしてから、つなぎ直してください。')}</p>
        <a class="button button-secondary is-small" href={store.data.urls.sign_in} target="_blank" rel="noopener">{t('サインインする')}</a>
        <button type="button" class="button button-primary is-small" onClick={() => store.link.reconnect()}>{t('つなぎ直す')}</button>
      </div>
    );
  }
  if (!connected) {
    return (
      <div class="room-banner is-warning" role="status">
        <p><strong>{t('接続が切れました。')}</strong>{unsent > 0 ? t('未送信の{count}件はこの画面に残しています。つながり次第、自動で送ります。', { count: unsent }) : t('つながり次第、最新の状態に戻ります。入力は続けられます。')}</p>
        <button type="button" class="button button-secondary is-small" onClick={() => store.link.reconnect()}>{t('今すぐつなぎ直す')}</button>
      </div>
    );
  }
  return null;
}
