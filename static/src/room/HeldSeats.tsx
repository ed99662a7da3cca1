/** The seats this person answers for under a 委任状, each with its own form. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { isSealed, type Round, type Seat } from '../live/lead';
import { Person, Told } from './marks';
import { Instruction } from './SeatWord';
import { SeatStance } from './StanceForm';
import type { RoomStore } from './store';

export function HeldSeats({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const held = round.seats.filter((seat) => !round.recused.includes(seat.agency_id) && isHeld(store, seat));
  return (
    <>
      {held.map((seat) => {
        const given = round.stances[seat.agency_id];
        return (
          <section key={seat.agency_id} class="held-seat" aria-label={t('{agency}の委任', { agency: seat.name })}>
            <p class="small strong">{t('{agency}の委任を受けています。', { agency: seat.name })}</p>
            {given !== undefined && given.manner !== 'proxy' ? (
              <p class="small">{t('この機関は、すでに自ら回答しています。')}</p>
            ) : (
              <>
                <Instruction store={store} roundId={round.id} seatId={seat.agency_id} />
                <SeatStance store={store} round={round} seatId={seat.agency_id} />
              </>
            )}
          </section>
        );
      })}
    </>
  );
}

function isHeld(store: RoomStore, { proxy }: Seat): boolean {
  if (!proxy) return false;
  return proxy.holder === 'chair' ? store.isChair : proxy.person_id === store.data.actor.person_id;
}

/** Beside a seat: through whom it is asked, and how its word was given. */
export function Represented({ store, round, seat }: { store: RoomStore; round: Round; seat: Seat }): JSX.Element | null {
  const given = round.stances[seat.agency_id];
  const file = given?.file;
  const { urls } = store.data;
  return (
    <>
      {seat.proxy ? (
        <span class="small muted">{seat.proxy.holder === 'chair' ? t('委任：議長') : <>{t('委任：')}<Person store={store} name={seat.proxy.name} /></>}</span>
      ) : null}
      {given?.manner === 'office' ? <span class="small muted">{t('事務局が書面から登録')}</span> : null}
      {given?.reason ? <p class="small">{t('登録の理由：')}<Told store={store} text={given.reason} /></p> : null}
      {file && !isSealed(round) && !store.data.projector ? (
        <a class="small" href={urls.stance_file.replace('ROUND', round.id).replace('SEAT', seat.agency_id)}>{t('書面：{name}', { name: file.name })}</a>
      ) : null}
    </>
  );
}
