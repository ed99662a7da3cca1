/** What is read aloud of the firm's owner, for those who do not look there at the moment. */
import { t } from '../i18n';
import type { Entry } from '../live/types';
import type { Announcer } from './announcer';

export function tellFirm(announcer: Announcer, { kind, body, by }: Entry): void {
  if (kind === 'guest_entered') announcer.say(`guest ${body.invitation_id}`, t('{name} 様が入室しました。', { name: by.person }));
  if (kind === 'fact_corrected') announcer.say(`fact ${body.correction_id}`, t('{name} 様から事実の訂正が届きました。', { name: by.person }));
  if (kind === 'preference_stated') announcer.say(`wish ${body.preference_id}`, t('{name} 様からご希望が届きました。', { name: by.person }));
}
