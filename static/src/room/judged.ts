/** What a round comes to with those who take part by now, as the server would judge it. */
import { takesPart } from '../live/conference';
import type { Round } from '../live/lead';
import { outcomeOf, type Verdict } from '../live/verdict';
import type { RoomStore } from './store';

export function judged(store: RoomStore, round: Round): Verdict {
  const seats = round.seats.map((seat) => {
    const now = store.seat(seat.agency_id);
    return now === null ? seat : { ...seat, takes_part: Boolean(seat.proxy) || takesPart(now) };
  });
  return outcomeOf({ ...round, seats });
}
